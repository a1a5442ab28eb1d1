/** What is told about each pooled allocator of a heap. */
import type { Heap } from '../query/heap.ts'
import { objectRow } from '../query/object-row.ts'
import type { NettyPool, PoolMemory } from '../suspects/messages.ts'
import { culpritOf, shownPath } from '../suspects/describe.ts'
import { holdingOf } from '../suspects/holding-paths.ts'
import { cachedBytes } from './cached.ts'
import { type Arena, type Chunk, type Pool, liveBuffers, pools } from './pools.ts'

export function nettyPools(heap: Heap): NettyPool[] {
  const found = pools(heap)
  if (found.length === 0) return []
  const cached = cachedBytes(heap)
  const live = Map.groupBy(liveBuffers(heap), ({ chunk }) => chunk)
  return found.map((pool) => poolFacts(heap, pool, cached, live))
}

function poolFacts(
  heap: Heap,
  { index, arenas }: Pool,
  cached: ReadonlyMap<number, number>,
  live: ReadonlyMap<number, readonly { readonly capacity: number }[]>,
): NettyPool {
  const memory = (direct: boolean): PoolMemory =>
    memoryOf(
      arenas.filter((arena) => arena.direct === direct),
      cached,
      live,
    )
  const holding = holdingOf(heap, index)
  const inUse = arenas.filter((arena) => chunksOf(arena).length > 0)
  return {
    allocator: objectRow(heap, index),
    heap: memory(false),
    direct: memory(true),
    arenas: inUse
      .map((arena) => ({ ...sums(chunksOf(arena)), object: objectRow(heap, arena.index), direct: arena.direct }))
      .toSorted((a, b) => b.taken - a.taken || (a.object.id < b.object.id ? -1 : 1)),
    culprit: holding === undefined ? null : culpritOf(heap, holding.best, 1),
    path: holding === undefined ? [] : shownPath(heap, holding.best),
  }
}

function memoryOf(
  arenas: readonly Arena[],
  cached: ReadonlyMap<number, number>,
  live: ReadonlyMap<number, readonly { readonly capacity: number }[]>,
): PoolMemory {
  const chunks = arenas.flatMap(chunksOf)
  const buffers = chunks.flatMap(({ index }) => live.get(index) ?? [])
  const inCaches = chunks.reduce((sum, { index }) => sum + (cached.get(index) ?? 0), 0)
  const inBuffers = buffers.reduce((sum, { capacity }) => sum + capacity, 0)
  const { bytes, taken } = sums(chunks)
  return {
    arenas: arenas.length,
    arenasInUse: arenas.filter((arena) => chunksOf(arena).length > 0).length,
    chunks: chunks.length,
    chunkSize: Math.max(0, ...chunks.map(({ size }) => size)),
    bytes,
    taken,
    cached: inCaches,
    live: inBuffers,
    liveBuffers: buffers.length,
    lost: Math.max(0, taken - inCaches - inBuffers),
  }
}

function chunksOf({ lists }: Arena): Chunk[] {
  return lists.flatMap(({ chunks }) => chunks)
}

function sums(chunks: readonly Chunk[]): { chunks: number; bytes: number; taken: number } {
  const bytes = chunks.reduce((sum, { size }) => sum + size, 0)
  return { chunks: chunks.length, bytes, taken: bytes - chunks.reduce((sum, { free }) => sum + free, 0) }
}
