/** Members of a collection: entries of a map as key and value, elements of a list in their order, members of a set. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapObject } from '@heaptrail/api/heap'
import type { Contents, ContentsRow } from '@heaptrail/api/heap-contents'
import { formatCount } from '../../format/count.ts'
import { contentsQuery } from '../../server/heap-contents.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { FieldValue } from './field-value.tsx'
import styles from './object-view.module.css'

function objectIn({ key, value }: ContentsRow): HeapObject | undefined {
  if (value.kind === 'reference') return value.object
  return key?.kind === 'reference' ? key.object : undefined
}

export function ContentsTab({ place }: { place: PlaceOf<'object'> }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, objectId, selected } = place
  const page = (offset: number, limit: number) => contentsQuery(artifactId, objectId, offset, limit)
  const rows = usePagedRows(objectId, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => objectIn(row)?.id === selected)
  const columns = useColumns(rows.anyPage?.kind ?? 'list')
  if (rows.error !== null) return <ErrorState error={rows.error} retry={rows.retry} />
  if (rows.total === undefined) return <Waiting />
  if (rows.total === 0) return <EmptyState title={t('object.noContents')} />
  const withObject = (row: ContentsRow, act: (id: string) => void) => {
    const target = objectIn(row)
    if (target !== undefined) act(target.id)
  }
  return (
    <DataGrid
      label={t('object.tab.contents')}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      isSelected={(row) => selected !== undefined && objectIn(row)?.id === selected}
      onSelect={(row) => replace({ ...place, selected: objectIn(row)?.id })}
      onOpen={(row) => withObject(row, (id) => open(objectPlace({ caseId, artifactId, objectId: id })))}
      onMenu={(row, at) => withObject(row, (id) => openMenu({ caseId, artifactId, objectId: id }, at))}
    />
  )
}

function useColumns(kind: Contents['kind']): readonly GridColumn<ContentsRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const index: GridColumn<ContentsRow> = {
      id: 'index',
      title: t('column.index'),
      width: '5.5rem',
      numeric: true,
      cell: (row) => <span className={styles['dim']}>{formatCount(row.index)}</span>,
    }
    const key: GridColumn<ContentsRow> = {
      id: 'key',
      title: t('column.key'),
      width: 'minmax(10rem, 1.4fr)',
      cell: (row) => row.key !== null && <FieldValue value={row.key} />,
    }
    const value: GridColumn<ContentsRow> = {
      id: 'value',
      title: t(kind === 'map' ? 'column.value' : 'column.member'),
      width: kind === 'map' ? 'minmax(11rem, 1.6fr)' : 'minmax(11rem, 2fr)',
      cell: (row) => <FieldValue value={row.value} />,
    }
    const retained: GridColumn<ContentsRow> = {
      id: 'retained',
      title: t('column.retained'),
      width: '5.75rem',
      numeric: true,
      cell: (row) => row.value.kind === 'reference' && <Size bytes={row.value.object.retained} />,
    }
    return kind === 'map' ? [key, value, retained] : [index, value, retained]
  }, [t, kind])
}
