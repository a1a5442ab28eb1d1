/** Marks and sweeps over all reachable objects, a chunk at a time. */
import type { Heap } from '../query/heap.ts'

/** Objects per step of a sweep. */
export const CHUNK = 1 << 16

/** Calls `visit` for 1 … reachableCount in pieces: the first index, how many, and their immediate dominators. */
export function sweepDominators(
  { snapshot }: Heap,
  visit: (from: number, count: number, dominators: Int32Array) => void,
): void {
  const dominators = new Int32Array(CHUNK)
  for (let from = 1; from <= snapshot.reachableCount; from += CHUNK) {
    const count = Math.min(CHUNK, snapshot.reachableCount + 1 - from)
    snapshot.readDominators(from, dominators.subarray(0, count))
    visit(from, count, dominators)
  }
}

export interface ClassSum {
  objects: number
  shallow: number
}

/** Sums the objects whose mark is `wanted`. @param marks by object index @returns by class number */
export function sumByClass({ snapshot }: Heap, marks: Uint8Array, wanted: number): ReadonlyMap<number, ClassSum> {
  const sums = new Map<number, ClassSum>()
  const classes = new Uint32Array(CHUNK)
  const shallow = new Float64Array(CHUNK)
  for (let from = 1; from < marks.length; from += CHUNK) {
    const count = Math.min(CHUNK, marks.length - from)
    const marked = marks.subarray(from, from + count)
    if (!marked.includes(wanted)) continue
    snapshot.readClasses(from, classes.subarray(0, count))
    snapshot.readShallowSizes(from, shallow.subarray(0, count))
    for (let i = 0; i < count; i++) {
      if (marked[i] !== wanted) continue
      const sum = sums.get(classes[i])
      if (sum === undefined) sums.set(classes[i], { objects: 1, shallow: shallow[i] })
      else {
        sum.objects++
        sum.shallow += shallow[i]
      }
    }
  }
  return sums
}
