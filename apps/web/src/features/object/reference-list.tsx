/** References one by one, with the names of the fields. */
import { type QueryKey, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReferenceDirection, ReferenceRow, References } from '@heaptrail/api/heap'
import { edgesText } from '../../format/object-text.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectColumn, useSizeColumns } from '../../widgets/object-columns.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { type PageQuery, useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './object-view.module.css'

const objectOf = (row: ReferenceRow) => row.object

export interface ReferenceListProps<K extends QueryKey> {
  readonly place: PlaceOf<'object'>
  readonly direction: ReferenceDirection
  /** Changes when the list becomes another one. */
  readonly identity: string
  readonly page: PageQuery<References, K>
}

export function ReferenceList<K extends QueryKey>({ place, direction, identity, page }: ReferenceListProps<K>) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, selected } = place
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap
  const rows = usePagedRows(identity, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.object.id === selected)
  const object = useObjectColumn(objectOf)
  const sizes = useSizeColumns(usedHeap, objectOf)
  const columns = useMemo<readonly GridColumn<ReferenceRow>[]>(
    () => [
      {
        id: 'edge',
        title: t('column.field'),
        width: 'minmax(6rem, 12rem)',
        cell: (row) => (
          <span className={styles['edge']} title={edgesText(row.edges, t('edge.static'))}>
            {edgesText(row.edges, t('edge.static'))}
          </span>
        ),
      },
      object,
      ...sizes,
    ],
    [t, object, sizes],
  )
  if (rows.error !== null) return <ErrorState error={rows.error} retry={rows.retry} />
  if (rows.total === undefined) return <Waiting />
  if (rows.total === 0)
    return <EmptyState title={t(`object.none.${direction}`)}>{t(`object.noneHint.${direction}`)}</EmptyState>
  return (
    <DataGrid
      label={t(`object.tab.${direction}`)}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      isSelected={(row) => row.object.id === selected}
      onSelect={(row) => replace({ ...place, selected: row.object.id })}
      onOpen={(row) => open(objectPlace({ caseId, artifactId, objectId: row.object.id }))}
      onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.object.id }, at)}
    />
  )
}
