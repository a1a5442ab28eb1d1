/**
 * What refers to an object: the reverse of the references.
 *
 * Compressed rows, made by count → prefix sum → fill. The depth-first tree edge parent[w] → w is left out, so that rows
 * hold only what the tree does not say, and the walk has marked what that is; so are object → class edges (see
 * objects-by-class.ts). Rows are ascending because sources are visited in that order.
 */
import { type Memory, takeUint32 } from './memory.ts'
import { type Numbering, RANGE_SHIFT } from './numbering.ts'
import type { Rows } from './rows.ts'

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
  { objects, outgoing, sideEdges }: Numbering,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Rows {
  const ends = sideEdges.counts
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1]
  const count = ends[ends.length - 1]
  const start = takeUint32(memory, objects + 2)
  const sources = takeUint32(memory, count)
  const pairs = takeUint32(memory, count * 2, true)
  const begins = Uint32Array.from(ends, (_, range) => (range === 0 ? 0 : ends[range - 1]))
  partition(outgoing, sideEdges.marks, begins.slice(), pairs, onFraction)
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
    if ((word & 0xff) === 0) onFraction(word / marks.length)
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
