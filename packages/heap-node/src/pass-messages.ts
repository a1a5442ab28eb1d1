import type { ReferencesResult } from '@heaptrail/heap/parse/read-references'
import type { ScanResult } from '@heaptrail/heap/parse/scan'

/** What a pass thread gets when it starts. */
export interface ThreadStart {
  readonly dumpPath: string
  /** Int32Array of two: the next unit of work, and KiB passed in the current pass. */
  readonly counters: SharedArrayBuffer
}

export const nextUnit = 0
export const passed = 1

export type PassReply =
  | { readonly kind: 'scan'; readonly result: ScanResult }
  | { readonly kind: 'collect-ids'; readonly result: BigUint64Array }
  | { readonly kind: 'read-references'; readonly result: ReferencesResult }
