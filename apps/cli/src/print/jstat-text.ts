import type { JstatReport } from '../report/jstat-report.ts'
import { countText } from './numbers.ts'
import { printable } from './printable.ts'
import { tableText } from './table.ts'

/** @param rows lines listed as skipped, at most. */
export function jstatText(report: JstatReport, rows: number): string {
  const from = report.archive === null ? '' : ` (in ${printable(report.archive)})`
  const axis =
    report.axis === 'seconds' ? `${report.from} to ${report.to} s of uptime` : 'no timestamps, so rows are numbered'
  const lines = [
    `${printable(report.name)}${from}: jstat log`,
    ...(report.partial === null ? [] : [`  PARTIAL: ${report.partial.message}`]),
    `  Columns      ${report.columns.join(' ')}`,
    `  Rows         ${countText(report.rows)} (${axis})`,
    `  Last row     ${Object.entries(report.last)
      .map(([column, value]) => `${column} ${value ?? '-'}`)
      .join(', ')}`,
  ]
  if (report.restarts.length > 0) lines.push(`  Restarts     at row ${report.restarts.map(countText).join(', ')}`)
  lines.push(`  Skipped      ${countText(report.skippedTotal)} lines`)
  const columns = [
    { title: 'Line', align: 'right', text: (row) => countText(row.line) },
    { title: 'Why', align: 'left', text: (row) => row.reason },
    { title: 'Text', align: 'left', text: (row) => printable(row.text) },
  ] satisfies Parameters<typeof tableText<JstatReport['skipped'][number]>>[0]
  if (report.skipped.length > 0) lines.push(tableText(columns, report.skipped, rows, report.skippedTotal))
  return `${lines.join('\n')}\n`
}
