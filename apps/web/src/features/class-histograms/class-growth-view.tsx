/** Several class histograms of a case beside each other: what grew, how fast, and what grew together. */
import { Switch } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClassGrowth, ClassGrowthRow, GrowthColumn } from '@heaptrail/api/class-histograms'
import { formatSignedBytes } from '../../format/bytes.ts'
import { formatCount, formatSigned } from '../../format/count.ts'
import { classGrowthQuery } from '../../server/class-histograms.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { GrowsTogether } from './grows-together.tsx'
import { HistogramNotes } from './histogram-notes.tsx'
import { GroupChoice } from './group-choice.tsx'
import { NameCell } from './name-cell.tsx'
import { useOpenInDump } from './open-in-dump.ts'
import { sortedBy } from './sorting.ts'
import styles from './class-histograms.module.css'

type GrowthPlace = PlaceOf<'class-growth'>
const SORTS = ['name', 'instances', 'bytes', 'instances-growth', 'bytes-growth'] as const
/** Histograms in between are left out of the table when there are more; growth is of the first and the last anyway. */
const MOST_COLUMNS = 6

export function ClassGrowthView({ place }: { place: GrowthPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const openInDump = useOpenInDump(place.caseId)
  const { group, sort, order, ownFirst, filter, selected } = place
  const rows = usePagedRows(`${group} ${sort} ${order} ${ownFirst} ${filter}`, (offset, limit) =>
    classGrowthQuery(place, offset, limit),
  )
  const growth = rows.anyPage
  const columns = useColumns(group, growth)
  return (
    <>
      <ViewHead title={t('view.class-growth')}>
        <GroupChoice group={group} onChange={(next) => replace({ ...place, group: next, selected: undefined })} />
        <FilterField
          value={filter}
          hint={t('histo.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        <Switch
          size="xs"
          label={t('growth.ownFirst')}
          checked={ownFirst}
          onChange={(event) => replace({ ...place, ownFirst: event.currentTarget.checked })}
        />
        {growth !== undefined && growth.columns.length > 1 && (
          <ViewFacts>{t('growth.of', { count: growth.columns.length })}</ViewFacts>
        )}
      </ViewHead>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && growth === undefined && <Waiting />}
      {growth !== undefined && growth.columns.length < 2 && (
        <EmptyState title={t('growth.tooFew')}>{t('growth.tooFewHint')}</EmptyState>
      )}
      {growth !== undefined && growth.columns.length > 1 && (
        <>
          <HistogramNotes notes={growth.notes} columns={growth.columns} />
          <GrowsTogether groups={growth.groups} />
          {growth.total === 0 ? (
            <EmptyState title={t('histogram.none')}>{t('histo.noMatchHint', { filter })}</EmptyState>
          ) : (
            <DataGrid
              label={t('view.class-growth')}
              columns={columns}
              rows={rows}
              sorting={{ column: sort, order }}
              onSort={(column) => replace({ ...place, ...sortedBy(place, column, SORTS) })}
              isSelected={({ name }) => name === selected}
              onSelect={({ name }) => replace({ ...place, selected: name })}
              onOpen={({ name }) => group === 'class' && openInDump(name)}
            />
          )}
        </>
      )}
    </>
  )
}

function useColumns(
  group: GrowthPlace['group'],
  growth: ClassGrowth | undefined,
): readonly GridColumn<ClassGrowthRow>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const histograms = growth?.columns ?? []
    const last = histograms.length - 1
    const perHour = growth?.rows.some(({ bytesPerHour }) => bytesPerHour !== null) === true
    const figures = [
      figure('instances', t('growth.column.instances'), '6.25rem', (row) => known(row.instances[last], formatCount)),
      ...shownOf(histograms).map((index) =>
        bytesColumn(t('growth.column.bytesOf', { number: index + 1 }), index, last),
      ),
      figure('instances-growth', t('growth.column.instancesGrowth'), '7.25rem', (row) =>
        signed(row.instancesGrowth, formatSigned),
      ),
      figure('bytes-growth', t('growth.column.bytesGrowth'), '6.5rem', (row) =>
        signed(row.bytesGrowth, formatSignedBytes),
      ),
    ]
    const rate: GridColumn<ClassGrowthRow> = {
      id: 'per-hour',
      title: t('growth.column.perHour'),
      width: '7rem',
      numeric: true,
      cell: (row) => (row.bytesPerHour === null ? '–' : formatSignedBytes(Math.round(row.bytesPerHour))),
    }
    const columns: GridColumn<ClassGrowthRow>[] = [
      {
        id: 'name',
        title: t(group === 'class' ? 'column.class' : 'histo.column.package'),
        width: 'minmax(11rem, 1fr)',
        sortable: true,
        cell: (row) => <NameCell name={row.name} own={row.own} group={group} />,
      },
      ...figures,
      ...(perHour ? [rate] : []),
      {
        id: 'pattern',
        title: t('growth.column.pattern'),
        width: '7rem',
        cell: (row) => <Pattern row={row} ofMany={histograms.length > 2} />,
      },
    ]
    // What grew is what the rows are sorted by.
    return isNarrow ? columns.filter(({ id }) => id !== 'instances' && id !== 'pattern') : columns
  }, [t, group, growth, isNarrow])
}

function shownOf(histograms: readonly GrowthColumn[]): readonly number[] {
  const indices = histograms.map((_, index) => index)
  const half = MOST_COLUMNS / 2
  return indices.length <= MOST_COLUMNS ? indices : [...indices.slice(0, half), ...indices.slice(-half)]
}

function figure(
  id: string,
  title: string,
  width: string,
  cell: GridColumn<ClassGrowthRow>['cell'],
): GridColumn<ClassGrowthRow> {
  return { id, title, width, numeric: true, sortable: true, cell }
}

/** Only the last histogram's figures are sorted by. */
function bytesColumn(title: string, index: number, last: number): GridColumn<ClassGrowthRow> {
  return {
    ...figure(index === last ? 'bytes' : `bytes-${index}`, title, '6.25rem', (row) => {
      const bytes = row.bytes[index]
      return bytes === null || bytes === undefined ? '–' : <Size bytes={bytes} />
    }),
    sortable: index === last,
  }
}

function known(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value)
}

function signed(value: number, format: (value: number) => string) {
  return <span className={value > 0 ? styles['up'] : undefined}>{format(value)}</span>
}

/** Whether it grew from each histogram to the next, which two of them do not tell, and with which others. */
function Pattern({ row: { steady, group }, ofMany }: { row: ClassGrowthRow; ofMany: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {ofMany && steady && <span>{t('growth.steady')}</span>}
      {group !== null && (
        <span className={styles['group']} title={t('growth.groupTitle', { group: group + 1 })}>
          {group + 1}
        </span>
      )}
    </>
  )
}
