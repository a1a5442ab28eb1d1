/**
 * What refers to an object: the reverse of the references.
 *
 * First the runs lose what would be counted twice: repeated targets, and the target that is the object's own
 * class (the implicit edge has it). Then compressed rows are made by count → prefix sum → fill. The
 * depth-first tree edge parent[w] → w is left out, so that rows hold only what the tree does not say; and so
 * are object → class edges (see objects-by-class.ts). Rows are ascending because sources are visited in that order.
 *
 * Four of five references are tree edges. The walk marked them, so the first step goes along the references without
 * a look at their targets, marks what is left by a bit each, and the second step looks at these only.
 */
import { LAST_REFERENCE } from '../parsed-heap.ts'
import { type Memory, takeUint32 } from './memory.ts'
import type { Numbering } from './number-objects.ts'
import type { Rows } from './rows.ts'

/** Runs up to this length are compared with themselves; longer ones use a bit per object. */
const SHORT_RUN = 8
const INDEX = ~LAST_REFERENCE

/** References that stand in rows of `incoming`. */
export interface SideEdges {
  /** Bit per entry of `outgoing`. */
  readonly marks: Uint32Array
  /** How many go to index i stands at i + 2 (see `fillIncoming`). 4 B/object. */
  readonly counts: Uint32Array
}

/**
 * Drops repetitions and marks, moving the rows of `numbering.outgoing` together in place, and finds the side edges.
 * @param classIndex class number → index of its class object, 0 when it has none
 */
export function dropRepetitions(
  { objects, reachable, outgoing, treeEdges, classOf }: Numbering,
  classIndex: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): SideEdges {
  const { start, entries } = outgoing
  const counts = takeUint32(memory, objects + 3).fill(0)
  const marks = new Uint32Array(treeEdges.length)
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
      if ((treeEdges[entry >>> 5] & (1 << (entry & 31))) === 0 && to > lowest) {
        counts[to + 2]++
        marks[end >>> 5] |= 1 << (end & 31)
      }
      entries[end++] = to
    }
    if (end - first >= SHORT_RUN) forget(entries, first, end, seen)
  }
  start[objects + 1] = end
  return { marks, counts }
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
 * Builds the incoming rows; the counts become their starts. References from unreachable to reachable objects are
 * not listed.
 * @returns rows of indices, ascending. 4 B/object, and 4 B per reference that is no tree edge
 */
export function fillIncoming(
  { outgoing }: Numbering,
  { marks, counts }: SideEdges,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Rows {
  const start = counts
  for (let i = 2; i < start.length; i++) start[i] += start[i - 1]
  const sources = takeUint32(memory, start[start.length - 1])
  const targets = outgoing.entries
  let from = 0
  let rowEnd = 0
  for (let word = 0; word < marks.length; word++) {
    if ((word & 0xffff) === 0) onFraction(word / marks.length)
    for (let bits = marks[word]; bits !== 0; bits &= bits - 1) {
      const entry = word * 32 + 31 - Math.clz32(bits & -bits)
      while (rowEnd <= entry) rowEnd = outgoing.start[++from + 1]
      // What counts went two places further for: this leaves the start of the row after the target behind.
      sources[start[targets[entry] + 1]++] = from
    }
  }
  return { start, entries: sources }
}
