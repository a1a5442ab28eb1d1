/**
 * Limits that are no counts: of bytes, of weights. Which unit they have nobody knows, so a limit counts only where a number
 * beside it says how much of it is used, and says so plausibly.
 */
import type { Heap } from '../query/heap.ts'
import type { Bound } from './messages.ts'
import { type NumberField, numberFields, referenceOf } from './contents.ts'

const LIMIT_NAME = /max|limit|capacity|retention|budget|quota/i
const UNIT_NAME = /weight|bytes|memory|size|used|maximum$/i
/** Limits of times, threads and single things. */
const OTHER_NAME =
  /time|interval|thread|pool|window|segment|entry|item|message|request|post|frame|line|header|protected/i
const MEASURE_NAME = /weight|bytes|memory|used|usage/i
/** A limit that is small may be equal to anything. */
const LEAST_LIMIT = 1 << 16
/** A collection that drops what is too much is near its limit, or a little above it. */
const LEAST_USED = 0.5
const MOST_USED = 1.05
const MOST_HOLDERS = 40

/** @param holders what holds the collection, and the collection itself: whose contents are limited, are so in all their parts. */
export function usedOfLimit(heap: Heap, holders: readonly number[]): Bound | undefined {
  for (const holder of holders.slice(0, MOST_HOLDERS)) {
    const fields = heap.snapshot.classNumberOfObject(holder) < 0 ? numberFields(heap, holder) : []
    const measures = [...fields.filter(isMeasure), ...weightsOfSegments(heap, holder)]
    for (const limit of fields.filter(isLimit)) {
      const measure = measures.find(
        ({ value }) => value >= limit.value * LEAST_USED && value <= limit.value * MOST_USED,
      )
      if (measure === undefined) continue
      const field = `${limit.declaredIn}#${limit.name}`
      return { kind: 'measured', field, limit: limit.value, measure: measure.name, used: measure.value }
    }
  }
  return undefined
}

function isLimit({ name, value }: NumberField): boolean {
  const isNamed = LIMIT_NAME.test(name) && UNIT_NAME.test(name) && !OTHER_NAME.test(name)
  return isNamed && value >= LEAST_LIMIT && value <= Number.MAX_SAFE_INTEGER
}

function isMeasure({ name }: NumberField): boolean {
  return MEASURE_NAME.test(name) && !LIMIT_NAME.test(name)
}

/** Caches that are divided into segments keep a weight in each. */
function weightsOfSegments(heap: Heap, holder: number): NumberField[] {
  const segments = referenceOf(heap, holder, 'segments')
  if (segments === undefined) return []
  const fields = [...heap.snapshot.outgoing(segments, 1, MOST_SEGMENTS)].flatMap((segment) =>
    numberFields(heap, segment).filter(isMeasure),
  )
  const [first] = fields
  if (first === undefined) return []
  const value = fields.filter(({ name }) => name === first.name).reduce((sum, field) => sum + field.value, 0)
  return [{ ...first, value }]
}
const MOST_SEGMENTS = 256
