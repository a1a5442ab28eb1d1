/** Two dumps beside each other: each query process says what it knows, and what of the other's suspects it holds. */
import type { Comparison } from '@heaptrail/api/compare'
import { NO_FILTERS } from '@heaptrail/api/heap'
import { compare, lookupsOf } from '@heaptrail/findings/compare/compare'
import type { HeapQuestions } from './heap-questions.ts'

const ALL_CLASSES = { offset: 0, limit: 1_000_000, sort: 'retained', order: 'desc', ...NO_FILTERS } as const

export async function compareDumps(before: HeapQuestions, after: HeapQuestions): Promise<Comparison> {
  const [first, second] = await Promise.all([before.holders(), after.holders()])
  const lookups = lookupsOf({ facts: first }, { facts: second })
  const sideOf = async (heap: HeapQuestions, facts: typeof first) => {
    const [histogram, heldThrough, summary] = await Promise.all([
      heap.histogram(ALL_CLASSES),
      heap.heldThrough(lookups),
      heap.summary(),
    ])
    return { facts, histogram: histogram.rows, objects: summary.objects, heldThrough }
  }
  const [one, other, kept] = await Promise.all([
    sideOf(before, first),
    sideOf(after, second),
    after.keptObjects(before),
  ])
  return compare(one, other, kept)
}
