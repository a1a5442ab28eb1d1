/** The rows of class loaders. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LoaderSort, type ClassLoaderRow } from '@heaptrail/api/heap-loaders'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import type { PagedRows } from '../../widgets/paged-rows.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { TreeCell } from '../../widgets/tree-cell.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { LoaderName, loaderTitle } from './loader-name.tsx'
import styles from './loaders.module.css'

interface LoaderGridProps {
  readonly place: PlaceOf<'loaders'>
  readonly rows: PagedRows<ClassLoaderRow>
  readonly linkedRow: number
  /** Some class is there twice. */
  readonly hasDuplicates: boolean
}

export function LoaderGrid({ place, rows, linkedRow, hasDuplicates }: LoaderGridProps) {
  const { t } = useTranslation()
  const { replace, open } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, shape, sort, order, closed, loader } = place
  const tree = useMemo<GridTree<ClassLoaderRow>>(
    () => ({
      levelOf: ({ level }) => level,
      isOpen: (row) => (row.children > 0 ? row.open : undefined),
      onToggle: ({ id }) =>
        replace({ ...place, closed: closed.includes(id) ? closed.filter((one) => one !== id) : [...closed, id] }),
    }),
    [place, closed, replace],
  )
  const columns = useColumns(place, shape === 'tree' ? tree : undefined, hasDuplicates)
  function changeSort(column: string) {
    const next = LoaderSort.parse(column)
    const first = next === 'name' ? 'asc' : 'desc'
    const flipped = order === 'desc' ? 'asc' : 'desc'
    replace({ ...place, sort: next, order: next === sort ? flipped : first })
  }
  const withObject = ({ object }: ClassLoaderRow, act: (objectId: string) => void) => {
    if (object !== null) act(object.id)
  }
  return (
    <div className={styles['list']} style={{ '--rows': loader === undefined ? undefined : rows.total }}>
      <DataGrid
        label={t('view.loaders')}
        columns={columns}
        rows={rows}
        linkedRow={linkedRow}
        {...(shape === 'tree' ? { tree } : {})}
        sorting={{ column: sort, order }}
        onSort={changeSort}
        isSelected={({ id }) => id === loader}
        onSelect={({ id, object }) => replace({ ...place, loader: id, selected: object?.id })}
        onOpen={(row) => withObject(row, (objectId) => open(objectPlace({ caseId, artifactId, objectId })))}
        onMenu={(row, at) => withObject(row, (objectId) => openMenu({ caseId, artifactId, objectId }, at))}
      />
    </div>
  )
}

function useColumns(
  { artifactId }: PlaceOf<'loaders'>,
  tree: GridTree<ClassLoaderRow> | undefined,
  hasDuplicates: boolean,
): readonly GridColumn<ClassLoaderRow>[] {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const figure = { numeric: true, sortable: true, width: '5.75rem' } as const
    const columns: GridColumn<ClassLoaderRow>[] = [
      {
        id: 'name',
        title: t('loaders.column.loader'),
        width: 'minmax(13rem, 1fr)',
        sortable: true,
        cell: (row) =>
          tree === undefined ? (
            <LoaderName row={row} />
          ) : (
            <TreeCell
              level={row.level}
              open={tree.isOpen(row)}
              name={loaderTitle(row)}
              onToggle={() => tree.onToggle(row)}
            >
              <LoaderName row={row} />
            </TreeCell>
          ),
      },
      { id: 'classes', title: t('loaders.column.classes'), ...figure, cell: (row) => formatCount(row.classes) },
      {
        id: 'duplicates',
        title: t('loaders.column.duplicates'),
        ...figure,
        cell: ({ duplicates }) =>
          duplicates > 0 && (
            <span className={styles['duplicates']} title={t('loaders.duplicatesHint')}>
              {formatCount(duplicates)}
            </span>
          ),
      },
      { id: 'instances', title: t('column.objects'), ...figure, cell: (row) => formatCount(row.instances) },
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
    const leftOut = [...(hasDuplicates ? [] : ['duplicates']), ...(isNarrow ? ['shallow'] : [])]
    // Loaders of plugins differ in the end of their names only.
    if (isNarrow && hasDuplicates) leftOut.push('instances')
    return columns.filter(({ id }) => !leftOut.includes(id))
  }, [t, tree, usedHeap, hasDuplicates, isNarrow])
}
