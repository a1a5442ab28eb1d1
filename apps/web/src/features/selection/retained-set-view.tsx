/** What would become free if all selected objects were gone together, by class. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RetainedSet } from '@heaptrail/api/what-if'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount, formatShare } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { retainedSetQuery } from '../../server/selections.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { useLocalRows } from '../../widgets/local-rows.ts'
import { LongWait } from '../../widgets/long-wait.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { histogramPlace, objectsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState } from '../../widgets/states.tsx'
import { ViewFacts } from '../../widgets/view-head.tsx'
import { SelectionHead } from './selection-head.tsx'
import styles from './selection.module.css'

type RetainedSetPlace = PlaceOf<'retained-set'>
type ClassRow = RetainedSet['classes'][number]

export function RetainedSetView({ place }: { place: RetainedSetPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { data, error, refetch } = useQuery(retainedSetQuery(place))
  return (
    <>
      <SelectionHead place={place}>{data !== undefined && <Totals place={place} set={data} />}</SelectionHead>
      <div className={styles['choices']}>
        <FilterField
          value={place.filter}
          hint={t('selection.filterHint')}
          onChange={(filter) => replace({ ...place, filter })}
        />
      </div>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <LongWait place={place} />}
      {data !== undefined && <Classes place={place} set={data} />}
    </>
  )
}

function Totals({ place, set }: { place: RetainedSetPlace; set: RetainedSet }) {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(place.artifactId)).data?.usedHeap
  return (
    <ViewFacts>
      <span title={formatExactBytes(set.bytes)}>
        {t('selection.retained', {
          selected: formatCount(set.selected),
          objects: formatCount(set.objects),
          bytes: formatBytes(set.bytes),
        })}
        {usedHeap !== undefined && usedHeap > 0 && ` (${formatShare(set.bytes / usedHeap)})`}
      </span>
    </ViewFacts>
  )
}

function Classes({ place, set }: { place: RetainedSetPlace; set: RetainedSet }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const words = place.filter.toLowerCase()
  const shown = useMemo(
    () => set.classes.filter(({ className }) => className.toLowerCase().includes(words)),
    [set, words],
  )
  const rows = useLocalRows(shown)
  const columns = useColumns(set.bytes)
  if (shown.length === 0)
    return (
      <EmptyState title={t(set.objects === 0 ? 'selection.retainsNothing' : 'histogram.none')}>
        {set.objects === 0 ? t('selection.retainsNothingHint') : place.filter}
      </EmptyState>
    )
  return (
    <DataGrid
      label={t('view.retained-set')}
      columns={columns}
      rows={rows}
      isSelected={({ classId }) => classId === place.selected}
      onSelect={({ classId }) => replace({ ...place, selected: classId })}
      onOpen={({ classId, className }) =>
        open(className.endsWith('[]') ? histogramPlace(place, className, classId) : objectsPlace(place, classId))
      }
      onMenu={({ classId }, at) =>
        openMenu({ caseId: place.caseId, artifactId: place.artifactId, objectId: classId }, at)
      }
    />
  )
}

function useColumns(whole: number): readonly GridColumn<ClassRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(11rem, 1fr)',
        cell: ({ className, own }) => <ClassName name={className} own={own} />,
      },
      {
        id: 'objects',
        title: t('column.objects'),
        width: '7rem',
        numeric: true,
        cell: ({ objects }) => formatCount(objects),
      },
      {
        id: 'shallow',
        title: t('column.shallow'),
        width: '6.5rem',
        numeric: true,
        cell: ({ shallow }) => <Size bytes={shallow} />,
      },
      {
        id: 'share',
        title: t('selection.column.shareOfSet'),
        width: 'var(--ht-share-wide)',
        cell: ({ shallow }) => <ShareBar part={shallow} whole={whole} />,
      },
    ],
    [t, whole],
  )
}
