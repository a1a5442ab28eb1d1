import type { IdMap } from '../parsed-heap.ts'
import { SlotIndex, type SlotIndexData } from './slot-index.ts'
import { SortedIndex, type SortedIndexData } from './sorted-index.ts'

export type IdIndexData = SlotIndexData | SortedIndexData
export type IdIndex = SlotIndex | SortedIndex

/** Makes the look-up over data that another thread may have built. */
export function openIdIndex(data: IdIndexData): IdIndex {
  return data.kind === 'slots' ? new SlotIndex(data) : new SortedIndex(data)
}

/** What another thread can open; undefined for ids that are kept in another way. */
export function dataOf(ids: IdMap): IdIndexData | undefined {
  return ids instanceof SlotIndex || ids instanceof SortedIndex ? ids.data : undefined
}
