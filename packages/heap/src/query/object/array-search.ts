/** Where given objects stand in an array of any length: one streamed pass, stopped as soon as all are found. */
import type { ArrayRecord } from '../record.ts'
import { dumpOf } from '../record.ts'
import type { Heap } from '../heap.ts'

/** Stays in the second-level cache. */
const CHUNK_BYTES = 1 << 17
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
  const end = Math.min(array.length, Math.floor(mostBytes / size))
  const bytes = new Uint8Array(Math.min(CHUNK_BYTES, end * size))
  const view = new DataView(bytes.buffer)
  const next = nextCandidate(view, size, ids)
  let unsaturated = ids.size
  for (let first = 0; first < end && unsaturated > 0; first += CHUNK_BYTES / size) {
    const count = Math.min(CHUNK_BYTES / size, end - first)
    if (dumpOf(heap).readInto(array.start + first * size, bytes.subarray(0, count * size)) < count * size) break
    for (let i = next(0, count); i < count; i = next(i + 1, count)) {
      const id = size === 8 ? view.getBigUint64(i * 8) : BigInt(view.getUint32(i * 4))
      if (!ids.has(id)) continue
      const indices = found.get(id) ?? []
      if (indices.length === 0) found.set(id, indices)
      if (indices.length < most) indices.push(first + i)
      if (indices.length === most) unsaturated -= indices[most - 1] === first + i ? 1 : 0
    }
  }
  return { found, complete: end === array.length }
}

/** The first element from … to − 1 that may be one of the ids, or `to`. */
type NextCandidate = (from: number, to: number) => number

/** Most elements are none of the objects looked for: their low words say so. */
function nextCandidate(view: DataView<ArrayBuffer>, size: 4 | 8, ids: ReadonlySet<bigint>): NextCandidate {
  const [only = 0n] = ids
  return ids.size === 1 ? nextEqual(view, size, only) : nextInFilter(view, size, ids)
}

function nextEqual(view: DataView<ArrayBuffer>, size: 4 | 8, id: bigint): NextCandidate {
  const words = new Uint32Array(view.buffer)
  const stride = size / 4
  // the low word of the id as this machine reads it from the dump
  const word = new DataView(new ArrayBuffer(4))
  word.setUint32(0, Number(id & 0xffff_ffffn))
  const [wanted] = new Uint32Array(word.buffer)
  return (from, to) => {
    for (let i = from; i < to; i++) if (words[i * stride + stride - 1] === wanted) return i
    return to
  }
}

function nextInFilter(view: DataView, size: 4 | 8, ids: ReadonlySet<bigint>): NextCandidate {
  const filter = new Uint8Array(FILTER_SLOTS)
  for (const id of ids) filter[filterSlot(Number(id & 0xffff_ffffn))] = 1
  return (from, to) => {
    for (let i = from; i < to; i++) if (filter[filterSlot(view.getUint32(i * size + size - 4))] !== 0) return i
    return to
  }
}

function filterSlot(low: number): number {
  return ((low >>> 3) ^ (low >>> 15)) & (FILTER_SLOTS - 1)
}
