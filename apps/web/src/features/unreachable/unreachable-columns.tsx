/** The columns of the histogram of what is unreachable. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnreachableRow } from '@heaptrail/api/heap-roots'
import { formatCount } from '../../format/count.ts'
import { objectSentence } from '../../format/object-text.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { TreeCell } from '../../widgets/tree-cell.tsx'

export function useUnreachableColumns(
  tree: GridTree<UnreachableRow>,
  whole: number,
): readonly GridColumn<UnreachableRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const figure = { numeric: true, sortable: true, width: '5.75rem' } as const
    return [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(14rem, 1fr)',
        sortable: true,
        cell: (row) => (
          <TreeCell
            level={tree.levelOf(row)}
            open={tree.isOpen(row)}
            name={row.kind === 'class' ? row.className : objectSentence(row.object)}
            onToggle={() => tree.onToggle(row)}
          >
            {row.kind === 'class' ? (
              <ClassName name={row.className} own={row.own} />
            ) : (
              <ObjectLabel object={row.object} />
            )}
          </TreeCell>
        ),
      },
      {
        id: 'objects',
        title: t('column.objects'),
        ...figure,
        cell: (row) => row.kind === 'class' && formatCount(row.objects),
      },
      { id: 'shallow', title: t('column.shallow'), ...figure, cell: (row) => <Size bytes={bytesOf(row)} /> },
      {
        id: 'share',
        title: t('unreachable.column.share'),
        width: 'var(--ht-share-wide)',
        cell: (row) => <ShareBar part={bytesOf(row)} whole={whole} />,
      },
    ]
  }, [t, tree, whole])
}

function bytesOf(row: UnreachableRow): number {
  return row.kind === 'class' ? row.shallow : row.object.shallow
}
