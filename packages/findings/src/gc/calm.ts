/** What is said of a log in which no rule found anything: healthy, or too little to tell. */
import type { Found, FoundOf } from './found.ts'
import { median } from '../trend.ts'
import { floorsOf } from './floors.ts'
import { type Segment, evidenceOf, grown } from './segment.ts'

const FEWEST_ROWS = 10
const FEWEST_FULL = 3
const FEWEST_CYCLES = 5
const FEWEST_YOUNG = 6
/** Percentage points by which the old generation may rise in the second half of a log without collections of it. */
const FLAT = 5
const FULL = 90
const FILLING = 10
/** Between the first and the last quarter of the floors. */
const RISEN = 25

export function calmVerdict(segment: Segment): Found {
  const { log, old, column, rows, collector } = segment
  const evidence = evidenceOf(segment, 0, rows - 1, ['O', 'OU', 'OC', 'YGC', 'FGC', 'CGC'])
  if (old === undefined) {
    return { id: 'no-occupancy', severity: 'info', parameters: { option: log.option, collector, rows }, evidence }
  }
  const counts = countsOf(segment)
  const known = old.filter((value) => !Number.isNaN(value))
  const [oldFirst, oldLast] = [known[0] ?? null, known.at(-1) ?? null]
  if (isHealthy(segment)) {
    const { values } = floorsOf(segment)
    const floor = values.length === 0 || collector === 'zgc' ? null : Math.min(...values)
    const shown = collector === 'zgc' ? null : oldLast
    return { id: 'healthy', severity: 'info', parameters: { collector, ...counts, floor, oldLast: shown }, evidence }
  }
  const rise = (oldLast ?? 0) - (oldFirst ?? 0)
  if (collector === 'generational' && grown(column('FGC')) === 0 && counts.youngCollections >= 2 && rise >= FILLING) {
    return filling(segment, oldFirst ?? 0, oldLast ?? 0)
  }
  const [first, last] = collector === 'zgc' ? [null, null] : [oldFirst, oldLast]
  return { id: 'too-short', severity: 'info', parameters: { ...counts, oldFirst: first, oldLast: last }, evidence }
}

function filling(segment: Segment, from: number, to: number): FoundOf<'old-filling'> {
  return {
    id: 'old-filling',
    severity: 'info',
    parameters: { from, to, youngCollections: grown(segment.column('YGC')), rows: segment.rows },
    evidence: evidenceOf(segment, 0, segment.rows - 1, ['O', 'OU', 'OC', 'YGC', 'FGC']),
  }
}

function countsOf({
  rows,
  column,
  collector,
}: Segment): Record<'rows' | 'youngCollections' | 'fullCollections' | 'cycles', number> {
  const full = grown(column('FGC'))
  const isShenandoah = collector === 'shenandoah'
  return {
    rows,
    youngCollections: grown(column('YGC')),
    fullCollections: isShenandoah ? 0 : full,
    cycles: isShenandoah ? full : grown(column('CGC')),
  }
}

function isHealthy(segment: Segment): boolean {
  const { rows, collector } = segment
  if (rows < FEWEST_ROWS) return false
  const { fullCollections, cycles, youngCollections } = countsOf(segment)
  const { values } = floorsOf(segment)
  if (collector !== 'generational')
    return cycles >= FEWEST_CYCLES && !((values.at(-1) ?? 0) >= FULL) && !risesSoFar(values)
  const floor = values.length === 0 ? Number.NaN : Math.max(...values)
  if (fullCollections >= FEWEST_FULL) return floor < FULL && !risesSoFar(values)
  return youngCollections >= FEWEST_YOUNG && isFlat(segment)
}

/** Floors that rose, too few or too unevenly for a trend: neither a leak nor health. */
function risesSoFar(values: readonly number[]): boolean {
  const rises = values.every((value, index) => index === 0 || value > values[index - 1]!)
  if (rises && (values.at(-1) ?? 0) - (values[0] ?? 0) >= FILLING) return true
  const quarter = Math.max(1, values.length >> 2)
  return values.length >= 4 && median(values.slice(-quarter)) - median(values.slice(0, quarter)) >= RISEN
}

/** The second half of the rows adds little to the old generation, which has room. */
function isFlat({ old, rows }: Segment): boolean {
  if (old === undefined) return false
  const middle = old[rows >> 1]!
  const last = old[rows - 1]!
  return last - middle < FLAT && last < FULL
}
