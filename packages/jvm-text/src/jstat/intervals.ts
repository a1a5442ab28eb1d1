/** A window of a log cut into intervals of equal length: what adds up is added up, and peaks are kept. */
import type { RowSpan } from './collector.ts'
import type { Steps } from './steps.ts'

/** One value for each interval; null where nothing is known. */
export type PerInterval = (number | null)[]

export interface Intervals {
  /** Lower ends, ascending; the last interval ends at `end`. */
  from: number[]
  end: number
  /** First and last row, from 1, that fall into it. */
  firstRow: PerInterval
  lastRow: PerInterval
  young: PerInterval
  full: PerInterval
  concurrent: PerInterval
  gcSeconds: PerInterval
  /** Percent of wall time, of the interval and of the step in which it was highest. */
  gcShare: PerInterval
  gcSharePeak: PerInterval
  /** Per second of the clock, or per row where there is none. */
  allocationKb: PerInterval
  allocationKbPeak: PerInterval
  promotionKb: PerInterval
  promotionKbPeak: PerInterval
}

/**
 * @param x row → position, ascending.
 * @param rows those of the window.
 * @param wanted so many intervals, or fewer when the window has fewer rows.
 */
export function intervalsOf(steps: Steps, x: Float64Array, rows: RowSpan, wanted: number): Intervals {
  const { first, end } = rows
  const result = noIntervals(x[Math.max(first, end - 1)] ?? 0)
  const count = Math.max(1, Math.min(wanted, end - first - 1))
  if (end <= first) return result
  const [low, high] = [x[first]!, x[end - 1]!]
  let row = first
  for (let index = 0; index < count; index++) {
    const limit = index === count - 1 ? Infinity : low + ((high - low) * (index + 1)) / count
    const start = row
    while (row < end && x[row]! <= limit) row++
    result.from.push(low + ((high - low) * index) / count)
    // The first row of the window ends a step that lies outside of it.
    addInterval(result, steps, { first: start, end: row }, Math.max(start, first + 1))
  }
  return result
}

function addInterval(result: Intervals, steps: Steps, { first, end }: RowSpan, firstStep: number): void {
  const sum = (values: Float64Array): number | null => sumOf(values, firstStep, end)
  result.firstRow.push(first < end ? first + 1 : null)
  result.lastRow.push(first < end ? end : null)
  result.young.push(sum(steps.young))
  result.full.push(sum(steps.full))
  result.concurrent.push(sum(steps.concurrent))
  result.gcSeconds.push(sum(steps.gcSeconds))
  const busy = rateOf(steps.busy, steps.wall, firstStep, end)
  result.gcShare.push(percent(busy.mean))
  result.gcSharePeak.push(percent(busy.peak))
  const allocation = rateOf(steps.allocated, steps.wall, firstStep, end)
  result.allocationKb.push(allocation.mean)
  result.allocationKbPeak.push(allocation.peak)
  const promotion = rateOf(steps.promoted, steps.wall, firstStep, end)
  result.promotionKb.push(promotion.mean)
  result.promotionKbPeak.push(promotion.peak)
}

function sumOf(values: Float64Array, first: number, end: number): number | null {
  let sum: number | null = null
  for (let row = first; row < end; row++) if (!Number.isNaN(values[row]!)) sum = (sum ?? 0) + values[row]!
  return sum
}

/** Amount per second over the steps that tell it, and of the step with the most; per row where no step has a clock. */
function rateOf(
  amounts: Float64Array,
  wall: Float64Array,
  first: number,
  end: number,
): { mean: number | null; peak: number | null } {
  let [amount, time, peak] = [0, 0, Number.NaN]
  for (let row = first; row < end; row++) {
    if (Number.isNaN(amounts[row]!)) continue
    const seconds = Number.isNaN(wall[row]!) ? 1 : wall[row]!
    amount += amounts[row]!
    time += seconds
    if (seconds > 0 && !(amounts[row]! / seconds <= peak)) peak = amounts[row]! / seconds
  }
  return { mean: time > 0 ? amount / time : null, peak: Number.isNaN(peak) ? null : peak }
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share
}

function noIntervals(end: number): Intervals {
  return {
    from: [],
    end,
    firstRow: [],
    lastRow: [],
    young: [],
    full: [],
    concurrent: [],
    gcSeconds: [],
    gcShare: [],
    gcSharePeak: [],
    allocationKb: [],
    allocationKbPeak: [],
    promotionKb: [],
    promotionKbPeak: [],
  }
}
