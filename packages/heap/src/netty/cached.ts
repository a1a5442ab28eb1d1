/** Regions that thread caches keep for the next allocation: taken from the chunks, and nobody's leak. */
import type { Heap } from '../query/heap.ts'
import { readInstance } from '../query/record.ts'
import { reading } from '../query/reading.ts'
import { numberIn, referenceOf } from '../suspects/contents.ts'
import { elementsOf, nettyClasses } from './pools.ts'

const MOST_ENTRIES = 100_000

/** @returns bytes by chunk (object index). */
export function cachedBytes(heap: Heap): Map<number, number> {
  const found = new Map<number, number>()
  for (const number of nettyClasses(heap, 'buffer.PoolThreadCache$MemoryRegionCache$Entry'))
    for (const entry of heap.snapshot.objectsOfClass(
      number,
      0,
      Math.min(heap.classes[number].instances, MOST_ENTRIES),
    )) {
      const chunk = referenceOf(heap, entry, 'chunk')
      const handle = handleOf(heap, entry)
      if (chunk === undefined || handle === undefined || handle < 0n) continue
      found.set(chunk, (found.get(chunk) ?? 0) + regionSize(heap, chunk, handle))
    }
  return found
}

function handleOf(heap: Heap, entry: number): bigint | undefined {
  return reading(() => {
    const record = readInstance(heap, entry)
    const field = record?.fields.find(({ name, type }) => name === 'handle' && type === LONG)
    return record === undefined || field === undefined ? undefined : record.view.getBigInt64(field.offset)
  }, undefined)
}
const LONG = 11

/**
 * What a handle stands for. Up to 4.1.51 it is a node of a binary tree over the chunk (low half) with the place in a subpage
 * (high half); later a run of pages: offset in bits 49 to 63, pages in 34 to 48, subpage in bit 32.
 */
function regionSize(heap: Heap, chunk: number, handle: bigint): number {
  if (referenceOf(heap, chunk, 'memoryMap') === undefined) {
    if (((handle >> 32n) & 1n) === 1n) return elementSize(heap, chunk, Number((handle >> 49n) & 0x7fffn))
    return Number((handle >> 34n) & 0x7fffn) * (numberIn(heap, chunk, 'pageSize') ?? 8192)
  }
  const node = Number(handle & 0xffffffffn)
  if (handle >> 32n === 0n)
    return Math.floor((numberIn(heap, chunk, 'chunkSize') ?? 0) / 2 ** Math.floor(Math.log2(node)))
  const leaves = numberIn(heap, chunk, 'maxSubpageAllocs') ?? 1
  return elementSize(heap, chunk, node ^ leaves)
}

function elementSize(heap: Heap, chunk: number, place: number): number {
  const subpages = referenceOf(heap, chunk, 'subpages')
  if (subpages === undefined) return 0
  // Empty places are no elements here, so that the page is found by its own offset or tree node.
  const page = elementsOf(heap, subpages).find((candidate) => {
    const runOffset = numberIn(heap, candidate, 'runOffset')
    return (
      (runOffset !== undefined && pageOf(heap, candidate, runOffset) === place) ||
      treePlace(heap, candidate, chunk) === place
    )
  })
  return page === undefined ? 0 : (numberIn(heap, page, 'elemSize') ?? 0)
}

/** `runOffset` counts pages since 4.1.52, bytes before. */
function pageOf(heap: Heap, subpage: number, runOffset: number): number | undefined {
  return numberIn(heap, subpage, 'memoryMapIdx') === undefined ? runOffset : undefined
}

function treePlace(heap: Heap, subpage: number, chunk: number): number | undefined {
  const node = numberIn(heap, subpage, 'memoryMapIdx')
  return node === undefined ? undefined : node ^ (numberIn(heap, chunk, 'maxSubpageAllocs') ?? 1)
}
