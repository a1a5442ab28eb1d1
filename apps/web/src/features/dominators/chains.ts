/** The way from the first level of the tree down to an object. */
import type { DominatorAncestors, HeapObject } from '@heaptrail/api/heap'

/** Of a longer way down, the middle is left out: so many rows stay at each end. */
const CHAIN_END = 30

export interface Chain {
  readonly steps: readonly { readonly object: HeapObject; readonly position: number }[]
  /** Of the group that it begins in. */
  readonly groupKey: string | undefined
  /** Index of the first step behind an omission. */
  readonly omittedBefore: number | undefined
}

/** The API leaves out the middle of a chain of more than a thousand; a screen has room for fewer. */
export function chainFrom({ rows, shortened, key }: DominatorAncestors): Chain {
  const groupKey = key ?? undefined
  if (!shortened && rows.length <= 2 * CHAIN_END) return { steps: rows, groupKey, omittedBefore: undefined }
  const end = Math.min(CHAIN_END, Math.floor(rows.length / 2))
  return { steps: [...rows.slice(0, end), ...rows.slice(-end)], groupKey, omittedBefore: end }
}
