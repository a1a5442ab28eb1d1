/** Everything that holds a noticeable share of the heap, with the evidence about each. */
import { nettyPools } from '../netty/facts.ts'
import { reading } from '../query/reading.ts'
import { remembered } from '../query/remembered.ts'
import type { Heap } from '../query/heap.ts'
import { describe } from './describe.ts'
import { directBuffers } from './direct.ts'
import { findGatherings } from './explore.ts'
import { maxHeapOf } from './max-heap.ts'
import type { Suspect, Suspects } from './messages.ts'

/** A holder of less than this share of the heap, or of so few bytes, is nobody's leak yet. */
const LEAST_SHARE = 0.1
const LEAST_BYTES = 512 << 10
const MOST_SUSPECTS = 12

/**
 * Deterministic, and bounded whatever the size of the heap: wide levels are sampled, searches stop after so many objects.
 * @returns the heaviest first.
 */
export const suspects = remembered(allSuspects)

function allSuspects(heap: Heap): Suspects {
  const usedHeap = heap.snapshot.meta.reachable.bytes
  const least = Math.max(usedHeap * LEAST_SHARE, LEAST_BYTES)
  const found = findGatherings(heap, least)
    .slice(0, MOST_SUSPECTS)
    .flatMap((gathering) => reading(() => describe(heap, gathering), undefined) ?? [])
  const netty = reading(() => nettyPools(heap), [])
  const others = netty.length === 0 ? found : found.filter((suspect) => !isOfPool(suspect))
  const direct = reading(() => directBuffers(heap), undefined) ?? null
  return { usedHeap, maxHeap: maxHeapOf(heap) ?? null, suspects: joined(others), netty, direct }
}

/** Chunks and arenas are told with their pool, which knows what of them is taken and by whom. */
function isOfPool({ holder, path }: Suspect): boolean {
  return POOL_CLASS.test(holder.className) || path.some(({ object }) => POOL_CLASS.test(object.className))
}
const POOL_CLASS = /(^|\.)io\.netty\.buffer\.(PoolChunk|PoolArena|PoolThreadCache|PoolSubpage)/

/** What grows through the same field of the same object is one suspect, told by its heaviest part. */
function joined(found: readonly Suspect[]): Suspect[] {
  const byField = Map.groupBy(found, (suspect) => {
    const field = suspect.growsThrough
    return field === null || suspect.collection === null ? suspect : `${field.object.id}#${field.field}`
  })
  return [...byField.values()].map(([first, ...others]) => {
    const retained = others.reduce((sum, other) => sum + other.retained, first.retained)
    return others.length === 0 ? first : { ...first, retained }
  })
}
