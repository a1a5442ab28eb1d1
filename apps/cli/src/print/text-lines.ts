/** What the texts of all kinds have in common when they are printed. */
import type { TextFacts } from '../report/text-facts.ts'
import { countText } from './numbers.ts'
import { printable } from './printable.ts'
import { type Column, tableText } from './table.ts'

export function headLines(
  { name, archive, partial }: Pick<TextFacts, 'name' | 'archive' | 'partial'>,
  what: string,
): string[] {
  const from = archive === null ? '' : ` (in ${printable(archive)})`
  const title = `${printable(name)}${from}: ${what}`
  return partial === null ? [title] : [title, `  PARTIAL: ${partial.message}`]
}

/** @param rows lines listed, at most. */
export function skippedLines(
  { skipped, skippedTotal }: Pick<TextFacts, 'skipped' | 'skippedTotal'>,
  rows: number,
): string[] {
  const title = `  Skipped      ${countText(skippedTotal)} ${skippedTotal === 1 ? 'line' : 'lines'}`
  return skipped.length === 0 ? [title] : [title, tableText(COLUMNS, skipped, rows, skippedTotal)]
}

const COLUMNS: Column<TextFacts['skipped'][number]>[] = [
  { title: 'Line', align: 'right', text: (row) => countText(row.line) },
  { title: 'Why', align: 'left', text: (row) => row.reason },
  { title: 'Text', align: 'left', text: (row) => printable(row.text) },
]
