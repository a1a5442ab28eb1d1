/** Whether points rise steadily: the slope of Theil and Sen, the rank test of Mann and Kendall, a step as the rival. */

export interface Points {
  /** Ascending. */
  readonly x: readonly number[]
  readonly y: readonly number[]
}

export interface Trend {
  /** Median slope of all pairs of points. */
  readonly slope: number
  /** Value of the line at x = 0. */
  readonly intercept: number
  /** Kendall's rank correlation, -1 to 1. */
  readonly tau: number
  /** Its standard score. */
  readonly z: number
  /** Spread of the points about the line: 1.4826 × median absolute deviation. */
  readonly noise: number
}

/** Slopes of all pairs are computed: at most so many points. */
export const MOST_POINTS = 400
const FEWEST_POINTS = 8
const LEAST_RISE = 4
const RISE_OVER_NOISE = 3

/** @param points at least 2, at most MOST_POINTS. */
export function trendOf({ x, y }: Points): Trend {
  const slopes: number[] = []
  let concordance = 0
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      concordance += Math.sign(y[j]! - y[i]!)
      if (x[j]! > x[i]!) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!))
    }
  }
  const n = x.length
  const slope = slopes.length === 0 ? 0 : median(slopes)
  const intercept = median(y.map((value, index) => value - slope * x[index]!))
  const noise = 1.4826 * median(y.map((value, index) => Math.abs(value - intercept - slope * x[index]!)))
  const z = (concordance - Math.sign(concordance)) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  return { slope, intercept, tau: concordance / ((n * (n - 1)) / 2), z, noise }
}

/**
 * The trend of points that rise steadily; undefined for noise, for a step, for a rise that came to rest, and for too few
 * points to tell. `docs/findings.md` gives the figures.
 */
export function steadyRise(points: Points): Trend | undefined {
  const n = points.x.length
  if (n < FEWEST_POINTS) return undefined
  const trend = trendOf(points)
  const rise = trend.slope * (points.x.at(-1)! - points.x[0]!)
  if (rise < LEAST_RISE || rise < RISE_OVER_NOISE * trend.noise) return undefined
  if (trend.z < 3.3 || trend.tau < 0.4) return undefined
  const early = trendOf(part(points, 0, n >> 1))
  const late = trendOf(part(points, n >> 1, n))
  if (early.slope < 0.3 * trend.slope || late.slope < 0.4 * trend.slope) return undefined
  const bothRise = early.z >= 2.5 && late.z >= 2.5
  return bothRise || squaresAboutLine(points, trend) < 0.5 * squaresAboutStep(points.y) ? trend : undefined
}

function part({ x, y }: Points, from: number, to: number): Points {
  return { x: x.slice(from, to), y: y.slice(from, to) }
}

function squaresAboutLine({ x, y }: Points, { slope, intercept }: Trend): number {
  return y.reduce((sum, value, index) => sum + (value - intercept - slope * x[index]!) ** 2, 0)
}

/** Squares that remain about two levels, with the one step between them where it fits best. */
function squaresAboutStep(y: readonly number[]): number {
  const total = y.reduce((sum, value) => sum + value, 0)
  const squares = y.reduce((sum, value) => sum + value ** 2, 0)
  let least = Infinity
  let left = 0
  for (let cut = 1; cut < y.length; cut++) {
    left += y[cut - 1]!
    least = Math.min(least, squares - left ** 2 / cut - (total - left) ** 2 / (y.length - cut))
  }
  return least
}

/** @param values at least one; NaN when empty. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
