/**
 * A log as a chart draws it: at most so many points, yet no peak and no trough is lost.
 *
 * The rows of the window are cut into equal buckets; of each bucket those rows stay in which some space is at its
 * lowest or highest. All columns share the rows that stay, so that a point of the chart is always a sample.
 */
import { type JstatColumn, unitOf } from './columns.ts'
import type { JstatLog } from './log.ts'
import { type AxisWindow, rowsInWindow, valueAt } from './window.ts'

export interface JstatSeries {
  readonly x: number[]
  /** Row number, from 1, of each point. */
  readonly row: number[]
  readonly values: Record<string, (number | null)[]>
  /** Collections since the point before; null where the counter restarted or is unknown. */
  readonly collections: { young: (number | null)[]; full: (number | null)[]; concurrent: (number | null)[] }
  readonly rowsInWindow: number
}

/**
 * @param points at most so many; at least 2.
 * @param x row → position, ascending; the log's own axis unless given.
 */
export function jstatSeries(
  log: JstatLog,
  { points, ...window }: AxisWindow & { readonly points: number },
  x: Float64Array = log.x,
): JstatSeries {
  const { first, end } = rowsInWindow(x, window)
  const rows = chooseRows(log, first, end, points)
  return {
    x: rows.map((row) => x[row]!),
    row: rows.map((row) => row + 1),
    values: Object.fromEntries(log.columns.map((name) => [name, rows.map((row) => valueAt(log, name, row))])),
    collections: {
      young: collectionsBetween(log, 'YGC', rows),
      full: collectionsBetween(log, 'FGC', rows),
      concurrent: collectionsBetween(log, 'CGC', rows),
    },
    rowsInWindow: end - first,
  }
}

function chooseRows(log: JstatLog, first: number, end: number, points: number): number[] {
  if (end - first <= points) return Array.from({ length: end - first }, (_, index) => first + index)
  const gauges = log.columns.flatMap((name) => (isGauge(name) ? (log.values[name] ?? []) : []))
  // Extremes often coincide: try many buckets first. With so few that all extremes fit, it ends.
  const fewest = Math.max(0, Math.floor((points - 2) / (2 * Math.max(1, gauges.length))))
  for (let buckets = points >> 1; ; buckets = Math.max(fewest, Math.floor(buckets * 0.7))) {
    const rows = extremeRows(gauges, first, end, buckets)
    if (rows.length <= points || buckets === fewest) return rows
  }
}

function isGauge(column: JstatColumn): boolean {
  return unitOf(column) === 'percent' || unitOf(column) === 'KB'
}

/** Ascending, with the first and the last row of the window. */
function extremeRows(gauges: readonly Float64Array[], first: number, end: number, buckets: number): number[] {
  const chosen = new Set([first, end - 1])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = first + Math.floor(((end - first) * bucket) / buckets)
    const to = first + Math.floor(((end - first) * (bucket + 1)) / buckets)
    for (const gauge of gauges) addExtremes(gauge, from, to, chosen)
  }
  return [...chosen].sort((a, b) => a - b)
}

function addExtremes(gauge: Float64Array, from: number, to: number, chosen: Set<number>): void {
  let lowest = -1
  let highest = -1
  for (let row = from; row < to; row++) {
    const value = gauge[row]!
    if (Number.isNaN(value)) continue
    if (lowest === -1 || value < gauge[lowest]!) lowest = row
    if (highest === -1 || value > gauge[highest]!) highest = row
  }
  if (lowest !== -1) chosen.add(lowest).add(highest)
}

function collectionsBetween(log: JstatLog, counter: JstatColumn, rows: readonly number[]): (number | null)[] {
  let nextRestart = 0
  return rows.map((row, index) => {
    let restarted = false
    for (; log.restarts[nextRestart]! <= row; nextRestart++) restarted = true
    if (index === 0 || restarted) return null
    const now = valueAt(log, counter, row)
    const before = valueAt(log, counter, rows[index - 1]!)
    return now === null || before === null ? null : now - before
  })
}
