/** The histogram as a file: the columns that are shown, sizes in bytes. */
import type { TFunction } from 'i18next'
import type { HistogramColumn } from '@heaptrail/api/place-histogram'
import { download } from '../../charts/picture.ts'
import { csvText, type CsvCell } from '../../format/csv.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import type { Figures } from './figure-columns.tsx'
import { loaderText } from './loader-text.ts'

export interface FileRow extends Figures {
  readonly name: string
}

/** Shares and what is computed on request only are no columns of a file: they follow from others, or are not there. */
const SAVED: readonly HistogramColumn[] = ['loader', 'objects', 'shallow', 'retained']

export function tableText(t: TFunction, columns: readonly HistogramColumn[], rows: readonly FileRow[]): string {
  const saved = SAVED.filter((column) => columns.includes(column))
  const cell = (row: FileRow, column: HistogramColumn): CsvCell => {
    switch (column) {
      case 'loader':
        return loaderText(t, row)
      case 'objects':
      case 'shallow':
      case 'retained':
        return row[column]
      default:
        return undefined
    }
  }
  return csvText(
    [t('column.class'), ...saved.map((column) => t(`histogram.column.${column}`))],
    rows.map((row) => [row.name, ...saved.map((column) => cell(row, column))]),
  )
}

export function saveTable(t: TFunction, { columns }: PlaceOf<'histogram'>, rows: readonly FileRow[]): void {
  const text = tableText(t, columns, rows)
  download(new Blob([text], { type: 'text/csv' }), 'histogram.csv')
}
