import type { JstatReport } from '../report/jstat-report.ts'
import { findingLines } from './finding-text.ts'
import { countText } from './numbers.ts'
import { headLines, skippedLines } from './text-lines.ts'

/** @param rows lines listed as skipped, at most. */
export function jstatText(report: JstatReport, rows: number): string {
  const axis =
    report.axis === 'seconds' ? `${report.from} to ${report.to} s of uptime` : 'no timestamps, so rows are numbered'
  const lines = [
    ...headLines(report, 'jstat log'),
    `  Option       -${report.option}${report.headerAssumed ? ' (told from its rows, the header is missing)' : ''}`,
    `  Columns      ${report.columns.join(' ')}`,
    `  Rows         ${countText(report.rows)} (${axis})`,
    `  Last row     ${Object.entries(report.last)
      .map(([column, value]) => `${column} ${value ?? '-'}`)
      .join(', ')}`,
  ]
  if (report.restarts.length > 0) lines.push(`  Restarts     at row ${report.restarts.map(countText).join(', ')}`)
  lines.push(...findingLines(report.findings))
  lines.push(...skippedLines(report, rows))
  return `${lines.join('\n')}\n`
}
