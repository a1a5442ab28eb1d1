/**
 * References in terms of indices, and their reverse.
 *
 * Outgoing: the runs of the parse get their entries renumbered in place, and what would be counted twice
 * leaves: repeated targets, and the target that is the object's own class (the implicit edge has it).
 *
 * Incoming: compressed rows by count → prefix sum → fill. The depth-first tree edge parent[w] → w is left
 * out, so that rows hold only what the tree does not say; and so are object → class edges (see
 * objects-by-class.ts). Rows are ascending because sources are visited in ascending order.
 */
import { LAST_REFERENCE, NO_REFERENCES } from '../parsed-heap.ts'
import type { Memory } from './memory.ts'
import { takeUint32 } from './memory.ts'
import type { Numbering } from './number-objects.ts'

/** Outgoing references: as `ReferenceRuns`, but from index to indices, without repetition. */
export interface OutgoingRuns {
  /** index → first entry in `targets`, or NO_REFERENCES. */
  readonly runOf: Uint32Array
  /** Entry: index of the target, plus LAST_REFERENCE on the last of a run. */
  readonly targets: Uint32Array
}

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
 * Renumbers the runs in place and drops repetitions.
 * @param classIndex class number → index of its class object, 0 when it has none
 */
export function renumberReferences(
  numbering: Numbering,
  targets: Uint32Array,
  classIndex: Uint32Array,
  onFraction: (fraction: number) => void,
): OutgoingRuns {
  const { objects, runOf, indexOfRank, classOf } = numbering
  const seen = new Uint32Array((objects >>> 5) + 1)
  for (let index = 1; index <= objects; index++) {
    if ((index & 0xfffff) === 0) onFraction(index / objects)
    const first = runOf[index]
    if (first === NO_REFERENCES) continue
    const own = classIndex[classOf[index]]
    let entry = first
    let end = first
    let last: number
    do {
      const target = targets[entry++]
      last = target & LAST_REFERENCE
      const to = indexOfRank[target & INDEX]
      if (to !== own && !isRepeated(targets, first, end, to, seen)) targets[end++] = to
    } while (last === 0)
    if (end - first >= SHORT_RUN) forget(targets, first, end, seen)
    if (end === first) runOf[index] = NO_REFERENCES
    else targets[end - 1] |= LAST_REFERENCE
  }
  return { runOf, targets }
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

/** Builds the incoming rows. References from unreachable to reachable objects are not listed. */
export function invertReferences(
  numbering: Numbering,
  outgoing: OutgoingRuns,
  memory: Memory,
  onFraction: (fraction: number) => void,
): IncomingRows {
  // Counts go in two places further than rows need, so that filling leaves the starts behind.
  const start = takeUint32(memory, numbering.objects + 3).fill(0)
  countSideReferences(numbering, outgoing, start, onFraction)
  for (let i = 2; i < start.length; i++) start[i] += start[i - 1]
  const sources = takeUint32(memory, start[start.length - 1])
  fillSideReferences(numbering, outgoing, start, sources, onFraction)
  return { start, sources }
}

function countSideReferences(
  { objects, reachable, parent }: Numbering,
  { runOf, targets }: OutgoingRuns,
  start: Uint32Array,
  onFraction: (fraction: number) => void,
) {
  for (let from = 1; from <= objects; from++) {
    if ((from & 0xfffff) === 0) onFraction(from / objects / 2)
    let entry = runOf[from]
    if (entry === NO_REFERENCES) continue
    const lowest = from > reachable ? reachable : 0
    let target: number
    do {
      target = targets[entry++]
      const to = target & INDEX
      if (parent[to] !== from && to > lowest) start[to + 2]++
    } while ((target & LAST_REFERENCE) === 0)
  }
}

function fillSideReferences(
  { objects, reachable, parent }: Numbering,
  { runOf, targets }: OutgoingRuns,
  start: Uint32Array,
  sources: Uint32Array,
  onFraction: (fraction: number) => void,
) {
  for (let from = 1; from <= objects; from++) {
    if ((from & 0xfffff) === 0) onFraction(0.5 + from / objects / 2)
    let entry = runOf[from]
    if (entry === NO_REFERENCES) continue
    const lowest = from > reachable ? reachable : 0
    let target: number
    do {
      target = targets[entry++]
      const to = target & INDEX
      if (parent[to] !== from && to > lowest) sources[start[to + 1]++] = from
    } while ((target & LAST_REFERENCE) === 0)
  }
}
