/** One of the two dumps that are compared, as its questions answer. */
import type { HistogramRow } from '@heaptrail/heap/query/messages'
import type { Suspects } from '@heaptrail/heap/suspects/messages'

export interface FoundIn {
  readonly facts: Suspects
}

export interface Side extends FoundIn {
  readonly histogram: readonly HistogramRow[]
  readonly objects: number
  /** What the fields of `lookupsOf` hold in this dump, in the same order. */
  readonly heldThrough: readonly { readonly retained: number }[]
}
