/** The PoolThreadCaches of an allocator, and what each keeps for its thread. */
import type { Heap } from '../query/heap.ts'
import { nettyClasses, objectsOf } from './names.ts'
import { elementsIn, fieldsIn } from './object-fields.ts'
import { type Pool, chunksIn } from './pools.ts'

export interface ThreadCache {
  readonly index: number
  readonly pieces: number
  readonly bytes: number
}

const MOST_CACHES = 10_000
/** By size of the pieces, each for heap and direct memory. */
const REGIONS = ['tinySubPage', 'smallSubPage', 'normal'].flatMap((size) => [
  `${size}HeapCaches`,
  `${size}DirectCaches`,
])

export function threadCaches(heap: Heap, { arenas }: Pool): ThreadCache[] {
  const own = new Set(arenas.map(({ index }) => index))
  const sizes = new Map(
    arenas
      .flatMap(chunksIn)
      .flatMap(({ use, cached }) => cached.map(({ index, handle }) => [index, use.sizeOf(handle)])),
  )
  return nettyClasses(heap, 'buffer.PoolThreadCache').flatMap((number) =>
    [...objectsOf(heap, number, MOST_CACHES)].flatMap((index) => {
      const cache = fieldsIn(heap, index)
      const arena = cache.reference('heapArena') ?? cache.reference('directArena')
      if (arena === undefined || !own.has(arena)) return []
      const entries = REGIONS.flatMap((field) => entriesIn(heap, cache.reference(field)))
      const held = entries.flatMap((entry) => sizes.get(entry) ?? [])
      return [{ index, pieces: held.length, bytes: held.reduce((sum, bytes) => sum + bytes, 0) }]
    }),
  )
}

/** Array of regions → their queues → the arrays of these → entries. */
function entriesIn(heap: Heap, regions: number | undefined): number[] {
  if (regions === undefined) return []
  return elementsIn(heap, regions).flatMap(({ index }) => {
    const queue = fieldsIn(heap, index).reference('queue')
    const buffer = queue === undefined ? undefined : fieldsIn(heap, queue).reference('buffer')
    // Without sun.misc.Unsafe the queue is made of an AtomicReferenceArray.
    const array = buffer === undefined ? queue : (fieldsIn(heap, buffer).reference('array') ?? buffer)
    const elements = array === undefined ? undefined : (fieldsIn(heap, array).reference('array') ?? array)
    return elements === undefined ? [] : elementsIn(heap, elements).map((element) => element.index)
  })
}
