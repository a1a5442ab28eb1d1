/**
 * The adaptive allocator of Netty 4.2 (and late 4.1). Its chunks are found by their class, because the allocator lets go of
 * chunks that are full: a chunk stays in the heap as long as a magazine, a queue or a buffer has it.
 */
import type { Heap } from '../query/heap.ts'
import { objectRow } from '../query/object/object-row.ts'
import { culpritOf } from '../suspects/describe.ts'
import { holdingOf } from '../suspects/holding-paths.ts'
import { type Buffer, type Counting, referencesOf } from './buffers.ts'
import type { AdaptiveAllocator } from './messages.ts'
import { nettyClasses, nettySubclasses, objectsOf } from './names.ts'
import { type ObjectFields, fieldsIn } from './object-fields.ts'

const MOST_CHUNKS = 20_000
const MOST_ALLOCATORS = 100

interface AdaptiveChunk {
  readonly allocator: number | undefined
  readonly bytes: number
  /** Bytes of each piece where all are of one size. */
  readonly pieceSize: number | undefined
  /** Buffers that it counts. */
  readonly counted: number
  readonly live: readonly Buffer[]
}

export function adaptiveAllocators(
  heap: Heap,
  live: ReadonlyMap<number, readonly Buffer[]>,
  counting: Counting | undefined,
): AdaptiveAllocator[] {
  const chunks = nettySubclasses(heap, 'buffer.AdaptivePoolingAllocator$Chunk').flatMap((number) =>
    Array.from(objectsOf(heap, number, MOST_CHUNKS), (index) => chunkOf(heap, index, live.get(index) ?? [], counting)),
  )
  return nettyClasses(heap, 'buffer.AdaptiveByteBufAllocator').flatMap((number) =>
    [...objectsOf(heap, number, MOST_ALLOCATORS)].flatMap((index) =>
      [false, true].flatMap((direct) => {
        const pool = fieldsIn(heap, index).reference(direct ? 'direct' : 'heap')
        const own = chunks.filter(({ allocator }) => allocator === pool)
        return pool === undefined || own.length === 0 ? [] : [allocatorOf(heap, index, direct, own)]
      }),
    ),
  )
}

function chunkOf(heap: Heap, index: number, live: readonly Buffer[], counting: Counting | undefined): AdaptiveChunk {
  const fields = fieldsIn(heap, index)
  const bytes = fields.number('capacity') ?? 0
  const pieceSize = fields.number('segmentSize') ?? fields.number('slotSize')
  return {
    allocator: allocatorOfChunk(heap, fields),
    bytes,
    pieceSize,
    counted: countedBy(heap, fields, bytes, pieceSize, live.length, counting),
    live,
  }
}

/** A magazine knew its allocator itself, later the group that it belongs to does. */
function allocatorOfChunk(heap: Heap, chunk: ObjectFields): number | undefined {
  const magazine = chunk.reference('magazine')
  const own = magazine === undefined ? undefined : fieldsIn(heap, magazine)
  const group = own?.reference('group')
  return (
    chunk.reference('allocator') ??
    own?.reference('parent') ??
    (group === undefined ? undefined : fieldsIn(heap, group).reference('allocator'))
  )
}

/** Pieces that are on no free list; in chunks of mixed sizes the references less that of the magazine. */
function countedBy(
  heap: Heap,
  chunk: ObjectFields,
  bytes: number,
  pieceSize: number | undefined,
  live: number,
  counting: Counting | undefined,
): number {
  const free = [chunk.reference('freeList') ?? chunk.reference('externalFreeList'), chunk.reference('localFreeList')]
  if (pieceSize !== undefined && pieceSize > 0 && free.some((list) => list !== undefined))
    return (
      (chunk.number('segments') ?? Math.floor(bytes / pieceSize)) -
      free.reduce((sum: number, list) => sum + lengthOf(heap, list), 0)
    )
  if (chunk.reference('refCnt') === undefined && chunk.number('refCnt') === undefined) return live
  return Math.max(live, referencesOf(heap, chunk, counting) - (chunk.reference('magazine') === undefined ? 0 : 1))
}

function lengthOf(heap: Heap, list: number | undefined): number {
  if (list === undefined) return 0
  const fields = fieldsIn(heap, list)
  const top = fields.number('top')
  if (top !== undefined) return top + 1
  return (fields.number('producerIndex') ?? 0) - (fields.number('consumerIndex') ?? 0)
}

function allocatorOf(heap: Heap, index: number, direct: boolean, chunks: readonly AdaptiveChunk[]): AdaptiveAllocator {
  const holding = holdingOf(heap, index)
  const sum = (of: (chunk: AdaptiveChunk) => number): number => chunks.reduce((total, chunk) => total + of(chunk), 0)
  const lostIn = ({ counted, live }: AdaptiveChunk): number => Math.max(0, counted - live.length)
  return {
    object: objectRow(heap, index),
    direct,
    culprit: holding === undefined ? null : culpritOf(heap, holding.best, 1),
    chunks: chunks.length,
    bytes: sum(({ bytes }) => bytes),
    live: sum(({ live }) => live.reduce((total, { bytes }) => total + bytes, 0)),
    liveBuffers: sum(({ live }) => live.length),
    lostBuffers: sum(lostIn),
    lost: sum((chunk) => lostIn(chunk) * (chunk.pieceSize ?? 0)),
  }
}
