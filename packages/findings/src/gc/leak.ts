/** Leak trend: the floor of the old generation rises from collection to collection. */
import type { FoundOf } from './found.ts'
import { type Trend, steadyRise, trendOf } from '../trend.ts'
import { type Floors, floorsOf } from './floors.ts'
import { type Segment, evidenceOf } from './segment.ts'

const NEARLY_FULL = 85

/** A leak may begin within the log: when all floors show none, the later ones are looked at, more strictly. */
const LATER_PARTS = [2 / 3, 1 / 2]
const FEWEST_LATER = 12
const LEAST_LATER_RISE = 10
const LEAST_LATER_TAU = 0.75
const LEAST_LATER_PACE = 0.8

export function leakTrend(segment: Segment): FoundOf<'leak-trend'> | undefined {
  const all = floorsOf(segment)
  const found = trendIn(segment, all) ?? LATER_PARTS.map((share) => laterTrend(segment, all, share)).find(Boolean)
  return found === undefined ? undefined : describe(segment, found)
}

interface FoundTrend {
  readonly floors: Floors
  readonly x: readonly number[]
  readonly trend: Trend
}

function trendIn({ clock }: Segment, floors: Floors): FoundTrend | undefined {
  const { rows, values: y } = floors
  const x = clock === undefined ? rows : rows.map((row) => clock[row]!)
  const trend = steadyRise({ x, y })
  return trend === undefined ? undefined : { floors, x, trend }
}

function laterTrend(segment: Segment, { after, rows, values }: Floors, share: number): FoundTrend | undefined {
  const from = Math.round(rows.length * (1 - share))
  const found = trendIn(segment, { after, rows: rows.slice(from), values: values.slice(from) })
  if (found === undefined || found.x.length < FEWEST_LATER || found.trend.tau < LEAST_LATER_TAU) return undefined
  const { slope, intercept } = found.trend
  const rise = slope * (found.x.at(-1)! - found.x[0]!)
  const end = intercept + slope * found.x.at(-1)!
  // What was left again from such a height before is no leak.
  const before = values.slice(0, from).reduce((highest, value) => Math.max(highest, value), 0)
  if (rise < LEAST_LATER_RISE || end - before < rise / 2) return undefined
  return comesToRest(found) ? undefined : found
}

/** A rise whose later half is slower may be the end of a warm-up. */
function comesToRest({ floors, x, trend }: FoundTrend): boolean {
  const half = x.length >> 1
  return trendOf({ x: x.slice(half), y: floors.values.slice(half) }).slope < LEAST_LATER_PACE * trend.slope
}

function describe(segment: Segment, { floors, x, trend }: FoundTrend): FoundOf<'leak-trend'> {
  const { rows, values: y } = floors
  const { clock, limitKnown } = segment
  const perRow = clock === undefined ? trend.slope : trendOf({ x: rows, y }).slope
  const perCollection = trendOf({ x: collectionsAt(segment, floors), y }).slope
  const to = Math.min(100, trend.intercept + trend.slope * x.at(-1)!)
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
