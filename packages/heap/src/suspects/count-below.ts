/** How many objects of a class some objects are or dominate, counted one by one in a single pass over the heap. */
import type { Heap } from '../query/heap.ts'
import type { Group } from './groups.ts'

/** Objects that are read at once. */
const BLOCK = 1 << 16
/** A pass over more than this would take longer than everything else that is asked about suspects. */
const MOST_READ = 6_000_000

/**
 * An object is numbered after whatever dominates it, so that one pass in the order of numbers knows of each object whether its
 * dominator is below the holders already. Takes a bit per object.
 * @returns undefined where not all holders are known, or too many objects would have to be read.
 */
export function countBelow(heap: Heap, { members, count }: Group, className: string): number | undefined {
  if (members.length !== count) return undefined
  const { snapshot } = heap
  const last = snapshot.reachableCount
  const first = members.reduce((least, member) => Math.min(least, member), last)
  if (last - first > MOST_READ) return undefined
  const below = new Uint8Array((last >> 3) + 1)
  for (const member of members) below[member >> 3] |= 1 << (member & 7)
  const isCounted = heap.classes.map(({ name }) => name === className)
  const classes = new Uint32Array(BLOCK)
  const dominators = new Int32Array(BLOCK)
  let found = members.filter((member) => isCounted[snapshot.classOf(member)]).length
  for (let from = first + 1; from <= last; from += BLOCK) {
    const length = Math.min(BLOCK, last + 1 - from)
    snapshot.readClasses(from, classes.subarray(0, length))
    snapshot.readDominators(from, dominators.subarray(0, length))
    for (let offset = 0; offset < length; offset++) {
      const dominator = dominators[offset]
      if ((below[dominator >> 3] & (1 << (dominator & 7))) === 0) continue
      const index = from + offset
      below[index >> 3] |= 1 << (index & 7)
      if (isCounted[classes[offset]]) found++
    }
  }
  return found
}
