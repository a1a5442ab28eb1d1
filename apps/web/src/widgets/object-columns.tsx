/** The columns that every list of objects has. */
import type { HeapObject } from '@heaptrail/api/heap'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridColumn } from './data-grid.tsx'
import { ObjectLabel } from './object-label.tsx'
import { ShareBar, Size } from './size.tsx'

/** @param objectOf where in a row the object stands */
export function useSizeColumns<Row>(
  usedHeap: number | undefined,
  objectOf: (row: Row) => HeapObject,
): readonly GridColumn<Row>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'shallow',
        title: t('column.shallow'),
        width: '5.75rem',
        numeric: true,
        cell: (row) => <Size bytes={objectOf(row).shallow} />,
      },
      {
        id: 'retained',
        title: t('column.retained'),
        width: '5.75rem',
        numeric: true,
        cell: (row) => <Size bytes={objectOf(row).retained} />,
      },
      {
        id: 'share',
        title: t('column.share'),
        width: 'var(--ht-share-wide)',
        cell: (row) => usedHeap !== undefined && <ShareBar part={objectOf(row).retained} whole={usedHeap} />,
      },
    ],
    [t, usedHeap, objectOf],
  )
}

export function useObjectColumn<Row>(objectOf: (row: Row) => HeapObject): GridColumn<Row> {
  const { t } = useTranslation()
  return useMemo(
    () => ({
      id: 'object',
      title: t('column.object'),
      width: 'minmax(13rem, 1fr)',
      cell: (row) => <ObjectLabel object={objectOf(row)} />,
    }),
    [t, objectOf],
  )
}
