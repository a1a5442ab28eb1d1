/** What a heap remembers of the last questions about its dominator tree. */
import type { DominatorGroup, TreeGrouping } from './dominator-messages.ts'

export interface TreeFilter {
  readonly text: string
  /** By class number: its objects are what was looked for. */
  readonly matching: Uint8Array
  /** Bit per object index: it matches, or dominates something that does. */
  readonly left: Uint8Array
}

/** Children of one parent, or members of a group, in their order, with sums. */
export interface Listed {
  readonly indices: Uint32Array
  /** Bytes that the first n of them retain; one entry more than indices. */
  readonly sums: Float64Array
  /** What the filter left out. */
  readonly hidden: { readonly objects: number; readonly retained: number }
}

/** The children of a parent through a filter. */
export interface LastListed {
  readonly parent: number
  readonly filter: string
  readonly listed: Listed
}

export interface Grouped {
  readonly group: DominatorGroup
  /** By falling retained size. */
  readonly members: Listed
}

/** Groups by falling retained size, as the last question had them. */
export interface Grouping {
  readonly by: TreeGrouping
  readonly filter: string
  readonly groups: readonly Grouped[]
  readonly hidden: Listed['hidden']
}
