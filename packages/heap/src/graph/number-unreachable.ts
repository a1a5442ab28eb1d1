/** Numbers and references of what the walk did not come to. */
import type { ParsedHeap } from '../parsed-heap.ts'
import { LAST_REFERENCE, NO_REFERENCES, classNumberOf, firstReference, lengthOf } from '../parsed-heap.ts'
import { type NumberingColumns, RANGE_SHIFT } from './numbering.ts'
import { SHORT_RUN, forget, isRepeated } from './repetitions.ts'
import { LONG_COUNT } from './row-counts.ts'
import { EMPTY, VISITED, type Visits, type Walked } from './visits.ts'

/** NO_REFERENCES in an unsigned column. */
const NO_RUN = NO_REFERENCES >>> 0
const INDEX = ~LAST_REFERENCE

/**
 * Unreachable objects follow by rank. Fills `indexOfRank`, which overwrites what was read of `visits`.
 * @param runs gets the first reference of each of them
 * @returns how many arrays there are, unreachable ones included
 */
export function numberUnreachable(
  parsed: ParsedHeap,
  visits: Visits,
  { rankOfIndex, parent, classOf, isArrayClass, arrayLengths }: NumberingColumns,
  walked: Walked,
  indexOfRank: Uint32Array,
  runs: Uint32Array,
): number {
  const heap = { heads: visits, references: parsed.references }
  let { reachable: last, arrays } = walked
  for (let rank = 0; rank < indexOfRank.length; rank++) {
    const visit = visits[2 * rank]
    let index = VISITED - visit
    if (visit >= EMPTY) {
      index = ++last
      rankOfIndex[index] = rank
      parent[index] = 0
      runs[index - walked.reachable - 1] = firstReference(heap, rank)
      classOf[index] = classNumberOf(heap, rank)
      if (isArrayClass[classOf[index]] === 1) arrayLengths[arrays++] = lengthOf(heap, rank)
    }
    indexOfRank[rank] = index
  }
  return arrays
}

/** Copies and renumbers the references of unreachable objects behind the `references` of the others. */
export function copyUnreachable(
  parsed: ParsedHeap,
  { entries, counts: { short, long }, sideEdges: { marks, counts }, classOf }: NumberingColumns,
  { reachable, references }: Walked,
  indexOfRank: Uint32Array,
  runs: Uint32Array,
) {
  const { targets } = parsed.references
  const indexOfClass = Uint32Array.from(parsed.classes, ({ rank }) => (rank < 0 ? 0 : indexOfRank[rank]))
  const seen = new Int32Array((classOf.length >>> 5) + 1)
  let end = references
  for (let index = reachable + 1; index < classOf.length; index++) {
    let from = runs[index - reachable - 1]
    const first = end
    short[index] = 0
    if (from === NO_RUN) continue
    const own = indexOfClass[classOf[index]]
    for (let target = 0; (target & LAST_REFERENCE) === 0;) {
      target = targets[from++]
      const to = indexOfRank[target & INDEX]
      if (to === own || isRepeated(entries, first, end, to, seen)) continue
      if (to > reachable) {
        marks[end >>> 5] |= 1 << (end & 31)
        counts[to >>> RANGE_SHIFT]++
      }
      entries[end++] = to
    }
    if (end - first >= SHORT_RUN) forget(entries, first, end, seen)
    short[index] = Math.min(end - first, LONG_COUNT)
    if (end - first >= LONG_COUNT) long.push(end - first)
  }
}
