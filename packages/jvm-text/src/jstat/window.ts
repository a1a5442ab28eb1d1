/** Parts of a log between two positions on an axis: its own, or one that the caller has. */
import type { RowSpan } from './collector.ts'
import type { JstatColumn } from './columns.ts'
import type { JstatLog } from './log.ts'

/** Positions on the axis, both included; absent: from the first, to the last. */
export interface AxisWindow {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/**
 * Rows of the window.
 * @param x row → position, ascending.
 */
export function rowsInWindow(x: Float64Array, { from, to }: AxisWindow): RowSpan {
  const first = from === undefined ? 0 : firstRow(x, (value) => value >= from)
  const end = to === undefined ? x.length : firstRow(x, (value) => value > to)
  return { first, end: Math.max(first, end) }
}

/** Binary search: the first row for which the condition holds; it holds for all behind it. */
function firstRow(x: Float64Array, holds: (value: number) => boolean): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(x[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

export interface JstatRow {
  /** From 1. */
  readonly row: number
  /** Line of the file, from 1. */
  readonly line: number
  readonly x: number
  /** By column; null where the JVM printed `-`. */
  readonly values: Record<string, number | null>
  /** `LGCC` and `GCC` of `-gccause`. */
  readonly texts: Record<string, string>
}

/**
 * A page of the window's rows.
 * @param x row → position, ascending; the log's own axis unless given.
 */
export function jstatRows(
  log: JstatLog,
  { offset, limit, ...window }: AxisWindow & { readonly offset: number; readonly limit: number },
  x: Float64Array = log.x,
): { total: number; offset: number; rows: JstatRow[] } {
  const { first, end } = rowsInWindow(x, window)
  const rows: JstatRow[] = []
  for (let row = first + offset; row < Math.min(end, first + offset + limit); row++) {
    const values = Object.fromEntries(log.columns.map((name) => [name, valueAt(log, name, row)]))
    const texts = Object.fromEntries(Object.entries(log.texts).map(([name, words]) => [name, words?.[row] ?? '']))
    rows.push({ row: row + 1, line: log.lines[row]!, x: x[row]!, values, texts })
  }
  return { total: end - first, offset, rows }
}

/** Null for NaN and for a column that the log lacks. */
export function valueAt({ values }: JstatLog, name: JstatColumn, row: number): number | null {
  const value = values[name]?.[row] ?? Number.NaN
  return Number.isNaN(value) ? null : value
}
