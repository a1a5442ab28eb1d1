/** Several logs as one, for readers that look at one table. */
import { axisOf, restartsOf } from './build.ts'
import { JSTAT_COLUMNS } from './columns.ts'
import type { JstatLog } from './log.ts'

/** The samples of all logs in the order of their lines; a column that a log lacks is NaN in its rows. */
export function mergeLogs(logs: readonly [JstatLog, ...JstatLog[]]): JstatLog {
  const [first] = logs
  const samples = logs
    .flatMap((log) => Array.from(log.lines, (line, row) => ({ log, line, row })))
    .sort((a, b) => a.line - b.line)
  const pick = (valueOf: (log: JstatLog, row: number) => number | undefined): Float64Array =>
    Float64Array.from(samples, ({ log, row }) => valueOf(log, row) ?? Number.NaN)
  const columns = JSTAT_COLUMNS.filter((name) => logs.some((log) => log.values[name] !== undefined))
  const byName = new Map<string, Float64Array>(
    columns.map((name) => [name, pick((log, row) => log.values[name]?.[row])]),
  )
  const seconds = pick((log, row) => (log.axis === 'seconds' ? log.x[row] : undefined))
  const hasStamps = logs.every(({ stampKind }) => stampKind === first.stampKind)
  return {
    ...first,
    ...axisOf(seconds),
    rows: samples.length,
    columns,
    values: Object.fromEntries(byName),
    texts: Object.fromEntries(
      Object.keys(first.texts).map((name) => [name, samples.map(({ log, row }) => log.texts[name]?.[row] ?? '')]),
    ),
    stamps: hasStamps && first.stamps !== undefined ? pick((log, row) => log.stamps?.[row]) : undefined,
    stampKind: hasStamps ? first.stampKind : undefined,
    lines: Uint32Array.from(samples, ({ line }) => line),
    restarts: restartsOf(byName, seconds),
  }
}
