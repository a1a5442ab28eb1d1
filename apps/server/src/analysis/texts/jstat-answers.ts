/** Answers about one log of jstat. */
import type {
  JstatCsvQuery,
  JstatRows,
  JstatRowsQuery,
  JstatSeries,
  JstatSeriesQuery,
  JstatSummary,
} from '@heaptrail/api/jstat'
import { clockOf, collectorOfLog } from '@heaptrail/jvm-text/jstat/collector'
import { intervalsOf } from '@heaptrail/jvm-text/jstat/intervals'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { jstatSeries } from '@heaptrail/jvm-text/jstat/series'
import { jstatSummary } from '@heaptrail/jvm-text/jstat/summary'
import { jstatRows, rowsInWindow } from '@heaptrail/jvm-text/jstat/window'
import { floorsInWindow } from './floors-of-log.ts'
import type { KeptLog } from './kept-texts.ts'
import type { LogContext } from './text-questions.ts'

export function summaryOf({ log, logs }: KeptLog, { part, capacities }: LogContext): JstatSummary {
  const { option, headerAssumed, command } = log
  return {
    logs: logs.map((each, index) => ({
      part: index,
      option: each.option,
      rows: each.rows,
      firstLine: each.lines[0],
      lastLine: each.lines[each.rows - 1],
      prefix: each.prefix,
    })),
    part,
    option,
    collector: collectorOfLog(log),
    headerAssumed,
    command:
      command === undefined
        ? null
        : { target: command.target ?? null, intervalMilliseconds: command.intervalMilliseconds ?? null },
    capacities: capacities.source,
    ...jstatSummary(log),
  }
}

export function seriesOf(kept: KeptLog, context: LogContext, query: JstatSeriesQuery): JstatSeries {
  const { log } = kept
  const x = positionsOf(log, context, query.axis)
  const window = rowsInWindow(x, query)
  const drawn = jstatSeries(log, query, x)
  const figures = kept.figures(context.capacities.kb)
  const at = (values: Float64Array): (number | null)[] => drawn.row.map((row) => orNull(values[row - 1]))
  const spaces: JstatSeries['spaces'] = {}
  for (const [space, { percent, usedKb, capacityKb }] of figures.spaces) {
    spaces[space] = {
      percent: at(percent),
      usedKb: usedKb === undefined ? null : at(usedKb),
      capacityKb: capacityKb === undefined ? null : at(capacityKb),
    }
  }
  const { heap, steps } = figures
  return {
    ...axisFacts(log, context, query.axis),
    pace: context.time.pace,
    capacities: context.capacities.source,
    rateUnit: steps.wall.some((seconds) => seconds > 0) ? 'second' : 'row',
    spaces,
    heap: heap === undefined ? null : { usedKb: at(heap.usedKb), committedKb: at(heap.committedKb) },
    intervals: intervalsOf(steps, x, window, query.intervals),
    floors: floorsInWindow(figures.floors, x, window, figures.spaces.get('O')?.usedKb, query.points),
    restarts: Array.from(log.restarts)
      .filter((row) => row >= window.first && row < window.end)
      .map((row) => x[row]),
    ...drawn,
  }
}

function axisFacts(
  log: JstatLog,
  { time }: LogContext,
  axis: JstatSeriesQuery['axis'],
): Pick<JstatSeries, 'axis' | 'timeSource'> {
  switch (axis) {
    case 'own':
      return { axis: log.axis, timeSource: 'file' }
    case 'case':
      return { axis: 'time', timeSource: time.source }
    case 'elapsed':
      return { axis: 'elapsed', timeSource: ELAPSED_SOURCE[time.pace] }
  }
}

const ELAPSED_SOURCE = { clock: 'file', user: 'user', command: 'guessed', none: 'guessed' } as const

/** Row → position on the axis that was asked for. */
export function positionsOf(log: JstatLog, { time }: LogContext, axis: JstatSeriesQuery['axis']): Float64Array {
  if (axis === 'own') return log.x
  const clock = clockOf(log, { first: 0, end: log.rows })
  const length = (time.to - time.from) / 1000
  const elapsed =
    clock?.map((seconds) => seconds - clock[0]) ??
    new Float64Array(log.rows).map((_, row) => (log.rows < 2 ? 0 : (length * row) / (log.rows - 1)))
  return axis === 'elapsed' ? elapsed : elapsed.map((seconds) => time.from + 1000 * seconds)
}

export function rowsOf({ log }: KeptLog, context: LogContext, query: JstatRowsQuery): JstatRows {
  return jstatRows(log, query, positionsOf(log, context, query.axis))
}

/** @returns lines of CSV, the titles before the first; `''` behind the last row */
export function csvOf(
  { log }: KeptLog,
  context: LogContext,
  query: JstatCsvQuery,
  offset: number,
  limit: number,
): string {
  const { total, rows } = jstatRows(log, { ...query, offset, limit }, positionsOf(log, context, query.axis))
  const times = positionsOf(log, context, 'case')
  const texts = Object.keys(log.texts)
  const lines = rows.map(({ row, line, values, texts: words }) =>
    [
      row,
      line,
      new Date(times[row - 1]).toISOString(),
      ...log.columns.map((name) => values[name] ?? ''),
      ...texts.map((name) => quoted(words[name] ?? '')),
    ].join(','),
  )
  const timeTitle = context.time.source === 'guessed' || context.time.pace !== 'clock' ? 'guessed time' : 'time'
  if (offset === 0) lines.unshift(['row', 'line', timeTitle, ...log.columns, ...texts].join(','))
  return offset > 0 && offset >= total ? '' : `${lines.join('\r\n')}\r\n`
}

/** Spreadsheets take a field that begins like a formula for one. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
