/** The histogram class by class. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { HistogramSort, type HistogramRow } from '@heaptrail/api/heap'
import { histogramQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ClassCell } from './class-cell.tsx'
import { useFigureColumns } from './figure-columns.tsx'
import { HistogramHead } from './histogram-head.tsx'
import { SelectedClasses } from './selected-classes.tsx'
import { withRange, withToggled } from './several.ts'
import { sortedBy } from './sorting.ts'
import { saveTable } from './table-file.ts'

/** Rows of one request when all of them are saved. */
const SAVED_AT_ONCE = 1000

export function ClassRows({ place }: { place: PlaceOf<'histogram'> }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { artifactId, caseId, sort, order, selected, also } = place
  const page = (offset: number, limit: number) => histogramQuery(artifactId, place, offset, limit)
  const { filter, objects, shallow, retained } = place
  const rows = usePagedRows(JSON.stringify([sort, order, filter, objects, shallow, retained]), page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.classId === selected)
  const columns = useColumns(place)
  const allRows = useAllRows(page)

  return (
    <>
      <HistogramHead
        place={place}
        sums={rows.anyPage && { classes: rows.anyPage.total, ...rows.anyPage.sums }}
        onSave={async () =>
          saveTable(
            t,
            place,
            (await allRows()).map((row) => ({ ...row, name: row.className })),
          )
        }
      />
      {also.length > 0 && <SelectedClasses place={place} loaded={rows.loaded} />}
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.error === null && rows.total === 0 && (
        <EmptyState title={t('histogram.none')}>{t('histogram.noneOfColumns')}</EmptyState>
      )}
      {rows.error === null && rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('view.histogram')}
          columns={columns}
          rows={rows}
          linkedRow={linkedRow}
          sorting={{ column: sort, order }}
          onSort={(column) => replace({ ...place, ...sortedBy(place, HistogramSort.parse(column)) })}
          isSelected={({ classId }) => classId === selected || also.includes(classId)}
          onSelect={({ classId }) => replace({ ...place, selected: classId, also: [] })}
          several={{
            onToggle: ({ classId }) => replace({ ...place, ...withToggled(place, classId) }),
            onRange: (range, last) => replace({ ...place, ...withRange(range, last) }),
          }}
          onOpen={(row) => open(objectsPlace(place, row.classId))}
          onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.classId }, at)}
        />
      )}
    </>
  )
}

function useColumns(place: PlaceOf<'histogram'>): readonly GridColumn<HistogramRow>[] {
  const { t } = useTranslation()
  const { caseId, artifactId } = place
  const figures = useFigureColumns<HistogramRow>(place, asIs)
  return useMemo(
    () => [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(11rem, 1fr)',
        sortable: true,
        cell: (row) => <ClassCell of={{ caseId, artifactId }} row={row} />,
      },
      ...figures,
    ],
    [t, figures, caseId, artifactId],
  )
}

function asIs(row: HistogramRow): HistogramRow {
  return row
}

/** All that the filters leave, page by page. */
function useAllRows(page: (offset: number, limit: number) => ReturnType<typeof histogramQuery>) {
  const queryClient = useQueryClient()
  return async () => {
    const rows: HistogramRow[] = []
    for (;;) {
      const next = await queryClient.fetchQuery(page(rows.length, SAVED_AT_ONCE))
      rows.push(...next.rows)
      if (next.rows.length === 0 || rows.length >= next.total) return rows
    }
  }
}
