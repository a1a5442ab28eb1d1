import type { HistogramFacts, HistogramReport, HistogramRow } from '../report/histogram-report.ts'
import { findingLines } from './finding-text.ts'
import { countText, percentText, sizeText } from './numbers.ts'
import { printable } from './printable.ts'
import { type Column, tableText } from './table.ts'
import { headLines, skippedLines } from './text-lines.ts'

/** @param rows per table, at most. */
export function histogramText(report: HistogramReport, rows: number): string {
  const { histograms } = report
  const what = histograms.length === 1 ? 'class histogram' : `${histograms.length} class histograms`
  const parts = histograms.map((histogram) => oneHistogram(histogram, rows))
  return `${[...headLines(report, what), ...parts, ...findingLines(report.findings), ...skippedLines(report, rows)].join('\n')}\n`
}

function oneHistogram(histogram: HistogramFacts, rows: number): string {
  const { classes, instances, bytes, counted, pid, line } = histogram
  return [
    `  Line ${countText(line)}: ${countText(classes.length)} classes, ${countText(instances)} instances, ${sizeText(bytes)} (${countText(bytes)} bytes)${pid === null ? '' : `, process ${pid}`}`,
    `  Counted      ${COUNTED[counted]}`,
    `  Total        ${totalText(histogram)}`,
    tableText(columns(histogram), classes, rows),
  ].join('\n')
}

const COUNTED = {
  live: 'live objects only',
  all: 'all objects, garbage too',
  unknown: 'not said whether garbage is in it',
} satisfies Record<HistogramFacts['counted'], string>

function totalText({ completeness, total }: HistogramFacts): string {
  if (total === null) return 'missing: these are not all classes, or the text is cut off'
  if (completeness === 'complete') return 'agrees with the sum of the classes'
  return `differs: ${countText(total.instances)} instances, ${countText(total.bytes)} bytes; lines are missing`
}

function columns({ bytes, total }: HistogramFacts): Column<HistogramRow>[] {
  return [
    { title: 'Instances', align: 'right', text: (row) => countText(row.instances) },
    { title: 'Bytes', align: 'right', text: (row) => countText(row.bytes) },
    { title: 'Share', align: 'right', text: (row) => percentText(row.bytes, total?.bytes ?? bytes) },
    { title: 'Class', align: 'left', text: (row) => printable(row.className) },
    { title: 'Module', align: 'left', text: (row) => printable(row.module) },
  ]
}
