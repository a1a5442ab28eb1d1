/** Leak trend: the floor of the old generation rises from collection to collection. */
import type { FoundOf } from './found.ts'
import { steadyRise, trendOf } from '../trend.ts'
import { type Floors, floorsOf } from './floors.ts'
import { type Segment, evidenceOf } from './segment.ts'

const NEARLY_FULL = 85

export function leakTrend(segment: Segment): FoundOf<'leak-trend'> | undefined {
  const floors = floorsOf(segment)
  const { rows, values: y } = floors
  const { clock, collector } = segment
  const x = clock === undefined ? rows : rows.map((row) => clock[row]!)
  const trend = steadyRise({ x, y })
  if (trend === undefined) return undefined
  const perRow = clock === undefined ? trend.slope : trendOf({ x: rows, y }).slope
  const perCollection = trendOf({ x: collectionsAt(segment, floors), y }).slope
  const to = Math.min(100, trend.intercept + trend.slope * x.at(-1)!)
  const limitKnown = collector !== 'zgc'
  return {
    id: 'leak-trend',
    severity: to >= NEARLY_FULL && limitKnown ? 'critical' : 'warning',
    parameters: {
      after: floors.after,
      points: rows.length,
      from: Math.max(0, trend.intercept + trend.slope * x[0]!),
      to,
      perSecond: clock === undefined ? null : trend.slope,
      perRow,
      perCollection,
      secondsToFull: clock === undefined || !limitKnown ? null : (100 - to) / trend.slope,
      collectionsToFull: perCollection > 0 && limitKnown ? (100 - to) / perCollection : null,
      capacityKb: segment.capacityKb ?? null,
      confidence: trend.tau >= 0.85 && rows.length >= 12 ? 'high' : 'moderate',
    },
    evidence: evidenceOf(segment, rows[0]!, rows.at(-1)!, ['O', 'OU', 'OC', 'FGC', 'CGC']),
  }
}

/** The counter of collections at each floor; where no counter tells of them, the floors are counted. */
function collectionsAt(segment: Segment, { after, rows }: Floors): number[] {
  const counter = segment.column(after === 'cycles' && segment.collector === 'zgc' ? 'CGC' : 'FGC')
  if (after === 'old-collections' || counter === undefined) return rows.map((_, index) => index)
  return rows.map((row) => counter[row]!)
}
