/**
 * What refers to an object: the reverse of the references.
 *
 * First the runs lose what would be counted twice: repeated targets, and the target that is the object's own
 * class (the implicit edge has it). Then compressed rows are made by count → prefix sum → fill. The
 * depth-first tree edge parent[w] → w is left out, so that rows hold only what the tree does not say; and so
 * are object → class edges (see objects-by-class.ts). Rows are ascending because sources are visited in that order.
 */
import { LAST_REFERENCE } from '../parsed-heap.ts'
import { type Memory, takeUint32 } from './memory.ts'
import type { Numbering } from './number-objects.ts'
import type { Rows } from './rows.ts'

/** Runs up to this length are searched for repetitions one by one, longer ones with a bit per object. */
const SHORT_RUN = 8
const INDEX = ~LAST_REFERENCE

/**
 * Drops repetitions and marks, moving the rows of `numbering.outgoing` together in place. Counts the incoming rows
 * on the way, as all that it needs is at hand.
 * @param classIndex class number → index of its class object, 0 when it has none
 * @returns counts: how many side references go to index i stands at i + 2 (see `fillIncoming`)
 */
export function dropRepetitions(
  { objects, reachable, outgoing, classOf, parent }: Numbering,
  classIndex: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Uint32Array {
  const { start, entries } = outgoing
  const counts = takeUint32(memory, objects + 3).fill(0)
  const seen = new Uint32Array((objects >>> 5) + 1)
  let end = 0
  let entry = start[1]
  for (let index = 1; index <= objects; index++) {
    if ((index & 0xfffff) === 0) onFraction(index / objects)
    const last = start[index + 1]
    const first = end
    start[index] = first
    if (entry === last) continue
    const own = classIndex[classOf[index]]
    const lowest = index > reachable ? reachable : 0
    for (; entry < last; entry++) {
      const to = entries[entry] & INDEX
      if (to === own || (end > first && isRepeated(entries, first, end, to, seen))) continue
      entries[end++] = to
      if (parent[to] !== index && to > lowest) counts[to + 2]++
    }
    if (end - first >= SHORT_RUN) forget(entries, first, end, seen)
  }
  start[objects + 1] = end
  return counts
}

/** Whether `to` is among targets[first … end − 1]; long runs are remembered in `seen` from then on. */
function isRepeated(targets: Uint32Array, first: number, end: number, to: number, seen: Uint32Array): boolean {
  const count = end - first
  if (count < SHORT_RUN) {
    for (let i = first; i < end; i++) if (targets[i] === to) return true
    return false
  }
  if (count === SHORT_RUN) for (let i = first; i < end; i++) seen[targets[i] >>> 5] |= 1 << (targets[i] & 31)
  if ((seen[to >>> 5] & (1 << (to & 31))) !== 0) return true
  seen[to >>> 5] |= 1 << (to & 31)
  return false
}

function forget(targets: Uint32Array, first: number, end: number, seen: Uint32Array) {
  for (let i = first; i < end; i++) seen[targets[i] >>> 5] = 0
}

/**
 * Builds the incoming rows; `counts` become their starts. References from unreachable to reachable objects are
 * not listed.
 * @returns rows of indices, ascending. 4 B/object, and 4 B per reference that is no tree edge
 */
export function fillIncoming(
  { objects, reachable, parent, outgoing }: Numbering,
  counts: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Rows {
  const start = counts
  for (let i = 2; i < start.length; i++) start[i] += start[i - 1]
  const sources = takeUint32(memory, start[start.length - 1])
  const targets = outgoing.entries
  let entry = 0
  for (let from = 1; from <= objects; from++) {
    if ((from & 0xfffff) === 0) onFraction(from / objects)
    const end = outgoing.start[from + 1]
    const lowest = from > reachable ? reachable : 0
    for (; entry < end; entry++) {
      const to = targets[entry]
      // What counts went two places further for: this leaves the start of the row after `to` behind.
      if (parent[to] !== from && to > lowest) sources[start[to + 1]++] = from
    }
  }
  return { start, entries: sources }
}
