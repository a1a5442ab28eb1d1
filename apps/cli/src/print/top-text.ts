import type { PlainProcess } from '@heaptrail/jvm-text/top/plain'
import type { TopReport } from '../report/top-report.ts'
import { findingLines } from './finding-text.ts'
import { countText, sizeText } from './numbers.ts'
import { printable } from './printable.ts'
import { type Column, tableText } from './table.ts'
import { headLines, skippedLines } from './text-lines.ts'

/** @param rows per table, at most. */
export function topText(report: TopReport, rows: number): string {
  const { samples, processes } = report
  const times = samples.flatMap(({ time }) => time ?? [])
  const when = times.length === 0 ? '' : ` (${times[0]} to ${times.at(-1)})`
  const what = samples.some(({ threads }) => threads) ? 'output of top, of threads' : 'output of top'
  const java = processes.filter(({ isJava }) => isJava).length
  return `${[
    ...headLines(report, what),
    `  Samples      ${countText(samples.length)}${when}`,
    `  Processes    ${countText(processes.length)}, of Java ${countText(java)}`,
    tableText(COLUMNS, processes, rows),
    ...findingLines(report.findings),
    ...skippedLines(report, rows),
  ].join('\n')}\n`
}

const COLUMNS: Column<PlainProcess>[] = [
  { title: 'PID', align: 'right', text: (row) => String(row.pid) },
  { title: 'VIRT', align: 'right', text: (row) => spanText(row.virtualBytes, sizeText) },
  { title: 'RES', align: 'right', text: (row) => spanText(row.residentBytes, sizeText) },
  { title: '%CPU', align: 'right', text: (row) => spanText(row.cpuPercent, (percent) => percent.toFixed(1)) },
  { title: 'User', align: 'left', text: (row) => printable(row.user ?? '') },
  { title: 'Command', align: 'left', text: (row) => printable(row.command) },
]

/** The lowest and the highest over the samples. */
function spanText(values: readonly (number | null)[], text: (value: number) => string): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return '-'
  const [low, high] = [text(Math.min(...known)), text(Math.max(...known))]
  return low === high ? low : `${low} – ${high}`
}
