/** Classes of one name that several loaders have. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DuplicateClassRow } from '@heaptrail/api/heap-loaders'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { duplicateClassesQuery } from '../../server/heap-lists.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { TreeCell } from '../../widgets/tree-cell.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { splitClassName } from '../../format/class-name.ts'
import styles from './loaders.module.css'

export function DuplicateClassesGrid({ place }: { place: PlaceOf<'loaders'> }) {
  const { t } = useTranslation()
  const { replace, open: goTo } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, filter, open, selected } = place
  const page = (offset: number, limit: number) => duplicateClassesQuery(artifactId, { filter, open }, offset, limit)
  const rows = usePagedRows(`${filter} ${open.join()}`, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => classIdOf(row) === selected)
  const tree = useMemo<GridTree<DuplicateClassRow>>(
    () => ({
      levelOf: ({ kind }) => (kind === 'name' ? 1 : 2),
      isOpen: (row) => (row.kind === 'name' ? row.open : undefined),
      onToggle(row) {
        if (row.kind !== 'name') return
        replace({ ...place, open: open.includes(row.key) ? open.filter((one) => one !== row.key) : [...open, row.key] })
      },
    }),
    [place, open, replace],
  )
  const columns = useColumns(artifactId, tree)
  if (rows.error !== null) return <ErrorState error={rows.error} retry={rows.retry} />
  if (rows.total === undefined) return <Waiting />
  if (rows.total === 0)
    return filter === '' ? (
      <EmptyState title={t('loaders.noDuplicates')}>{t('loaders.noDuplicatesHint')}</EmptyState>
    ) : (
      <EmptyState title={t('histogram.none')}>{t('histogram.noneHint', { filter })}</EmptyState>
    )
  return (
    <DataGrid
      label={t('loaders.shape.duplicates')}
      columns={columns}
      rows={rows}
      tree={tree}
      linkedRow={linkedRow}
      isSelected={(row) => selected !== undefined && classIdOf(row) === selected}
      onSelect={(row) => replace({ ...place, selected: classIdOf(row) })}
      onOpen={(row) =>
        row.kind === 'name' ? tree.onToggle(row) : goTo(objectsPlace({ caseId, artifactId }, row.classId))
      }
      onMenu={(row, at) => {
        if (row.kind === 'class') openMenu({ caseId, artifactId, objectId: row.classId }, at)
      }}
    />
  )
}

function classIdOf(row: DuplicateClassRow): string | undefined {
  return row.kind === 'class' ? row.classId : undefined
}

function useColumns(artifactId: string, tree: GridTree<DuplicateClassRow>): readonly GridColumn<DuplicateClassRow>[] {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const figure = { numeric: true, width: '5.75rem' } as const
    const columns: GridColumn<DuplicateClassRow>[] = [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(13rem, 1fr)',
        cell: (row) => (
          <TreeCell
            level={tree.levelOf(row)}
            open={tree.isOpen(row)}
            name={row.className}
            onToggle={() => tree.onToggle(row)}
          >
            {row.kind === 'name' ? <ClassName name={row.className} own={row.own} /> : <OfLoader row={row} />}
          </TreeCell>
        ),
      },
      {
        id: 'loaders',
        title: t('loaders.column.loaders'),
        ...figure,
        width: '7.75rem',
        cell: (row) => row.kind === 'name' && formatCount(row.loaders),
      },
      { id: 'objects', title: t('column.objects'), ...figure, cell: (row) => formatCount(row.objects) },
      { id: 'shallow', title: t('column.shallow'), ...figure, cell: (row) => <Size bytes={row.shallow} /> },
      { id: 'retained', title: t('column.retained'), ...figure, cell: (row) => <Size bytes={row.retained} /> },
      {
        id: 'share',
        title: t('column.share'),
        width: 'var(--ht-share)',
        share: true,
        cell: (row) => <ShareBar part={row.retained} whole={usedHeap} />,
      },
    ]
    return isNarrow ? columns.filter(({ id }) => id !== 'shallow') : columns
  }, [t, tree, usedHeap, isNarrow])
}

/** `plugin-7 PluginLoader 0x7f…` */
function OfLoader({ row: { loader, classId } }: { row: Extract<DuplicateClassRow, { kind: 'class' }> }) {
  const { simpleName } = splitClassName(loader.className)
  return (
    <span className={styles['name']} title={`${loader.className} ${loader.id}`}>
      <b>{loader.name ?? simpleName}</b>
      {loader.name !== null && loader.id !== '0x0' && <span className={styles['dim']}>{simpleName}</span>}
      <span className={styles['id']}>{classId}</span>
    </span>
  )
}
