/** The columns of the tree of GC roots. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RootRow } from '@heaptrail/api/heap-roots'
import { formatCount } from '../../format/count.ts'
import { objectSentence } from '../../format/object-text.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { TreeCell } from '../../widgets/tree-cell.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import styles from './roots.module.css'

export function useRootColumns(tree: GridTree<RootRow>, usedHeap: number): readonly GridColumn<RootRow>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const figure = { numeric: true, width: '5.75rem' } as const
    const columns: GridColumn<RootRow>[] = [
      {
        id: 'root',
        title: t('roots.column.root'),
        width: 'minmax(14rem, 1fr)',
        cell: (row) => (
          <TreeCell
            level={tree.levelOf(row)}
            open={tree.isOpen(row)}
            name={nameOf(row)}
            onToggle={() => tree.onToggle(row)}
          >
            <Name row={row} />
          </TreeCell>
        ),
      },
      {
        id: 'objects',
        title: t('column.objects'),
        ...figure,
        cell: (row) => row.kind !== 'object' && formatCount(row.objects),
      },
      {
        id: 'shallow',
        title: t('column.shallow'),
        ...figure,
        cell: (row) => <Size bytes={row.kind === 'object' ? row.object.shallow : row.shallow} />,
      },
      { id: 'retained', title: t('column.retained'), ...figure, cell: (row) => <Size bytes={retainedOf(row)} /> },
      {
        id: 'share',
        title: t('column.share'),
        width: 'var(--ht-share)',
        share: true,
        cell: (row) => <ShareBar part={retainedOf(row)} whole={usedHeap} />,
      },
    ]
    return isNarrow ? columns.filter(({ id }) => id !== 'shallow') : columns
  }, [t, tree, usedHeap, isNarrow])
}

function retainedOf(row: RootRow): number {
  return row.kind === 'object' ? row.object.retained : row.retained
}

function nameOf(row: RootRow): string {
  switch (row.kind) {
    case 'type':
      return row.type
    case 'class':
      return row.className
    case 'object':
      return objectSentence(row.object)
  }
}

function Name({ row }: { row: RootRow }) {
  const { t } = useTranslation()
  switch (row.kind) {
    case 'type':
      return (
        <span className={styles['type']} title={t(`roots.explained.${row.type}`)}>
          <b>{row.type}</b>
          <span className={styles['dim']}>
            {row.ofThreads ? t('roots.ofThreads') : t(`roots.explained.${row.type}`)}
          </span>
        </span>
      )
    case 'class':
      return <ClassName name={row.className} own={row.own} />
    case 'object':
      return <ObjectLabel object={row.object} />
  }
}
