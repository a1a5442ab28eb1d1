/**
 * Netty's pooled allocators as they stand in a heap: arenas, their chunks, how much of these is given out, and how much of that
 * still has an owner. Reads the classes of Netty 4.0 to 4.2.
 */
import type { Heap } from '../query/heap.ts'
import { type Buffer, type Counting, bufferClasses, buffersOf, countingOf } from './buffers.ts'
import { type CacheEntry, cacheEntries } from './caches.ts'
import { type ChunkUse, chunkUse } from './chunk-use.ts'
import { nettyClasses, objectsOf } from './names.ts'
import { elementsIn, fieldsIn } from './object-fields.ts'

export interface Chunk {
  readonly index: number
  readonly use: ChunkUse
  readonly live: readonly Buffer[]
  readonly cached: readonly CacheEntry[]
}

export interface ChunkList {
  readonly name: string
  readonly index: number | undefined
  readonly chunks: readonly Chunk[]
}

export interface Arena {
  readonly index: number
  readonly direct: boolean
  /** By use, `qInit` to `q100`. */
  readonly lists: readonly ChunkList[]
}

export interface Pool {
  /** The PooledByteBufAllocator. */
  readonly index: number
  readonly arenas: readonly Arena[]
}

/** All that Netty's classes say, read once for a question. */
export interface NettyHeap {
  readonly counting: Counting | undefined
  readonly pools: readonly Pool[]
  /** By class number; released ones too. */
  readonly buffers: ReadonlyMap<number, readonly Buffer[]>
  readonly caches: readonly CacheEntry[]
}

const LISTS = ['qInit', 'q000', 'q025', 'q050', 'q075', 'q100'] as const
/** Of one list; a heap of terabytes has fewer. */
const MOST_CHUNKS = 100_000
const MOST_ALLOCATORS = 1000

/** Pages of one list are asked for one after the other; a heap never changes. */
const READ = new WeakMap<Heap, NettyHeap>()

export function readNetty(heap: Heap): NettyHeap {
  const known = READ.get(heap) ?? readAll(heap)
  READ.set(heap, known)
  return known
}

function readAll(heap: Heap): NettyHeap {
  const counting = countingOf(heap)
  const buffers = new Map(bufferClasses(heap).map((number) => [number, buffersOf(heap, number, counting)]))
  const caches = cacheEntries(heap)
  const live = [...buffers.values()].flat().filter(({ references }) => references > 0)
  const owners: Owners = {
    live: Map.groupBy(live, ({ chunk }) => chunk ?? -1),
    cached: Map.groupBy(caches, ({ chunk }) => chunk),
  }
  const allocators = nettyClasses(heap, 'buffer.PooledByteBufAllocator').flatMap((number) => [
    ...objectsOf(heap, number, MOST_ALLOCATORS),
  ])
  const pools = allocators.map((index) => ({
    index,
    arenas: [
      ...arenasOf(heap, index, 'heapArenas', false, owners),
      ...arenasOf(heap, index, 'directArenas', true, owners),
    ],
  }))
  return { counting, pools, buffers, caches }
}

interface Owners {
  readonly live: ReadonlyMap<number, readonly Buffer[]>
  readonly cached: ReadonlyMap<number, readonly CacheEntry[]>
}

function arenasOf(heap: Heap, allocator: number, field: string, direct: boolean, owners: Owners): Arena[] {
  const array = fieldsIn(heap, allocator).reference(field)
  if (array === undefined) return []
  return elementsIn(heap, array).map(({ index }) => {
    const arena = fieldsIn(heap, index)
    const lists = LISTS.map((name) => {
      const list = arena.reference(name)
      return { name, index: list, chunks: chunksOf(heap, list, owners) }
    })
    return { index, direct, lists }
  })
}

function chunksOf(heap: Heap, list: number | undefined, { live, cached }: Owners): Chunk[] {
  const chunks: Chunk[] = []
  const seen = new Set<number>()
  let index = list === undefined ? undefined : fieldsIn(heap, list).reference('head')
  while (index !== undefined && !seen.has(index) && chunks.length < MOST_CHUNKS) {
    seen.add(index)
    chunks.push({ index, use: chunkUse(heap, index), live: live.get(index) ?? [], cached: cached.get(index) ?? [] })
    index = fieldsIn(heap, index).reference('next')
  }
  return chunks
}

export function chunksIn({ lists }: Arena): Chunk[] {
  return lists.flatMap(({ chunks }) => chunks)
}

/** @returns bytes that the pieces stand for that thread caches keep of this chunk. */
export function cachedBytes({ use, cached }: Chunk): number {
  return cached.reduce((sum, { handle }) => sum + use.sizeOf(handle), 0)
}

export function liveBytes({ live }: Chunk): number {
  return live.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Given out, and neither in a buffer that is alive nor in a thread cache. */
export function lostBytes(chunk: Chunk): number {
  return Math.max(0, chunk.use.taken - cachedBytes(chunk) - liveBytes(chunk))
}
