/** Where given objects stand in an array of any length: one streamed pass, stopped as soon as all are found. */
import type { ArrayRecord } from './record.ts'
import { dumpOf } from './record.ts'
import type { Heap } from './heap.ts'

const CHUNK_BYTES = 1 << 20
const FILTER_SLOTS = 1 << 12

export interface ArraySearch {
  /** Id → indices, ascending, at most as many as were asked for. */
  readonly found: Map<bigint, number[]>
  /** False when the limit of bytes was reached first. */
  readonly complete: boolean
}

/**
 * @param most indices per object.
 * @param mostBytes bytes of the dump to look at in all.
 */
export function findInArray(
  heap: Heap,
  array: ArrayRecord,
  ids: ReadonlySet<bigint>,
  most: number,
  mostBytes: number,
): ArraySearch {
  const size = heap.snapshot.meta.identifierSize
  const found = new Map<bigint, number[]>()
  const filter = lowWordFilter(ids)
  const end = Math.min(array.length, Math.floor(mostBytes / size))
  const bytes = new Uint8Array(Math.min(CHUNK_BYTES, end * size))
  const view = new DataView(bytes.buffer)
  let unsaturated = ids.size
  for (let index = 0; index < end && unsaturated > 0;) {
    const count = Math.min(CHUNK_BYTES / size, end - index)
    if (dumpOf(heap).readInto(array.start + index * size, bytes.subarray(0, count * size)) < count * size) break
    for (let at = 0; at < count * size; at += size, index++) {
      const low = view.getUint32(at + size - 4)
      if (filter[filterSlot(low)] === 0) continue
      const id = size === 8 ? view.getBigUint64(at) : BigInt(low)
      if (!ids.has(id)) continue
      const indices = found.get(id) ?? []
      if (indices.length === 0) found.set(id, indices)
      if (indices.length < most) indices.push(index)
      if (indices.length === most) unsaturated -= indices[most - 1] === index ? 1 : 0
    }
  }
  return { found, complete: end === array.length }
}

/** Most elements are none of the objects looked for: one table look-up says so. */
function lowWordFilter(ids: ReadonlySet<bigint>): Uint8Array {
  const filter = new Uint8Array(FILTER_SLOTS)
  for (const id of ids) filter[filterSlot(Number(id & 0xffff_ffffn))] = 1
  return filter
}

function filterSlot(low: number): number {
  return ((low >>> 3) ^ (low >>> 15)) & (FILTER_SLOTS - 1)
}
