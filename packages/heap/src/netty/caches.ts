/** Pieces of chunks that thread caches keep for the next allocation: given out by the chunk, and nobody's leak. */
import type { Heap } from '../query/heap.ts'
import { nettyClasses, objectsOf } from './names.ts'
import { fieldsIn } from './object-fields.ts'

export interface CacheEntry {
  readonly index: number
  readonly chunk: number
  readonly handle: bigint
}

const MOST_ENTRIES = 100_000

/** Entries without a chunk wait to be used again and keep nothing. */
export function cacheEntries(heap: Heap): CacheEntry[] {
  return nettyClasses(heap, 'buffer.PoolThreadCache$MemoryRegionCache$Entry').flatMap((number) =>
    [...objectsOf(heap, number, MOST_ENTRIES)].flatMap((index) => {
      const entry = fieldsIn(heap, index)
      const chunk = entry.reference('chunk')
      const handle = entry.long('handle')
      return chunk === undefined || handle === undefined || handle < 0n ? [] : [{ index, chunk, handle }]
    }),
  )
}
