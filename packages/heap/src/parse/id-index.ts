import { SlotIndex, type SlotIndexData } from './slot-index.ts'
import { SortedIndex, type SortedIndexData } from './sorted-index.ts'

export type IdIndexData = SlotIndexData | SortedIndexData
export type IdIndex = SlotIndex | SortedIndex

/** Makes the look-up over data that another thread may have built. */
export function openIdIndex(data: IdIndexData): IdIndex {
  return data.kind === 'slots' ? new SlotIndex(data) : new SortedIndex(data)
}
