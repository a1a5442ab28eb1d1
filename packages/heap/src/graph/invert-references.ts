/**
 * What refers to an object: the reverse of the references.
 *
 * First the runs lose what would be counted twice: repeated targets, and the target that is the object's own
 * class (the implicit edge has it). Then compressed rows are made by count → prefix sum → fill. The
 * depth-first tree edge parent[w] → w is left out, so that rows hold only what the tree does not say; and so
 * are object → class edges (see objects-by-class.ts). Rows are ascending because sources are visited in that order.
 */
import { LAST_REFERENCE, NO_REFERENCES } from '../parsed-heap.ts'
import { type Memory, takeUint32 } from './memory.ts'
import type { Numbering } from './number-objects.ts'

/** Rows: those of `index` are sources[start[index]] … sources[start[index + 1] − 1], ascending. */
export interface IncomingRows {
  /** 4 B/object. */
  readonly start: Uint32Array
  /** 4 B per reference that is no tree edge; index of the referring object. */
  readonly sources: Uint32Array
}

/** Runs up to this length are searched for repetitions one by one, longer ones with a bit per object. */
const SHORT_RUN = 8
const INDEX = ~LAST_REFERENCE

/**
 * Drops repetitions, moving the runs together in place. Counts the incoming rows on the way, as all that it
 * needs is at hand.
 * @param classIndex class number → index of its class object, 0 when it has none
 * @returns counts: how many side references go to index i stands at i + 2 (see `fillIncoming`)
 */
export function dropRepetitions(
  { objects, reachable, runOf, targets, classOf, parent }: Numbering,
  classIndex: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Uint32Array {
  const counts = takeUint32(memory, objects + 3).fill(0)
  const seen = new Uint32Array((objects >>> 5) + 1)
  let end = 0
  for (let index = 1; index <= objects; index++) {
    if ((index & 0xfffff) === 0) onFraction(index / objects)
    let entry = runOf[index]
    if (entry === NO_REFERENCES) continue
    const own = classIndex[classOf[index]]
    const lowest = index > reachable ? reachable : 0
    const first = end
    let target: number
    do {
      target = targets[entry++]
      const to = target & INDEX
      if (to === own || (end > first && isRepeated(targets, first, end, to, seen))) continue
      targets[end++] = to
      if (parent[to] !== index && to > lowest) counts[to + 2]++
    } while ((target & LAST_REFERENCE) === 0)
    if (end - first >= SHORT_RUN) forget(targets, first, end, seen)
    if (end > first) targets[end - 1] |= LAST_REFERENCE
    runOf[index] = end > first ? first : NO_REFERENCES
  }
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
 */
export function fillIncoming(
  { objects, reachable, parent, runOf, targets }: Numbering,
  counts: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): IncomingRows {
  const start = counts
  for (let i = 2; i < start.length; i++) start[i] += start[i - 1]
  const sources = takeUint32(memory, start[start.length - 1])
  for (let from = 1; from <= objects; from++) {
    if ((from & 0xfffff) === 0) onFraction(from / objects)
    let entry = runOf[from]
    if (entry === NO_REFERENCES) continue
    const lowest = from > reachable ? reachable : 0
    let target: number
    do {
      target = targets[entry++]
      const to = target & INDEX
      // What counts went two places further for: this leaves the start of the row after `to` behind.
      if (parent[to] !== from && to > lowest) sources[start[to + 1]++] = from
    } while ((target & LAST_REFERENCE) === 0)
  }
  return { start, sources }
}
