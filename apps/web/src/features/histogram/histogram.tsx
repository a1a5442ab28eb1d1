/** Classes with their objects and sizes: sorted by every column, filtered by name. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { HistogramSort, type HistogramRow } from '@heaptrail/api/heap'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery, histogramQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'

export function Histogram({ place }: { place: PlaceOf<'histogram'> }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { artifactId, caseId, sort, order, filter, selected } = place
  const page = (offset: number, limit: number) => histogramQuery(artifactId, { sort, order, filter }, offset, limit)
  const rows = usePagedRows(`${sort} ${order} ${filter}`, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.classId === selected)
  const columns = useColumns(artifactId)

  function changeSort(column: string) {
    const next = HistogramSort.parse(column)
    const flipped = order === 'desc' ? 'asc' : 'desc'
    const first = next === 'class' ? 'asc' : 'desc'
    replace({ ...place, sort: next, order: next === sort ? flipped : first })
  }

  return (
    <>
      <ViewHead title={t('view.histogram')}>
        <FilterField
          value={filter}
          hint={t('histogram.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        {rows.anyPage !== undefined && (
          <Sums total={rows.anyPage.total} {...rows.anyPage.sums} filtered={filter !== ''} />
        )}
      </ViewHead>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.error === null && rows.total === 0 && (
        <EmptyState title={t('histogram.none')}>{t('histogram.noneHint', { filter })}</EmptyState>
      )}
      {rows.error === null && rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('view.histogram')}
          columns={columns}
          rows={rows}
          linkedRow={linkedRow}
          sorting={{ column: sort, order }}
          onSort={changeSort}
          isSelected={(row) => row.classId === selected}
          onSelect={(row) => replace({ ...place, selected: row.classId })}
          onOpen={(row) => open(objectsPlace(place, row.classId))}
          onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.classId }, at)}
        />
      )}
    </>
  )
}

function Sums({
  total,
  objects,
  shallow,
  filtered,
}: {
  total: number
  objects: number
  shallow: number
  filtered: boolean
}) {
  const { t } = useTranslation()
  const words = {
    count: total,
    formatted: formatCount(total),
    objects: formatCount(objects),
    shallow: formatBytes(shallow),
  }
  return (
    <ViewFacts>
      <span title={formatExactBytes(shallow)} aria-live="polite">
        {filtered ? t('histogram.filteredSums', words) : t('histogram.sums', words)}
      </span>
    </ViewFacts>
  )
}

function useColumns(artifactId: string): readonly GridColumn<HistogramRow>[] {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  return useMemo(
    () => [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(11rem, 1fr)',
        sortable: true,
        cell: (row) => <ClassName name={row.className} own={row.own} />,
      },
      {
        id: 'objects',
        title: t('column.objects'),
        width: '5.75rem',
        numeric: true,
        sortable: true,
        cell: (row) => formatCount(row.objects),
      },
      {
        id: 'shallow',
        title: t('column.shallow'),
        width: '5.75rem',
        numeric: true,
        sortable: true,
        cell: (row) => <Size bytes={row.shallow} />,
      },
      {
        id: 'shallow-share',
        title: t('column.share'),
        width: 'var(--ht-share)',
        cell: (row) => <ShareBar part={row.shallow} whole={usedHeap} />,
      },
      {
        id: 'retained',
        title: t('column.retained'),
        width: '5.75rem',
        numeric: true,
        sortable: true,
        cell: (row) => <Size bytes={row.retained} />,
      },
      {
        id: 'retained-share',
        title: t('column.share'),
        width: 'var(--ht-share)',
        cell: (row) => <ShareBar part={row.retained} whole={usedHeap} />,
      },
    ],
    [t, usedHeap],
  )
}
