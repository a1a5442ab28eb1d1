/** The columns of merged paths. */
import { Button } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MergedRow } from '@heaptrail/api/merged-paths'
import { formatCount } from '../../format/count.ts'
import { edgeName } from '../../format/object-text.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { TreeCell } from '../../widgets/tree-cell.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import type { TreeRow } from './merged-rows.ts'
import styles from './selection.module.css'

interface Totals {
  readonly bytes: number
}

export function useMergedColumns(
  tree: GridTree<TreeRow>,
  { bytes }: Totals,
  onMore: (row: TreeRow) => void,
): readonly GridColumn<TreeRow>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const figure = (id: string, title: string, width: string, cell: (row: MergedRow) => ReactNode) => ({
      id,
      title,
      width,
      numeric: true,
      cell: (row: TreeRow) => row.kind === 'row' && cell(row.row),
    })
    const columns: GridColumn<TreeRow>[] = [
      {
        id: 'path',
        title: t('selection.column.path'),
        width: 'minmax(13rem, 1fr)',
        cell: (row) => <PathCell row={row} tree={tree} onMore={onMore} />,
      },
      figure('objects', t('selection.column.below'), '7rem', (row) => formatCount(row.objects)),
      figure('bytes', t('selection.column.bytesBelow'), '7rem', (row) => <Size bytes={row.bytes} />),
      {
        id: 'share',
        title: t('selection.column.share'),
        width: 'var(--ht-share-wide)',
        cell: (row) => row.kind === 'row' && <ShareBar part={row.row.bytes} whole={bytes} />,
      },
      figure('retained', t('column.retained'), '5.75rem', ({ object }) =>
        object === null ? '' : <Size bytes={object.retained} />,
      ),
    ]
    // The share says it as well.
    return isNarrow ? columns.filter(({ id }) => id !== 'bytes') : columns
  }, [t, tree, bytes, onMore, isNarrow])
}

interface PathCellProps {
  readonly row: TreeRow
  readonly tree: GridTree<TreeRow>
  readonly onMore: (row: TreeRow) => void
}

function PathCell({ row, tree, onMore }: PathCellProps) {
  const { t } = useTranslation()
  if (row.kind !== 'row')
    return (
      <TreeCell level={row.level} open={undefined} name="" onToggle={() => undefined}>
        {row.kind === 'waiting' ? (
          <span className={styles['dim']}>{t('waiting')}</span>
        ) : (
          <Button size="compact-xs" variant="subtle" onClick={() => onMore(row)}>
            {t('selection.showMore', { count: row.left, formatted: formatCount(row.left) })}
          </Button>
        )}
      </TreeCell>
    )
  const { object, className, own, edges, holders } = row.row
  return (
    <TreeCell level={row.level} open={row.isOpen} name={className} onToggle={() => tree.onToggle(row)}>
      {edges.length > 0 && <b className={styles['edge']}>{edges.map(edgeName).join(', ')}</b>}
      {object === null ? (
        <>
          <ClassName name={className} own={own} />
          <span className={styles['dim']}>
            {t('selection.holders', { count: holders, formatted: formatCount(holders) })}
          </span>
        </>
      ) : (
        <ObjectLabel object={object} />
      )}
      {object !== null && object.rootTypes.length > 0 && (
        <span className={styles['root']}>{object.rootTypes.join(', ')}</span>
      )}
    </TreeCell>
  )
}
