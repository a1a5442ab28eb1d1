import type { NotRead, Report } from '../report/report.ts'
import { heapText } from './heap-text.ts'
import { histogramText } from './histogram-text.ts'
import { jstatText } from './jstat-text.ts'
import { printable } from './printable.ts'
import { topText } from './top-text.ts'

/** @param rows per table, at most. */
export function reportText(report: Report, rows: number): string {
  if (!('partial' in report)) return notReadText(report)
  switch (report.kind) {
    case 'heap-dump':
      return heapText(report, rows)
    case 'jstat-log':
      return jstatText(report, rows)
    case 'class-histogram':
      return histogramText(report, rows)
    case 'top-output':
      return topText(report, rows)
  }
}

function notReadText({ name, archive, kind, status, reason }: NotRead): string {
  const from = archive === null ? '' : ` (in ${printable(archive)})`
  const what = kind === 'unknown' ? status : `${kind}, ${status}`
  return `${printable(name)}${from}: ${what}. ${reason}\n`
}
