/** What is told about each pooled allocator of a heap. */
import type { Heap } from '../query/heap.ts'
import { objectRow } from '../query/object/object-row.ts'
import type { NettyPool, PoolMemory } from '../suspects/messages.ts'
import { culpritOf, shownPath } from '../suspects/describe.ts'
import { holdingOf } from '../suspects/holding-paths.ts'
import { type Arena, type Chunk, type Pool, cachedBytes, chunksIn, liveBytes, lostBytes, readNetty } from './pools.ts'

export function nettyPools(heap: Heap): NettyPool[] {
  return readNetty(heap).pools.map((pool) => poolFacts(heap, pool))
}

export function poolFacts(heap: Heap, { index, arenas }: Pool): NettyPool {
  const holding = holdingOf(heap, index)
  const inUse = arenas.filter((arena) => chunksIn(arena).length > 0)
  return {
    allocator: objectRow(heap, index),
    heap: memoryOf(arenas.filter(({ direct }) => !direct)),
    direct: memoryOf(arenas.filter(({ direct }) => direct)),
    arenas: inUse
      .map((arena) => ({ ...sums(chunksIn(arena)), object: objectRow(heap, arena.index), direct: arena.direct }))
      .toSorted((a, b) => b.taken - a.taken || (a.object.id < b.object.id ? -1 : 1)),
    culprit: holding === undefined ? null : culpritOf(heap, holding.best, 1),
    path: holding === undefined ? [] : shownPath(heap, holding.best),
  }
}

function memoryOf(arenas: readonly Arena[]): PoolMemory {
  const chunks = arenas.flatMap(chunksIn)
  return {
    arenas: arenas.length,
    arenasInUse: arenas.filter((arena) => chunksIn(arena).length > 0).length,
    chunkSize: Math.max(0, ...chunks.map(({ use }) => use.size)),
    ...ownership(chunks),
  }
}

/** How much chunks have, how much of it is given out, and to whom. */
export function ownership(
  chunks: readonly Chunk[],
): Pick<PoolMemory, 'chunks' | 'bytes' | 'taken' | 'cached' | 'live' | 'liveBuffers' | 'lost'> {
  const sum = (of: (chunk: Chunk) => number): number => chunks.reduce((total, chunk) => total + of(chunk), 0)
  return {
    ...sums(chunks),
    cached: sum(cachedBytes),
    live: sum(liveBytes),
    liveBuffers: sum(({ live }) => live.length),
    lost: sum(lostBytes),
  }
}

function sums(chunks: readonly Chunk[]): { chunks: number; bytes: number; taken: number } {
  return {
    chunks: chunks.length,
    bytes: chunks.reduce((sum, { use }) => sum + use.size, 0),
    taken: chunks.reduce((sum, { use }) => sum + use.taken, 0),
  }
}
