/** Class loaders: as a tree of parents, as a list, or the classes that several of them have; below, the classes of one. */
import { useTranslation } from 'react-i18next'
import type { ClassLoaders } from '@heaptrail/api/heap-loaders'
import type { LoaderShape } from '@heaptrail/api/place-lists'
import { SegmentedControl } from '@mantine/core'
import { formatCount } from '../../format/count.ts'
import { classLoadersQuery } from '../../server/heap-lists.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { FilterField } from '../../widgets/filter-field.tsx'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { DuplicateClassesGrid } from './duplicate-classes-grid.tsx'
import { LoadedClassesPanel } from './loaded-classes-panel.tsx'
import { LoaderGrid } from './loader-grid.tsx'

type LoadersPlace = PlaceOf<'loaders'>

const SHAPES: readonly LoaderShape[] = ['tree', 'list', 'duplicates']

export function LoadersView({ place }: { place: LoadersPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { artifactId, shape, sort, order, filter, closed, loader } = place
  const view = { shape: shape === 'list' ? 'list' : 'tree', sort, order, filter, closed } as const
  const page = (offset: number, limit: number) => classLoadersQuery(artifactId, view, offset, limit)
  const rows = usePagedRows(`${shape} ${sort} ${order} ${filter} ${closed.join()}`, page)
  const linkedRow = useLinkedRow(page, loader === undefined ? undefined : ({ id }) => id === loader)
  const shown = rows.anyPage
  return (
    <>
      <ViewHead title={t('view.loaders')}>
        <SegmentedControl
          size="xs"
          aria-label={t('loaders.shape.title')}
          value={shape}
          data={SHAPES.map((name) => ({ value: name, label: t(`loaders.shape.${name}`) }))}
          onChange={(name) =>
            replace({
              ...place,
              shape: SHAPES.find((one) => one === name) ?? 'tree',
              selected: undefined,
              loader: undefined,
            })
          }
        />
        <FilterField
          value={filter}
          label={t(shape === 'duplicates' ? 'histogram.filter' : 'loaders.filter')}
          hint={t(shape === 'duplicates' ? 'histogram.filterHint' : 'loaders.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        {shown !== undefined && <Counts counts={shown.counts} />}
      </ViewHead>
      {shape === 'duplicates' ? (
        <DuplicateClassesGrid place={place} />
      ) : (
        <>
          {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
          {rows.error === null && rows.total === undefined && <Waiting />}
          {rows.error === null && rows.total === 0 && (
            <EmptyState title={t('loaders.noMatch')}>{t('loaders.noMatchHint', { filter })}</EmptyState>
          )}
          {rows.error === null && rows.total !== undefined && rows.total > 0 && (
            <LoaderGrid
              place={place}
              rows={rows}
              linkedRow={linkedRow}
              hasDuplicates={(shown?.counts.duplicateNames ?? 0) > 0}
            />
          )}
        </>
      )}
      {loader !== undefined && <LoadedClassesPanel key={loader} place={place} loader={loader} />}
    </>
  )
}

function Counts({ counts: { loaders, classes, duplicateNames } }: Pick<ClassLoaders, 'counts'>) {
  const { t } = useTranslation()
  const words = [
    t('loaders.count', { count: loaders, formatted: formatCount(loaders) }),
    t('status.classes', { count: classes, formatted: formatCount(classes) }),
    ...(duplicateNames === 0
      ? []
      : [t('loaders.duplicateNames', { count: duplicateNames, formatted: formatCount(duplicateNames) })]),
  ]
  return <ViewFacts>{words.join(' · ')}</ViewFacts>
}
