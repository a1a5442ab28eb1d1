/** One class histogram of the JVM: classes or packages with their instances and bytes. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClassHistogramFacts, ClassHistogramRow } from '@heaptrail/api/class-histograms'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { classHistogramQuery, classHistogramsQuery } from '../../server/class-histograms.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { HistogramFacts } from './histogram-facts.tsx'
import { GroupChoice } from './group-choice.tsx'
import { NameCell } from './name-cell.tsx'
import { HistogramParts } from './histogram-parts.tsx'
import { useOpenInDump } from './open-in-dump.ts'
import { sortedBy } from './sorting.ts'

type HistogramPlace = PlaceOf<'class-histogram'>

export function ClassHistogramView({ place }: { place: HistogramPlace }) {
  const { data, error, refetch } = useQuery(classHistogramsQuery(place.artifactId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  const facts = data.histograms.find(({ part }) => part === place.part) ?? data.histograms[0]
  return facts === undefined ? <NoHistogram /> : <Histogram place={place} facts={facts} all={data.histograms} />
}

function NoHistogram() {
  const { t } = useTranslation()
  return (
    <EmptyState whole title={t('histo.none')}>
      {t('histo.noneHint')}
    </EmptyState>
  )
}

interface HistogramProps {
  readonly place: HistogramPlace
  readonly facts: ClassHistogramFacts
  readonly all: readonly ClassHistogramFacts[]
}

function Histogram({ place, facts, all }: HistogramProps) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const openInDump = useOpenInDump(place.caseId)
  const { group, sort, order, filter, selected } = place
  const rows = usePagedRows(`${place.part} ${group} ${sort} ${order} ${filter}`, (offset, limit) =>
    classHistogramQuery(place, offset, limit),
  )
  const columns = useColumns(group, facts)
  return (
    <>
      <ViewHead title={t('view.class-histogram')}>
        <HistogramParts place={place} all={all} />
        <GroupChoice group={group} onChange={(next) => replace({ ...place, group: next, selected: undefined })} />
        <FilterField
          value={filter}
          hint={t('histo.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        <ViewFacts>
          <span title={formatExactBytes(facts.bytes)} aria-live="polite">
            {t('histo.sums', {
              count: rows.total ?? facts.classes,
              formatted: formatCount(rows.total ?? facts.classes),
              instances: formatCount(facts.instances),
              bytes: formatBytes(facts.bytes),
            })}
          </span>
        </ViewFacts>
      </ViewHead>
      <HistogramFacts place={place} facts={facts} />
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.error === null && rows.total === 0 && (
        <EmptyState title={t('histogram.none')}>{t('histo.noMatchHint', { filter })}</EmptyState>
      )}
      {rows.error === null && rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('view.class-histogram')}
          columns={columns}
          rows={rows}
          sorting={{ column: sort, order }}
          onSort={(column) => replace({ ...place, ...sortedBy(place, column, ['name', 'instances', 'bytes']) })}
          isSelected={({ name }) => name === selected}
          onSelect={({ name }) => replace({ ...place, selected: name })}
          onOpen={({ name }) => group === 'class' && openInDump(name)}
        />
      )}
    </>
  )
}

function useColumns(
  group: HistogramPlace['group'],
  { bytes }: ClassHistogramFacts,
): readonly GridColumn<ClassHistogramRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const classes: GridColumn<ClassHistogramRow> = {
      id: 'classes',
      title: t('histo.column.classes'),
      width: '5.75rem',
      numeric: true,
      cell: (row) => formatCount(row.classes),
    }
    return [
      {
        id: 'name',
        title: t(group === 'class' ? 'column.class' : 'histo.column.package'),
        width: 'minmax(11rem, 1fr)',
        sortable: true,
        cell: (row) => <NameCell name={row.name} own={row.own} group={group} />,
      },
      ...(group === 'package' ? [classes] : []),
      {
        id: 'instances',
        title: t('histo.column.instances'),
        width: '7rem',
        numeric: true,
        sortable: true,
        cell: (row) => formatCount(row.instances),
      },
      {
        id: 'bytes',
        title: t('histo.column.bytes'),
        width: '6.5rem',
        numeric: true,
        sortable: true,
        cell: (row) => <Size bytes={row.bytes} />,
      },
      {
        id: 'share',
        title: t('histo.column.share'),
        width: 'var(--ht-share-wide)',
        cell: (row) => <ShareBar part={row.bytes} whole={bytes} />,
      },
    ]
  }, [t, group, bytes])
}
