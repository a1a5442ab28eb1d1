/**
 * What of a chunk is given out, piece by piece. A chunk is divided in one of two ways. Up to Netty 4.1.51 by a binary tree of
 * pages (`memoryMap`: a byte per node, its depth while it is free, one more than the tree is deep when it is taken); later by
 * runs of pages, of which only the free ones are listed. Either way a page, or a run, that serves small buffers has a
 * PoolSubpage with a bitmap of its elements.
 */
import type { Heap } from '../query/heap.ts'
import { type ObjectFields, bytesOfArray, elementsIn, fieldsIn } from './object-fields.ts'

/** A piece of a chunk, known by the same number as the buffer or cache entry that owns it. */
export type RegionKey = number

export interface ChunkUse {
  readonly size: number
  /** Bytes given out, each piece with its own size; what pages of small buffers have left counts as free. */
  readonly taken: number
  readonly keyOf: (handle: bigint) => RegionKey
  /** Bytes that a handle stands for. */
  readonly sizeOf: (handle: bigint) => number
  /** Visits every piece that is given out: all of them in a tree, elements of subpages in runs. */
  readonly regions: (visit: (key: RegionKey, size: number) => void) => void
  /** `regions` tells all that is given out. */
  readonly isTree: boolean
}

interface Subpage {
  readonly index: number
  readonly elementSize: number
  readonly elements: number
  readonly used: number
  /** Of the page, or the run of pages. */
  readonly bytes: number
}

const ELEMENT = 2 ** 32

export function chunkUse(heap: Heap, chunk: number): ChunkUse {
  const fields = fieldsIn(heap, chunk)
  const size = fields.number('chunkSize') ?? 0
  const free = fields.number('freeBytes') ?? 0
  const memoryMap = fields.reference('memoryMap')
  const subpages = subpagesOf(heap, fields, memoryMap !== undefined)
  const spare = [...subpages.values()].reduce((sum, page) => sum + page.bytes - page.used * page.elementSize, 0)
  const taken = Math.max(0, size - free - spare)
  return memoryMap === undefined
    ? { size, taken, isTree: false, ...runs(heap, fields, subpages) }
    : { size, taken, isTree: true, ...tree(heap, fields, size, memoryMap, subpages) }
}

/** By their place in the chunk: page number, in runs the first page. */
function subpagesOf(heap: Heap, chunk: ObjectFields, isTree: boolean): Map<number, Subpage> {
  const array = chunk.reference('subpages')
  const pageSize = chunk.number('pageSize') ?? 8192
  const found = new Map<number, Subpage>()
  for (const { place, index } of array === undefined ? [] : elementsIn(heap, array)) {
    const page = fieldsIn(heap, index)
    // Behind a page that went back to its chunk the object stays, for the next time.
    if (page.flag('doNotDestroy') !== true) continue
    const elements = page.number('maxNumElems') ?? 0
    found.set(place, {
      index,
      elements,
      elementSize: page.number('elemSize') ?? 0,
      used: elements - (page.number('numAvail') ?? elements),
      bytes: isTree ? pageSize : (page.number('runSize') ?? pageSize),
    })
  }
  return found
}

type Pieces = Pick<ChunkUse, 'keyOf' | 'sizeOf' | 'regions'>

/** A handle has the node in its low half; with bit 62 set an element of its subpage in the high half. */
function tree(
  heap: Heap,
  chunk: ObjectFields,
  size: number,
  memoryMap: number,
  subpages: ReadonlyMap<number, Subpage>,
): Pieces {
  const leaves = chunk.number('maxSubpageAllocs') ?? 1
  const nodeOf = (handle: bigint): number => Number(handle & 0xffff_ffffn)
  const bytesOfNode = (node: number): number => size / 2 ** Math.floor(Math.log2(node))
  return {
    keyOf: (handle) =>
      nodeOf(handle) + (isTreeElement(handle) ? elementKey(Number((handle >> 32n) & 0x3fff_ffffn)) : 0),
    sizeOf: (handle) =>
      isTreeElement(handle)
        ? (subpages.get(nodeOf(handle) ^ leaves)?.elementSize ?? 0)
        : bytesOfNode(Math.max(1, nodeOf(handle))),
    regions(visit) {
      const map = bytesOfArray(heap, memoryMap)
      if (map === undefined || map.byteLength < 2 * leaves) return
      const unusable = Math.log2(leaves) + 1
      const isTaken = (node: number): boolean => map.getUint8(node) === unusable
      const isFree = (node: number): boolean => map.getUint8(node) === Math.floor(Math.log2(node))
      const rest = [1]
      for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
        if (isFree(node)) continue
        const isLeaf = node >= leaves
        const page = isLeaf ? subpages.get(node ^ leaves) : undefined
        // A node that was given out as a whole leaves its children as they were; one whose parts are all given out does not.
        const isWhole = isLeaf || (isTaken(node) && !(isTaken(2 * node) && isTaken(2 * node + 1)))
        if (page !== undefined) elements(heap, page, (place) => visit(node + elementKey(place), page.elementSize))
        else if (isWhole) visit(node, bytesOfNode(node))
        else rest.push(2 * node + 1, 2 * node)
      }
    },
  }
}

function isTreeElement(handle: bigint): boolean {
  return handle >> 32n !== 0n
}

/** A handle has the first page in bits 49 to 63, pages in 34 to 48, in bit 32 whether it is an element of a subpage. */
function runs(heap: Heap, chunk: ObjectFields, subpages: ReadonlyMap<number, Subpage>): Pieces {
  const pageSize = chunk.number('pageSize') ?? 8192
  const pageOf = (handle: bigint): number => Number((handle >> 49n) & 0x7fffn)
  const isElement = (handle: bigint): boolean => ((handle >> 32n) & 1n) === 1n
  return {
    keyOf: (handle) => pageOf(handle) + (isElement(handle) ? elementKey(Number(handle & 0xffff_ffffn)) : 0),
    sizeOf: (handle) =>
      isElement(handle)
        ? (subpages.get(pageOf(handle))?.elementSize ?? 0)
        : Number((handle >> 34n) & 0x7fffn) * pageSize,
    regions(visit) {
      for (const [place, page] of subpages)
        elements(heap, page, (element) => visit(place + elementKey(element), page.elementSize))
    },
  }
}

function elementKey(place: number): number {
  return (place + 1) * ELEMENT
}

/** Elements of a subpage that are given out: bits of its bitmap, 64 to a long. */
function elements(heap: Heap, page: Subpage, visit: (element: number) => void): void {
  const bitmap = fieldsIn(heap, page.index).reference('bitmap')
  const longs = bitmap === undefined ? undefined : bytesOfArray(heap, bitmap)
  if (longs === undefined) return
  for (let element = 0; element < page.elements && (element >>> 6) * 8 < longs.byteLength; element++) {
    // Big-endian in the dump: the low 32 bits of a long are its second half.
    const word = longs.getUint32((element >>> 6) * 8 + ((element & 63) < 32 ? 4 : 0))
    if (((word >>> (element & 31)) & 1) === 1) visit(element)
  }
}
