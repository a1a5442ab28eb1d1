import type { ReferencesResult } from '@heaptrail/heap/parse/read-references'
import type { ScanResult } from '@heaptrail/heap/parse/scan'
import type { WrittenSection } from '@heaptrail/heap/snapshot/page-writer'
import type { WriteJob } from '@heaptrail/heap/snapshot/write-job'

/** What a pass thread gets when it starts. */
export interface ThreadStart {
  readonly dumpPath: string
  /** Int32Array of two: the next unit of work, and KiB passed in the current pass. */
  readonly counters: SharedArrayBuffer
}

export const nextUnit = 0
export const passed = 1

/** What a pass thread is told besides passes. Jobs are carried out in the order in which they come. */
export type WriterOrder =
  | {
      readonly kind: 'write-into'
      /** Of the snapshot, which exists; absent: what is written is thrown away. */
      readonly path: string | undefined
      /** Past the page cache, where that can be done. */
      readonly pageCounter: Int32Array
    }
  | { readonly kind: 'write'; readonly job: WriteJob }
  | { readonly kind: 'finish-writing' }

export type WriterReply =
  | { readonly kind: 'written' }
  | { readonly kind: 'sections'; readonly sections: readonly WrittenSection[] }

export type PassReply =
  | { readonly kind: 'scan'; readonly result: ScanResult }
  | { readonly kind: 'collect-ids'; readonly result: BigUint64Array }
  | { readonly kind: 'read-references'; readonly result: ReferencesResult }
