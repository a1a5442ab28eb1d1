/** The classes that one loader defined. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadedClassSort, type LoadedClassRow } from '@heaptrail/api/heap-loaders'
import type { Order } from '@heaptrail/api/page'
import { ALL_CLASSES } from '@heaptrail/api/place-histogram'
import { formatCount } from '../../format/count.ts'
import { loadedClassesQuery } from '../../server/heap-lists.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './loaders.module.css'

interface LoadedClassesPanelProps {
  readonly place: PlaceOf<'loaders'>
  readonly loader: string
}

export function LoadedClassesPanel({ place, loader }: LoadedClassesPanelProps) {
  const { t } = useTranslation()
  const { replace, open } = useNavigation()
  const openMenu = useObjectMenu()
  const [sorting, setSorting] = useState<{ sort: LoadedClassSort; order: Order }>({ sort: 'retained', order: 'desc' })
  const { caseId, artifactId, selected } = place
  const rows = usePagedRows(`${sorting.sort} ${sorting.order}`, (offset, limit) =>
    loadedClassesQuery(artifactId, loader, { ...sorting, filter: '' }, offset, limit),
  )
  const columns = useColumns()
  function changeSort(column: string) {
    const next = LoadedClassSort.parse(column)
    const first = next === 'class' ? 'asc' : 'desc'
    const flipped = sorting.order === 'desc' ? 'asc' : 'desc'
    setSorting({ sort: next, order: next === sorting.sort ? flipped : first })
  }
  return (
    <section className={styles['panel']} aria-label={t('loaders.classes')}>
      <h2>
        {t('loaders.classes')}
        {rows.total !== undefined && ` (${formatCount(rows.total)})`}{' '}
        <PlaceLink
          className="in-text"
          to={{ ...ALL_CLASSES, caseId, artifactId, group: 'loader', open: [`loader ${loader}`] }}
        >
          {t('view.histogram')}
        </PlaceLink>
      </h2>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.error === null && rows.total === 0 && (
        <EmptyState title={t('loaders.noClasses')}>{t('loaders.noClassesHint')}</EmptyState>
      )}
      {rows.error === null && rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('loaders.classes')}
          columns={columns}
          rows={rows}
          sorting={{ column: sorting.sort, order: sorting.order }}
          onSort={changeSort}
          isSelected={({ classId }) => classId === selected}
          onSelect={({ classId }) => replace({ ...place, selected: classId })}
          onOpen={({ classId }) => open(objectsPlace({ caseId, artifactId }, classId))}
          onMenu={({ classId }, at) => openMenu({ caseId, artifactId, objectId: classId }, at)}
        />
      )}
    </section>
  )
}

function useColumns(): readonly GridColumn<LoadedClassRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const figure = { numeric: true, sortable: true, width: '5.75rem' } as const
    return [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(13rem, 1fr)',
        sortable: true,
        cell: (row) => <ClassName name={row.className} own={row.own} />,
      },
      { id: 'objects', title: t('column.objects'), ...figure, cell: (row) => formatCount(row.objects) },
      { id: 'shallow', title: t('column.shallow'), ...figure, cell: (row) => <Size bytes={row.shallow} /> },
      { id: 'retained', title: t('column.retained'), ...figure, cell: (row) => <Size bytes={row.retained} /> },
      {
        id: 'loaders',
        title: t('loaders.column.loaders'),
        ...figure,
        width: '7rem',
        cell: ({ loaders }) => loaders > 1 && <span className={styles['duplicates']}>{formatCount(loaders)}</span>,
      },
    ]
  }, [t])
}
