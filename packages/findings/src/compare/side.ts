/** One of the two dumps that are compared, as its questions answer. */
import type { HistogramRow } from '@heaptrail/heap/query/messages'
import type { HeldThrough } from '@heaptrail/heap/compare/messages'
import type { Suspects } from '@heaptrail/heap/suspects/messages'

export interface FoundIn {
  readonly facts: Suspects
}

/** As much of a dump as tells what a suspect of another one holds in it. */
export interface Asked extends FoundIn {
  readonly histogram: readonly Pick<HistogramRow, 'className' | 'retained'>[]
  /** What the fields of `lookupsOf` hold in this dump, in the same order. */
  readonly heldThrough: readonly Pick<HeldThrough, 'retained' | 'path'>[]
}

export interface Side extends Asked {
  readonly histogram: readonly HistogramRow[]
  readonly objects: number
}
