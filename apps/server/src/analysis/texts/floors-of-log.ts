/** The old generation after its collections, over all JVMs of a log: derived once, then cut to the window that is asked for. */
import type { JstatFloors } from '@heaptrail/api/jstat'
import { floorsOf } from '@heaptrail/findings/gc/floors'
import { leakTrend } from '@heaptrail/findings/gc/leak'
import { segmentsOf } from '@heaptrail/findings/gc/segment'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'

export interface FloorsOfLog {
  readonly after: JstatFloors['after']
  /** Rows of the log, from 0, ascending. */
  readonly rows: readonly number[]
  /** Parallel to `rows`. */
  readonly percent: readonly number[]
  /** The last leak trend; rows from 0. */
  readonly trend:
    | { readonly fromRow: number; readonly toRow: number; readonly from: number; readonly to: number }
    | undefined
}

/**
 * @param old row → percent of the old generation, as large as it then was: what a chart shows. Trends are looked for in
 * what is kept of the most there was room for, and are told in percent of it.
 */
export function floorsOfLog(log: JstatLog, old: Float64Array | undefined): FloorsOfLog {
  const segments = segmentsOf(log)
  const floors = segments.map((segment) => ({ segment, ...floorsOf(segment) }))
  const found = segments.map(leakTrend).findLast((trend) => trend !== undefined)
  const rows = floors.flatMap(({ segment, rows: own }) => own.map((row) => row + segment.first))
  const kept = floors.flatMap(({ values }) => values)
  const percent = kept.map((value, index) => knownOr(old?.[rows[index]], value))
  const scaled = (row: number, value: number): number => {
    const index = rows.indexOf(row)
    return kept[index] > 0 ? (value * percent[index]) / kept[index] : value
  }
  const [fromRow, toRow] = [(found?.evidence.fromRow ?? 1) - 1, (found?.evidence.toRow ?? 1) - 1]
  return {
    after: floors.findLast(({ rows: own }) => own.length > 0)?.after ?? 'full-collections',
    rows,
    percent,
    trend: found && {
      fromRow,
      toRow,
      from: scaled(fromRow, found.parameters.from),
      to: scaled(toRow, found.parameters.to),
    },
  }
}

function knownOr(value: number | undefined, otherwise: number): number {
  return value === undefined || Number.isNaN(value) ? otherwise : value
}

/**
 * @param x row → position
 * @param points at most so many floors; of each bucket the lowest and the highest stay
 */
export function floorsInWindow(
  { after, rows, percent, trend }: FloorsOfLog,
  x: Float64Array,
  { first, end }: { readonly first: number; readonly end: number },
  usedKb: Float64Array | undefined,
  points: number,
): JstatFloors | null {
  const inside = rows.flatMap((row, index) => (row >= first && row < end ? [index] : []))
  if (inside.length === 0) return null
  const shown = extremesOf(inside, percent, points)
  return {
    after,
    x: shown.map((index) => x[rows[index]]),
    row: shown.map((index) => rows[index] + 1),
    percent: shown.map((index) => percent[index]),
    kb: usedKb === undefined ? null : shown.map((index) => usedKb[rows[index]]),
    trend:
      trend === undefined
        ? null
        : {
            fromX: x[trend.fromRow],
            toX: x[trend.toRow],
            fromPercent: trend.from,
            toPercent: trend.to,
          },
  }
}

function extremesOf(indices: readonly number[], values: readonly number[], points: number): readonly number[] {
  if (indices.length <= points) return indices
  const buckets = Math.max(1, points >> 1)
  const kept = new Set<number>()
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((indices.length * bucket) / buckets)
    const to = Math.floor((indices.length * (bucket + 1)) / buckets)
    let [lowest, highest] = [indices[from], indices[from]]
    for (const index of indices.slice(from, to)) {
      if (values[index] < values[lowest]) lowest = index
      if (values[index] > values[highest]) highest = index
    }
    kept.add(lowest).add(highest)
  }
  return [...kept].toSorted((a, b) => a - b)
}
