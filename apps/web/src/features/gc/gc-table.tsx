/** The rows of the window, as the JVM printed them. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JstatAxis, JstatRow, JstatSummary } from '@heaptrail/api/jstat'
import { formatCount, formatDecimal } from '../../format/count.ts'
import { jstatValue } from '../../format/jstat-value.ts'
import { jstatRowsQuery } from '../../server/jstat.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { ErrorState } from '../../widgets/states.tsx'
import styles from './gc-view.module.css'

interface GcTableProps {
  readonly place: PlaceOf<'gc'>
  readonly summary: JstatSummary
  readonly axis: JstatAxis
  readonly onSelect: (row: number) => void
}

/** Words of `-gccause`, of which the summary's columns say nothing: they hold numbers. */
const CAUSES = ['LGCC', 'GCC'] as const

export function GcTable({ place, summary, axis, onSelect }: GcTableProps) {
  const { t } = useTranslation()
  const { from, to } = place
  const rows = usePagedRows(`${place.part} ${axis} ${from} ${to}`, (offset, limit) =>
    jstatRowsQuery(place, { axis, from, to }, offset, limit),
  )
  const columns = useColumns(summary, axis)
  const [first] = rows.loaded
  // Rows follow each other, so the first one tells where any other stands.
  const position = first === undefined || place.row === undefined ? -1 : place.row - first.row.row + first.index
  const linkedRow = position >= 0 && position < (rows.total ?? 0) ? position : -1
  if (rows.error !== null) return <ErrorState error={rows.error} retry={rows.retry} />
  return (
    <div className={styles['table']}>
      <DataGrid
        label={t('gc.table')}
        columns={columns}
        rows={rows}
        linkedRow={linkedRow}
        isSelected={({ row }) => row === place.row}
        onSelect={({ row }) => onSelect(row)}
        onOpen={({ row }) => onSelect(row)}
      />
    </div>
  )
}

function useColumns(summary: JstatSummary, shown: JstatAxis): readonly GridColumn<JstatRow>[] {
  const { t } = useTranslation()
  const { columns, axis, option } = summary
  return useMemo(() => {
    const row: GridColumn<JstatRow> = {
      id: 'row',
      title: t('gc.column.row'),
      width: '4.5rem',
      numeric: true,
      cell: (line) => formatCount(line.row),
    }
    const seconds: GridColumn<JstatRow> = {
      id: 'x',
      title: t(shown === 'elapsed' ? 'gc.column.elapsed' : 'gc.column.seconds'),
      width: '7rem',
      numeric: true,
      cell: (line) => formatDecimal(Math.round(line.x * 1000) / 1000),
    }
    const values = columns.map((column): GridColumn<JstatRow> => ({
      id: `value:${column}`,
      title: column,
      width: 'minmax(3.75rem, 1fr)',
      numeric: true,
      cell: (line) => jstatValue(column, line.values[column]),
    }))
    const causes = CAUSES.map((column): GridColumn<JstatRow> => ({
      id: `text:${column}`,
      title: column,
      width: 'minmax(9rem, 2fr)',
      cell: (line) => line.texts[column] ?? '–',
    }))
    return [
      row,
      ...(axis === 'seconds' || shown === 'elapsed' ? [seconds] : []),
      ...values,
      ...(option === 'gccause' ? causes : []),
    ]
  }, [t, columns, axis, option, shown])
}
