/** What the last rows of a log show, as figures for one plain sentence; no verdict. */
import type { AxisUnit, JstatRow } from '@heaptrail/api/jstat'

/** Rows that count as the end of the log. */
export const END_ROWS = 20

export interface Range {
  readonly low: number
  readonly high: number
}

export interface LogEnd {
  readonly rows: number
  /** Percent; undefined where the JVM printed nothing. */
  readonly old: Range | undefined
  readonly eden: Range | undefined
  readonly full: { readonly from: number; readonly to: number } | undefined
  /** Seconds of full collections within the seconds of these rows; only where the log has a clock. */
  readonly fullTime: { readonly seconds: number; readonly of: number } | undefined
}

/** @param restarts rows where another JVM begins: what comes before does not count */
export function logEnd(rows: readonly JstatRow[], axis: AxisUnit, restarts: readonly number[]): LogEnd | undefined {
  const start = Math.max(0, ...restarts)
  const end = rows.filter(({ row }) => row >= start).slice(-END_ROWS)
  const [first] = end
  const last = end.at(-1)
  if (first === undefined || last === undefined) return undefined
  const full = growth(first, last, 'FGC')
  const fullSeconds = growth(first, last, 'FGCT')
  const of = last.x - first.x
  return {
    rows: end.length,
    old: range(end, 'O'),
    eden: range(end, 'E'),
    full,
    fullTime:
      axis === 'seconds' && fullSeconds !== undefined && of > 0
        ? { seconds: fullSeconds.to - fullSeconds.from, of }
        : undefined,
  }
}

function range(rows: readonly JstatRow[], column: string): Range | undefined {
  const values = rows.map(({ values }) => values[column]).filter((value) => typeof value === 'number')
  return values.length === 0 ? undefined : { low: Math.min(...values), high: Math.max(...values) }
}

function growth(first: JstatRow, last: JstatRow, column: string): { from: number; to: number } | undefined {
  const from = first.values[column]
  const to = last.values[column]
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : undefined
}
