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
export const MOST_POINTS = 200
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
  if (n < FEWEST_POINTS || !endsHigher(points.y)) return undefined
  const trend = trendOf(points)
  const rise = trend.slope * (points.x.at(-1)! - points.x[0]!)
  if (rise < LEAST_RISE || rise < RISE_OVER_NOISE * trend.noise) return undefined
  if (trend.z < 3.3 || trend.tau < 0.4) return undefined
  const early = trendOf(part(points, 0, n >> 1))
  const late = trendOf(part(points, n >> 1, n))
  const last = trendOf(part(points, Math.min(n - 2, Math.ceil((2 * n) / 3)), n))
  if (early.slope < 0.3 * trend.slope || late.slope < 0.55 * trend.slope || last.slope < 0.4 * trend.slope)
    return undefined
  const levels = LEVELS.find(({ fewest }) => n >= fewest) ?? LEVELS[LEVELS.length - 1]!
  return squaresAboutLine(points, trend) < levels.share * squaresAboutLevels(points.y, levels.count) ? trend : undefined
}

/**
 * The rivals of a steady rise: so many levels with steps between them, where they fit best; with few points many levels
 * would fit anything. The line must leave less than the share of the squares that they leave.
 */
const LEVELS = [
  { fewest: 16, count: 4, share: 1 },
  { fewest: 12, count: 3, share: 0.6 },
  { fewest: 0, count: 2, share: 0.5 },
]

/** What rises at all: of the rest no slope of all pairs has to be computed. */
function endsHigher(y: readonly number[]): boolean {
  const third = Math.ceil(y.length / 3)
  return median(y.slice(-third)) - median(y.slice(0, third)) >= LEAST_RISE / 2
}

function part({ x, y }: Points, from: number, to: number): Points {
  return { x: x.slice(from, to), y: y.slice(from, to) }
}

function squaresAboutLine({ x, y }: Points, { slope, intercept }: Trend): number {
  return y.reduce((sum, value, index) => sum + (value - intercept - slope * x[index]!) ** 2, 0)
}

/** Squares that remain about so many levels, with the steps between them where they fit best. */
function squaresAboutLevels(y: readonly number[], levels: number): number {
  const sums = [0]
  const squares = [0]
  for (const value of y) {
    sums.push(sums.at(-1)! + value)
    squares.push(squares.at(-1)! + value ** 2)
  }
  const about = (from: number, to: number): number =>
    squares[to]! - squares[from]! - (sums[to]! - sums[from]!) ** 2 / (to - from)
  // Points before an index → least squares about the levels so far.
  let least = Array.from(sums, (_, to) => (to === 0 ? 0 : about(0, to)))
  for (let level = 1; level < levels; level++) {
    const before = least
    least = before.map((one, to) => {
      let best = one
      for (let cut = 1; cut < to; cut++) best = Math.min(best, before[cut]! + about(cut, to))
      return best
    })
  }
  return least.at(-1)!
}

/** @param values at least one; NaN when empty. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
