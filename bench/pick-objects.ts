/** Objects to ask about: some at random, and those that are hardest on an index. */
import type { Snapshot } from '@heaptrail/heap/snapshot/snapshot'
import { seededRandom } from './random.ts'

const SCAN = 1 << 20

export interface Picked {
  readonly random: readonly number[]
  /** Longest arrays, most dominator children, most instances of a class. */
  readonly widest: readonly number[]
  /** Farthest from the virtual root in the dominator tree. */
  readonly deepest: readonly number[]
}

/** @param count objects per list; indices. */
export function pickObjects(snapshot: Snapshot, count: number): Picked {
  const random = seededRandom(7)
  const { children, depths, lengths } = scan(snapshot)
  const third = Math.ceil(count / 3)
  const classObjects = snapshot
    .classes()
    .filter((type) => type.index > 0 && type.index <= snapshot.reachableCount)
    .toSorted((a, b) => b.instances - a.instances)
    .map((type) => type.index)
  return {
    random: Array.from({ length: count }, () => 1 + random(snapshot.reachableCount)),
    widest: [...largest(lengths, third), ...largest(children, third), ...classObjects.slice(0, third)],
    deepest: largest(depths, count),
  }
}

/** Columns over object indices of the reachable part. */
function scan(snapshot: Snapshot): { children: Uint32Array; depths: Uint32Array; lengths: Uint32Array } {
  const count = snapshot.reachableCount + 1
  const children = new Uint32Array(count)
  const depths = new Uint32Array(count)
  const lengths = new Uint32Array(count)
  const dominators = new Int32Array(SCAN)
  for (let from = 0; from < count; from += SCAN) {
    const page = dominators.subarray(0, Math.min(SCAN, count - from))
    snapshot.readDominators(from, page)
    snapshot.readLengths(from, lengths.subarray(from, from + page.length))
    // A dominator is numbered before what it dominates, so its depth is known already.
    for (let row = 0; row < page.length; row++) {
      const dominator = page[row]
      if (dominator < 0) continue
      depths[from + row] = depths[dominator] + 1
      children[dominator] += 1
    }
  }
  return { children, depths, lengths }
}

/** Indices of the `count` largest values, the virtual root left out. */
function largest(values: Uint32Array, count: number): number[] {
  const best: number[] = []
  for (let index = 1; index < values.length; index++) {
    if (best.length === count && values[index] <= values[best[count - 1]]) continue
    let at = best.length
    while (at > 0 && values[best[at - 1]] < values[index]) at -= 1
    best.splice(at, 0, index)
    if (best.length > count) best.pop()
  }
  return best
}
