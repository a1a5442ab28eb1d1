/** A text histogram beside the classes of a heap dump: the same heap twice, and why the figures differ. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BesideDumpRow } from '@heaptrail/api/class-histograms'
import { formatBytes, formatExactBytes, formatSignedBytes } from '../../format/bytes.ts'
import { formatCount, formatSigned } from '../../format/count.ts'
import { besideDumpQuery } from '../../server/class-histograms.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { histogramPlace } from '../../widgets/object-places.ts'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { HistogramNotes } from './histogram-notes.tsx'
import { NameCell } from './name-cell.tsx'
import { sortedBy } from './sorting.ts'

type BesidePlace = PlaceOf<'beside-dump'>
const SORTS = [
  'name',
  'text-instances',
  'text-bytes',
  'dump-instances',
  'dump-bytes',
  'instances-difference',
  'bytes-difference',
] as const

export function BesideDumpView({ place }: { place: BesidePlace }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const { caseId, dump, sort, order, filter, selected } = place
  const rows = usePagedRows(`${place.part} ${dump} ${sort} ${order} ${filter}`, (offset, limit) =>
    besideDumpQuery(place, offset, limit),
  )
  const columns = useColumns()
  const beside = rows.anyPage
  return (
    <>
      <ViewHead title={t('view.beside-dump')}>
        <FilterField
          value={filter}
          hint={t('histo.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        {beside !== undefined && (
          <ViewFacts>
            <span title={`${formatExactBytes(beside.text.bytes)} / ${formatExactBytes(beside.dump.bytes)}`}>
              {t('beside.sums', { text: formatBytes(beside.text.bytes), dump: formatBytes(beside.dump.bytes) })}
            </span>
          </ViewFacts>
        )}
      </ViewHead>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && beside === undefined && <Waiting what={t('beside.waiting')} />}
      {beside !== undefined && (
        <>
          <HistogramNotes notes={beside.notes} columns={[beside.histogram]} />
          {beside.total === 0 ? (
            <EmptyState title={t('histogram.none')}>{t('histo.noMatchHint', { filter })}</EmptyState>
          ) : (
            <DataGrid
              label={t('view.beside-dump')}
              columns={columns}
              rows={rows}
              sorting={{ column: sort, order }}
              onSort={(column) => replace({ ...place, ...sortedBy(place, column, SORTS) })}
              isSelected={({ name }) => name === selected}
              onSelect={({ name }) => replace({ ...place, selected: name })}
              onOpen={(row) => row.dump && open(histogramPlace({ caseId, artifactId: dump }, '', row.dump.classId))}
            />
          )}
        </>
      )}
    </>
  )
}

function useColumns(): readonly GridColumn<BesideDumpRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const figure = (
      id: (typeof SORTS)[number],
      title: string,
      cell: GridColumn<BesideDumpRow>['cell'],
    ): GridColumn<BesideDumpRow> => ({ id, title, width: '6.75rem', numeric: true, sortable: true, cell })
    return [
      {
        id: 'name',
        title: t('column.class'),
        width: 'minmax(11rem, 1fr)',
        sortable: true,
        cell: ({ name, own }) => <NameCell name={name} own={own} group="class" />,
      },
      figure('text-instances', t('beside.column.textInstances'), ({ text }) => countOf(text)),
      figure('dump-instances', t('beside.column.dumpInstances'), ({ dump }) => countOf(dump)),
      figure('instances-difference', t('beside.column.instancesDifference'), (row) =>
        formatSigned(row.instancesDifference),
      ),
      figure('text-bytes', t('beside.column.textBytes'), ({ text }) => sizeOf(text)),
      figure('dump-bytes', t('beside.column.dumpBytes'), ({ dump }) => sizeOf(dump)),
      figure('bytes-difference', t('beside.column.bytesDifference'), (row) => formatSignedBytes(row.bytesDifference)),
    ]
  }, [t])
}

type Side = { readonly instances: number; readonly bytes: number } | null

/** A class that one side does not have is not a class without instances. */
function countOf(side: Side) {
  return side === null ? '–' : formatCount(side.instances)
}

function sizeOf(side: Side) {
  return side === null ? '–' : <Size bytes={side.bytes} />
}
