/**
 * Netty's pooled allocators as they stand in a heap: arenas, their chunks, how much of these is taken, and how much of what is
 * taken still has an owner. Reads the classes of Netty 4.0 to 4.2, in their own package or moved into another one (shading).
 */
import type { Heap } from '../query/heap.ts'
import { readArray, readElements, referenceAt } from '../query/record.ts'
import { reading } from '../query/reading.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import { numberIn, referenceOf } from '../suspects/contents.ts'
import { superNames } from '../suspects/bounds.ts'

export interface Chunk {
  readonly index: number
  readonly size: number
  readonly free: number
}

export interface Arena {
  readonly index: number
  readonly direct: boolean
  /** By chunk list, `qInit` to `q100`. */
  readonly lists: readonly { readonly name: string; readonly chunks: readonly Chunk[] }[]
}

export interface Pool {
  /** The PooledByteBufAllocator. */
  readonly index: number
  readonly arenas: readonly Arena[]
}

const LISTS = ['qInit', 'q000', 'q025', 'q050', 'q075', 'q100'] as const
/** Chunks of one list; a heap of terabytes has fewer. */
const MOST_CHUNKS = 100_000

/** Classes of that name within Netty's packages, wherever those were moved to. */
export function nettyClasses(heap: Heap, name: string): number[] {
  return heap.classes.flatMap((type) => (isNetty(type.name, name) ? [type.number] : []))
}

function isNetty(className: string, name: string): boolean {
  return className === `io.netty.${name}` || className.endsWith(`.io.netty.${name}`)
}

export function pools(heap: Heap): Pool[] {
  const { snapshot } = heap
  return nettyClasses(heap, 'buffer.PooledByteBufAllocator').flatMap((number) => {
    const { instances } = heap.classes[number]
    return [...snapshot.objectsOfClass(number, 0, instances)].map((index) => ({
      index,
      arenas: [...arenasOf(heap, index, 'heapArenas', false), ...arenasOf(heap, index, 'directArenas', true)],
    }))
  })
}

function arenasOf(heap: Heap, allocator: number, field: string, direct: boolean): Arena[] {
  const array = referenceOf(heap, allocator, field)
  if (array === undefined) return []
  return elementsOf(heap, array).map((index) => ({
    index,
    direct,
    lists: LISTS.map((name) => ({ name, chunks: chunksOf(heap, referenceOf(heap, index, name)) })),
  }))
}

function chunksOf(heap: Heap, list: number | undefined): Chunk[] {
  const chunks: Chunk[] = []
  const seen = new Set<number>()
  let index = list === undefined ? undefined : referenceOf(heap, list, 'head')
  for (
    ;
    index !== undefined && !seen.has(index) && chunks.length < MOST_CHUNKS;
    index = referenceOf(heap, index, 'next')
  ) {
    seen.add(index)
    chunks.push({ index, size: numberIn(heap, index, 'chunkSize') ?? 0, free: numberIn(heap, index, 'freeBytes') ?? 0 })
  }
  return chunks
}

/** @returns the objects in a short array of references. */
export function elementsOf(heap: Heap, array: number): number[] {
  return reading(() => {
    const record = readArray(heap, array)
    if (record?.type !== 2) return []
    const view = readElements(heap, record, 0, 10_000)
    const ids = heap.snapshot.meta.identifierSize
    const found: number[] = []
    for (let at = 0; at < view.byteLength; at += ids) {
      const id = referenceAt(heap, view, at)
      const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
      if (index !== NO_OBJECT) found.push(index)
    }
    return found
  }, [])
}

/** Buffers of the pools: those that are alive, by the allocator that their chunk belongs to. */
export interface LiveBuffer {
  readonly index: number
  readonly references: number
  readonly capacity: number
  /** The chunk that its memory is in, or NO_OBJECT. */
  readonly chunk: number
}

const MOST_BUFFERS = 50_000

/** Pooled buffers that are reachable and not released, at most MOST_BUFFERS per class. */
export function liveBuffers(heap: Heap): LiveBuffer[] {
  const { snapshot } = heap
  const pooled = heap.classes.filter(
    (type) => type.instances > 0 && superNames(heap, type.number).some((name) => isNetty(name, 'buffer.PooledByteBuf')),
  )
  return pooled.flatMap(({ number, instances }) =>
    [...snapshot.objectsOfClass(number, 0, Math.min(instances, MOST_BUFFERS))].flatMap((index) => {
      const references = referenceCount(heap, index)
      const chunk = referenceOf(heap, index, 'chunk')
      if (references === 0 || chunk === undefined) return []
      return [{ index, references, capacity: numberIn(heap, index, 'maxLength') ?? 0, chunk }]
    }),
  )
}

/**
 * The three ways in which Netty keeps a count: the plain number (4.0, 4.1 up to .37), twice the number with odd for
 * released (later 4.1), and the same in an object of its own (4.2).
 */
export function referenceCount(heap: Heap, buffer: number): number {
  const own = referenceOf(heap, buffer, 'refCnt')
  if (own !== undefined) return halved(numberIn(heap, own, 'value') ?? 1)
  const raw = numberIn(heap, buffer, 'refCnt') ?? 0
  return isDoubled(heap) ? halved(raw) : raw
}

function halved(raw: number): number {
  return (raw & 1) === 1 ? 0 : raw >>> 1
}

/** Since 4.1.38 a helper class does the arithmetic; before it there is none. */
function isDoubled(heap: Heap): boolean {
  return nettyClasses(heap, 'util.internal.ReferenceCountUpdater').length > 0
}
