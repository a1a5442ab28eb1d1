import type { ByteReader } from './byte-reader.ts'

/** What tar and zip hold alike. `content` is good until the next entry is asked for; whatever is left of it is passed over. */
export type ArchiveEntry = {
  /** As written in the archive: hostile, only ever a label. */
  readonly name: string
  /** Bytes, unpacked; undefined when only the end of the data tells. */
  readonly size: number | undefined
} & (
  | { readonly type: 'file'; readonly content: ByteReader }
  | { readonly type: 'directory' }
  | { readonly type: 'refused'; readonly reason: string }
)
