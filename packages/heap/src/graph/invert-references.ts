/**
 * What refers to an object: the reverse of the references.
 *
 * Rows side by side, made by count → prefix sum → fill. The depth-first tree edge parent[w] → w is left out, so that rows
 * hold only what the tree does not say, and the walk has marked what that is; so are object → class edges (see
 * objects-by-class.ts). Rows are ascending because sources are visited in that order.
 */
import { type Memory, takeUint32, takeUint8 } from './memory.ts'
import { type Numbering, RANGE_SHIFT } from './numbering.ts'
import { LONG_COUNT, type RowCounts } from './row-counts.ts'
import type { Rows } from './rows.ts'

/**
 * What refers to each object besides its parent of the walk. Everybody who reads them goes along all rows, so nobody needs to
 * know where each one starts.
 */
export interface Sources {
  /** Row of an index: how many there are. 1 B/object. */
  readonly counts: RowCounts
  /** The rows one behind the other, each ascending. */
  readonly entries: Uint32Array
}

/**
 * Builds the incoming rows. References from unreachable to reachable objects are not listed.
 *
 * Counting and filling go to places all over the columns, a cache miss each. So the edges are put down by ranges of
 * targets first, one after the other in each range, and then counted and filled range by range (the idea of radix
 * sort, most significant digit first).
 * @returns 1 B/object, and 4 B per reference that is no tree edge; 8 B more for each of these while it works
 */
export function fillIncoming(
  { objects, outgoing, sideEdges }: Numbering,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Sources {
  const ends = sideEdges.counts
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1]
  const count = ends[ends.length - 1]
  const counts = { short: takeUint8(memory, objects + 1), long: [] }
  const entries = takeUint32(memory, count)
  const pairs = takeUint32(memory, count * 2, true)
  const begins = Uint32Array.from(ends, (_, range) => (range === 0 ? 0 : ends[range - 1]))
  partition(outgoing, sideEdges.marks, begins.slice(), pairs, onFraction)
  const start = new Uint32Array(1 << RANGE_SHIFT)
  for (let range = 0; range < ends.length; range++) {
    const first = range << RANGE_SHIFT
    const targets = { first, count: Math.min(1 << RANGE_SHIFT, objects + 1 - first) }
    fillRange(pairs, begins[range], ends[range], targets, start, { counts, entries })
  }
  memory.give(pairs)
  return { counts, entries }
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

/** Sorts pairs from … to − 1 by target, stable. @param start room for a number per target of a range */
function fillRange(
  pairs: Uint32Array,
  from: number,
  to: number,
  { first, count }: { readonly first: number; readonly count: number },
  start: Uint32Array,
  { counts: { short, long }, entries }: Sources,
) {
  start.fill(0)
  for (let i = from; i < to; i++) start[pairs[2 * i] - first]++
  let end = from
  for (let i = 0; i < count; i++) {
    const length = start[i]
    short[first + i] = length < LONG_COUNT ? length : LONG_COUNT
    if (length >= LONG_COUNT) long.push(length)
    end += length
    start[i] = end
  }
  // backwards, so that the end of each row has become its begin when all are put down
  for (let i = to - 1; i >= from; i--) entries[--start[pairs[2 * i] - first]] = pairs[2 * i + 1]
}
