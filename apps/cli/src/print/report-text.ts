import type { NotRead, Report } from '../report/report.ts'
import { heapText } from './heap-text.ts'
import { jstatText } from './jstat-text.ts'
import { printable } from './printable.ts'

/** @param rows per table, at most. */
export function reportText(report: Report, rows: number): string {
  if (!('partial' in report)) return notReadText(report)
  return report.kind === 'heap-dump' ? heapText(report, rows) : jstatText(report, rows)
}

function notReadText({ name, archive, kind, status, reason }: NotRead): string {
  const from = archive === null ? '' : ` (in ${printable(archive)})`
  const what = kind === 'unknown' ? status : `${kind}, ${status}`
  return `${printable(name)}${from}: ${what}. ${reason}\n`
}
