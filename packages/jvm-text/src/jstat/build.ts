/** Makes logs of the samples below equal headers. */
import type { SkippedLines } from '../text.ts'
import { COUNTERS, JSTAT_COLUMNS, type JstatColumn } from './columns.ts'
import { splitLanes } from './lanes.ts'
import type { JstatLog } from './log.ts'
import { findRestarts } from './restarts.ts'
import type { SampleTable } from './table.ts'

const HOUR = 3_600_000
/** With more headers at which another JVM begins, a script samples many in turn, and one table shows it better. */
const MOST_LOGS = 200

/** Logs of a table with at least one row: one for each JVM, and for each jstat that began anew on another JVM. */
export function logsOfTable(table: SampleTable, skipped: SkippedLines): JstatLog[] {
  const all = table.columns.map((column) => column.subarray(0, table.rows))
  const named = (name: string): Float64Array[] => {
    const index = table.header.columns.findIndex((column) => column === name)
    return index === -1 ? [] : [all[index]!]
  }
  const growing = ['Timestamp', ...COUNTERS].flatMap(named)
  const steady = ['P', 'M', 'CCS', 'MC', 'OGCMX', 'NGCMX'].flatMap(named)
  const lanes = splitLanes({ rows: table.rows, growing, steady })
  if (lanes !== undefined) return lanes.flatMap((rows) => logsOfLane(table, rows, skipped))
  return logsOfLane(table, upTo(table.rows), skipped)
}

/** @param rows of the table; all of one JVM, or of JVMs one after the other. */
function logsOfLane(table: SampleTable, rows: Uint32Array, skipped: SkippedLines): JstatLog[] {
  const whole = logOf(table, rows, skipped)
  const cuts = [...whole.restarts].filter((row) => hasMark(table, rows[row - 1]!, rows[row]!))
  if (cuts.length === 0 || cuts.length > MOST_LOGS) return [whole]
  return [0, ...cuts].map((from, index) => logOf(table, rows.subarray(from, cuts[index]), skipped))
}

/** Whether a header stands between two rows of the table. */
function hasMark({ marks }: SampleTable, before: number, after: number): boolean {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (marks[middle]!.row > before) high = middle
    else low = middle + 1
  }
  return low < marks.length && marks[low]!.row <= after
}

function logOf(table: SampleTable, rows: Uint32Array, skipped: SkippedLines): JstatLog {
  const { header } = table
  const pick = (column: Float64Array): Float64Array => valuesAt(column, rows)
  const byName = new Map<string, Float64Array>(header.columns.map((name, index) => [name, pick(table.columns[index]!)]))
  const columns = JSTAT_COLUMNS.filter((name) => byName.has(name))
  const seconds = byName.get('Timestamp') ?? new Float64Array(rows.length).fill(Number.NaN)
  const stamps = table.stamps === undefined ? undefined : pick(table.stamps)
  if (stamps !== undefined && table.stampKind === 'time-of-day') passMidnights(stamps)
  return {
    ...axisOf(seconds),
    kind: 'jstat-log',
    option: header.option,
    rows: rows.length,
    columns,
    values: Object.fromEntries(columns.map((name) => [name, byName.get(name)!])),
    texts: Object.fromEntries(
      header.texts.map((name, index) => [name, Array.from(rows, (row) => table.texts[index]![row] ?? '')]),
    ),
    uptime: byName.get('Timestamp'),
    stamps: stamps?.some((stamp) => !Number.isNaN(stamp)) === true ? stamps : undefined,
    stampKind: stamps?.some((stamp) => !Number.isNaN(stamp)) === true ? table.stampKind : undefined,
    lines: Uint32Array.from(rows, (row) => table.lines[row]!),
    restarts: restartsOf(byName, seconds),
    prefix: table.prefix,
    command: table.marks.findLast(({ row }) => row <= rows[0]!)?.command,
    headerAssumed: table.headerAssumed,
    skipped: skipped.listed,
    skippedTotal: skipped.total,
  }
}

/** Rows at which the JVM, by its counters and its uptime, is another one. */
function restartsOf(columns: ReadonlyMap<string, Float64Array>, seconds: Float64Array): Uint32Array {
  const counters = COUNTERS.flatMap((name: JstatColumn) => columns.get(name) ?? [])
  return findRestarts([seconds, ...counters], seconds.length)
}

/** @param seconds row → uptime, NaN where there is none. */
function axisOf(seconds: Float64Array): Pick<JstatLog, 'axis' | 'x'> {
  const isClock = seconds.every((value, index) => value >= (index === 0 ? value : seconds[index - 1]!))
  if (isClock) return { axis: 'seconds', x: seconds }
  const x = new Float64Array(seconds.length)
  for (let row = 0; row < x.length; row++) x[row] = row + 1
  return { axis: 'row', x }
}

/** 0, 1, … before `count`. */
function upTo(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) rows[row] = row
  return rows
}

/** A long log has millions of values: rows that follow each other are copied as a block. */
function valuesAt(column: Float64Array, rows: Uint32Array): Float64Array {
  const first = rows[0]!
  if (rows.at(-1)! - first === rows.length - 1) return column.slice(first, first + rows.length)
  const values = new Float64Array(rows.length)
  for (let index = 0; index < rows.length; index++) values[index] = column[rows[index]!]!
  return values
}

/** A time of day that goes back by more than half a day is one of the next day. */
function passMidnights(stamps: Float64Array): void {
  let days = 0
  let before = Number.NaN
  for (let row = 0; row < stamps.length; row++) {
    const stamp = stamps[row]!
    if (Number.isNaN(stamp)) continue
    if (stamp < before - 12 * HOUR) days++
    before = stamp
    stamps[row] = stamp + days * 24 * HOUR
  }
}
