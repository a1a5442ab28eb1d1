import type { ByteSource } from '@heaptrail/hprof/byte-source'

/** What a pass needs of the thread that it runs on, besides its input. */
export interface PassThread {
  readonly source: ByteSource
  /** The next unit that no thread has taken. */
  next(): number
  /** Bytes of the dump that were passed since the last call. */
  advance(bytes: number): void
}
