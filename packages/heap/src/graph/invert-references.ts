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
  /** How many there are by ranges of targets: those with index >>> RANGE_SHIFT. */
  readonly counts: Uint32Array
}

/** Targets whose counters fit the second-level cache. */
const RANGE_SHIFT = 16

/**
 * Drops repetitions and marks, moving the rows of `numbering.outgoing` together in place, and finds the side edges.
 * @param classIndex class number → index of its class object, 0 when it has none
 */
export function dropRepetitions(
  { objects, reachable, outgoing, treeEdges, classOf }: Numbering,
  classIndex: Uint32Array,
  onFraction: (fraction: number) => void,
): SideEdges {
  const { start, entries } = outgoing
  const counts = new Uint32Array((objects >>> RANGE_SHIFT) + 1)
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
        counts[to >>> RANGE_SHIFT]++
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
 * Builds the incoming rows. References from unreachable to reachable objects are not listed.
 *
 * Counting and filling go to places all over the columns, a cache miss each. So the edges are put down by ranges of
 * targets first, one after the other in each range, and then counted and filled range by range (the idea of radix
 * sort, most significant digit first).
 * @returns rows of indices, ascending. 4 B/object, and 4 B per reference that is no tree edge; 8 B more for each of these
 * while it works
 */
export function fillIncoming(
  { objects, outgoing }: Numbering,
  edges: SideEdges,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Rows {
  const ends = edges.counts
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1]
  const count = ends[ends.length - 1]
  const start = takeUint32(memory, objects + 2)
  const sources = takeUint32(memory, count)
  const pairs = takeUint32(memory, count * 2)
  const begins = Uint32Array.from(ends, (_, range) => (range === 0 ? 0 : ends[range - 1]))
  partition(outgoing, edges.marks, begins.slice(), pairs, onFraction)
  for (let range = 0; range < ends.length; range++) {
    const first = range << RANGE_SHIFT
    const last = Math.min(objects + 1, first + (1 << RANGE_SHIFT))
    fillRange(pairs, begins[range], ends[range], start.subarray(first, last), first, sources)
  }
  start[objects + 1] = count
  memory.give(pairs)
  return { start, entries: sources }
}

/** Puts target and source of each marked entry at the next place of the target's range. */
function partition(
  { start, entries }: Rows,
  marks: Uint32Array,
  next: Uint32Array,
  pairs: Uint32Array,
  onFraction: (fraction: number) => void,
) {
  let from = 0
  let rowEnd = 0
  for (let word = 0; word < marks.length; word++) {
    if ((word & 0xffff) === 0) onFraction(word / marks.length)
    for (let bits = marks[word]; bits !== 0; bits &= bits - 1) {
      const entry = word * 32 + 31 - Math.clz32(bits & -bits)
      while (rowEnd <= entry) rowEnd = start[++from + 1]
      const to = entries[entry]
      const place = next[to >>> RANGE_SHIFT]++
      pairs[2 * place] = to
      pairs[2 * place + 1] = from
    }
  }
}

/** Sorts pairs from … to − 1 by target, stable. @param start of the targets `first` and following */
function fillRange(
  pairs: Uint32Array,
  from: number,
  to: number,
  start: Uint32Array,
  first: number,
  sources: Uint32Array,
) {
  start.fill(0)
  for (let i = from; i < to; i++) start[pairs[2 * i] - first]++
  let end = from
  for (let i = 0; i < start.length; i++) {
    end += start[i]
    start[i] = end
  }
  // backwards, so that the end of each row has become its begin when all are put down
  for (let i = to - 1; i >= from; i--) sources[--start[pairs[2 * i] - first]] = pairs[2 * i + 1]
}
