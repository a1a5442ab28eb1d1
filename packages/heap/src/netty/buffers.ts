/** Netty's reference-counted buffers: which are alive, and what memory each owns. */
import type { Heap } from '../query/heap.ts'
import { nettyClasses, nettySubclasses, objectsOf } from './names.ts'
import { type ObjectFields, fieldsIn } from './object-fields.ts'

/**
 * How counts are kept: the plain number (4.0, 4.1 up to .37); twice the number, odd for released (later 4.1); the same in an
 * object of its own (4.2).
 */
export type Counting = 'plain' | 'doubled' | 'object'

export interface Buffer {
  readonly index: number
  /** 0 when it was released. */
  readonly references: number
  /** Bytes of memory that belong to it alone: the piece of a chunk, its array or its direct memory; 0 for a view of another. */
  readonly bytes: number
  /** The PoolChunk or adaptive chunk that its memory is in. */
  readonly chunk: number | undefined
  readonly handle: bigint
}

/** Of one class; a heap with more live buffers is told about the first of them. */
const MOST_BUFFERS = 50_000

/** @returns undefined when the heap has no class that counts references. */
export function countingOf(heap: Heap): Counting | undefined {
  const counted = nettyClasses(heap, 'buffer.AbstractReferenceCountedByteBuf')
  if (counted.length === 0) return undefined
  const isObject = counted.some((number) =>
    heap.snapshot.classDetails(number).fields.some(({ name, type }) => name === 'refCnt' && type === 2),
  )
  if (isObject) return 'object'
  return nettyClasses(heap, 'util.internal.ReferenceCountUpdater').length > 0 ? 'doubled' : 'plain'
}

/** @returns how many references a buffer counts; 0 when it was released. */
export function referencesOf(heap: Heap, buffer: ObjectFields, counting: Counting | undefined): number {
  const own = buffer.reference('refCnt')
  if (own !== undefined) return halved(fieldsIn(heap, own).number('value') ?? 1)
  const raw = buffer.number('refCnt') ?? 0
  return counting === 'doubled' ? halved(raw) : Math.max(0, raw)
}

function halved(raw: number): number {
  return (raw & 1) === 1 ? 0 : raw >>> 1
}

/** Classes of buffers that have objects. */
export function bufferClasses(heap: Heap): number[] {
  return nettySubclasses(heap, 'buffer.AbstractReferenceCountedByteBuf')
}

export function buffersOf(heap: Heap, classNumber: number, counting: Counting | undefined): Buffer[] {
  return Array.from(objectsOf(heap, classNumber, MOST_BUFFERS), (index) => bufferOf(heap, index, counting))
}

export function bufferOf(heap: Heap, index: number, counting: Counting | undefined): Buffer {
  const fields = fieldsIn(heap, index)
  const chunk = fields.reference('chunk')
  const references = referencesOf(heap, fields, counting)
  return { index, references, chunk, handle: fields.long('handle') ?? -1n, bytes: bytesOf(heap, fields, chunk) }
}

function bytesOf(heap: Heap, buffer: ObjectFields, chunk: number | undefined): number {
  // `maxLength` is the piece of the chunk, `maxFastCapacity` the same in an adaptive chunk; its first versions had `length` only.
  if (chunk !== undefined)
    return buffer.number('maxLength') ?? buffer.number('maxFastCapacity') ?? buffer.number('length') ?? 0
  const array = buffer.reference('array')
  if (array !== undefined) return heap.snapshot.lengthOf(array)
  return buffer.reference('buffer') === undefined ? 0 : (buffer.number('capacity') ?? 0)
}
