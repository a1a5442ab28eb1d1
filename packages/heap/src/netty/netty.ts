/** What a heap knows about Netty: its allocators piece by piece, its buffers and who holds them, its connections. */
import { type Heap, indexOfObject, printId } from '../query/heap.ts'
import { objectRow } from '../query/object/object-row.ts'
import type { Page } from '../query/messages.ts'
import { maxHeapOf } from '../suspects/max-heap.ts'
import { adaptiveAllocators } from './adaptive.ts'
import type { Buffer } from './buffers.ts'
import { threadOf } from './climb.ts'
import { ownership, poolFacts } from './facts.ts'
import { holdersOf } from './holders.ts'
import { lostPieces } from './lost-pieces.ts'
import type {
  NettyAllocator,
  NettyArena,
  NettyBufferRow,
  NettyBuffers,
  NettyBuffersQuery,
  NettyCache,
  NettyChunkRow,
  NettyChunksQuery,
  NettyFacts,
} from './messages.ts'
import { fieldsIn } from './object-fields.ts'
import { outboundOf } from './outbound.ts'
import { type Arena, type NettyHeap, type Pool, chunksIn, readNetty } from './pools.ts'
import { directMemory, leakDetection } from './process-facts.ts'
import { threadCaches } from './thread-caches.ts'

const MOST_CACHES = 64

export function netty(heap: Heap): NettyFacts {
  const read = readNetty(heap)
  const live = liveBuffers(read)
  const { holders, searched } = holdersOf(heap, live)
  const byChunk = Map.groupBy(live, ({ chunk }) => chunk ?? -1)
  return {
    counting: read.counting ?? null,
    leakDetection: leakDetection(heap),
    direct: directMemory(heap),
    usedHeap: heap.snapshot.meta.reachable.bytes,
    maxHeap: maxHeapOf(heap) ?? null,
    allocators: read.pools.map((pool) => allocatorRow(heap, pool)),
    adaptive: adaptiveAllocators(heap, byChunk, read.counting),
    buffers: buffersRow(heap, read),
    holders,
    holdersOf: searched,
    outbound: outboundOf(heap),
  }
}

function liveBuffers({ buffers }: NettyHeap): Buffer[] {
  return [...buffers.values()].flat().filter(({ references }) => references > 0)
}

function allocatorRow(heap: Heap, pool: Pool): NettyAllocator {
  const caches = threadCaches(heap, pool).toSorted((a, b) => b.bytes - a.bytes || a.index - b.index)
  return {
    pool: poolFacts(heap, pool),
    arenas: pool.arenas
      .map((arena) => arenaRow(heap, arena))
      .toSorted((a, b) => b.lost - a.lost || b.taken - a.taken || Number(a.direct) - Number(b.direct)),
    cacheCount: caches.length,
    caches: caches.slice(0, MOST_CACHES).map(({ index, pieces, bytes }): NettyCache => {
      const thread = threadOf(heap, index)
      return {
        object: objectRow(heap, index),
        pieces,
        bytes,
        thread: thread === undefined ? null : objectRow(heap, thread),
      }
    }),
    lostPieces: lostPieces(pool.arenas.flatMap(chunksIn)),
  }
}

function arenaRow(heap: Heap, arena: Arena): NettyArena {
  const fields = fieldsIn(heap, arena.index)
  return {
    object: objectRow(heap, arena.index),
    direct: arena.direct,
    ...ownership(chunksIn(arena)),
    lists: arena.lists.map(({ name, index, chunks }) => ({
      name,
      object: index === undefined ? null : objectRow(heap, index),
      ...ownership(chunks),
    })),
    threadCaches: counterOf(heap, fields.reference('numThreadCaches')),
    huge: counterOf(heap, fields.reference('activeBytesHuge')),
  }
}

/** An AtomicInteger or AtomicLong, or a LongAdder of one cell. */
function counterOf(heap: Heap, counter: number | undefined): number | null {
  if (counter === undefined) return null
  const fields = fieldsIn(heap, counter)
  if (fields.reference('cells') !== undefined) return null
  return fields.number('value') ?? fields.number('base') ?? null
}

function buffersRow(heap: Heap, { buffers }: NettyHeap): NettyBuffers {
  const classes = [...buffers].map(([number, all]) => {
    const live = all.filter(({ references }) => references > 0)
    const { id, name } = heap.classes[number]
    const bytes = live.reduce((sum, buffer) => sum + buffer.bytes, 0)
    return { classId: printId(id), className: name, alive: live.length, bytes, released: all.length - live.length }
  })
  const sum = (of: (row: (typeof classes)[number]) => number): number =>
    classes.reduce((total, row) => total + of(row), 0)
  return {
    alive: sum(({ alive }) => alive),
    bytes: sum(({ bytes }) => bytes),
    released: sum(({ released }) => released),
    classes: classes.toSorted((a, b) => b.bytes - a.bytes || b.alive - a.alive || b.released - a.released),
    more: [...buffers].some(([number, all]) => heap.classes[number].instances > all.length),
  }
}

/** Chunks of an arena or of an allocator, those first of which most is lost. */
export function nettyChunks(heap: Heap, { of, list, offset, limit }: NettyChunksQuery): Page<NettyChunkRow> {
  const index = indexOfObject(heap, of)
  const arenas = readNetty(heap).pools.flatMap((pool) =>
    pool.index === index ? pool.arenas : pool.arenas.filter((arena) => arena.index === index),
  )
  const rows = arenas.flatMap((arena) =>
    arena.lists
      .filter(({ name }) => list === undefined || name === list)
      .flatMap(({ name, chunks }) =>
        chunks.map((chunk) => ({ arena: arena.index, list: name, chunk, ...ownership([chunk]) })),
      ),
  )
  const ordered = rows.toSorted((a, b) => b.lost - a.lost || b.taken - a.taken || a.chunk.index - b.chunk.index)
  return {
    total: rows.length,
    offset,
    rows: ordered.slice(offset, offset + limit).map(({ arena, chunk, ...row }) => ({
      ...row,
      object: objectRow(heap, chunk.index),
      arena: printId(heap.snapshot.idOf(arena)),
    })),
  }
}

/** Buffers with their decoded counts, the largest first. */
export function nettyBuffers(heap: Heap, { state, chunk, offset, limit }: NettyBuffersQuery): Page<NettyBufferRow> {
  const within = chunk === undefined ? undefined : indexOfObject(heap, chunk)
  const found = [...readNetty(heap).buffers.values()]
    .flat()
    .filter(
      (buffer) => buffer.references > 0 === (state === 'alive') && (within === undefined || buffer.chunk === within),
    )
  const ordered = found.toSorted((a, b) => b.bytes - a.bytes || a.index - b.index)
  return {
    total: found.length,
    offset,
    rows: ordered.slice(offset, offset + limit).map((buffer) => ({
      object: objectRow(heap, buffer.index),
      references: buffer.references,
      bytes: buffer.bytes,
      chunk: buffer.chunk === undefined ? null : printId(heap.snapshot.idOf(buffer.chunk)),
    })),
  }
}
