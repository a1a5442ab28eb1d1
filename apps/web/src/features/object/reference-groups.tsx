/** References by class and field: `48,211 × HashMap$Node.value`, each group a click away from its members. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReferenceDirection } from '@heaptrail/api/heap'
import type { ReferenceGroup } from '@heaptrail/api/heap-references'
import { splitClassName } from '../../format/class-name.ts'
import { formatCount } from '../../format/count.ts'
import { edgesText } from '../../format/object-text.ts'
import { referenceGroupsQuery } from '../../server/heap-references.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { useWholeList } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './object-view.module.css'

export function groupName({ className, edges }: Pick<ReferenceGroup, 'className' | 'edges'>, staticWord: string) {
  const { simpleName } = splitClassName(className)
  const [first] = edges
  if (first === undefined) return simpleName
  return `${simpleName}${edges.length === 1 && first.kind === 'field' ? '.' : ' '}${edgesText(edges, staticWord)}`
}

interface ReferenceGroupListProps {
  readonly place: PlaceOf<'object'>
  readonly direction: ReferenceDirection
}

export function ReferenceGroupList({ place, direction }: ReferenceGroupListProps) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, objectId, selected } = place
  const { data, error, refetch } = useQuery(referenceGroupsQuery(artifactId, objectId, direction))
  const rows = useWholeList(data?.groups)
  const columns = useColumns(place)
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  const words = { formatted: formatCount(data.total), groups: formatCount(data.groups.length) }
  return (
    <>
      <p className={styles['controls']}>
        <span>
          {t('object.references.inGroups', words)}
          {data.grouped < data.total && ` ${t('object.references.first', { formatted: formatCount(data.grouped) })}`}
        </span>
        <PlaceLink to={{ ...place, group: 'none', selected: undefined }}>{t('object.references.list')}</PlaceLink>
      </p>
      <DataGrid
        label={t(`object.tab.${direction}`)}
        columns={columns}
        rows={rows}
        isSelected={(row) => row.largest.id === selected}
        onSelect={(row) => replace({ ...place, selected: row.largest.id })}
        onOpen={(row) => open({ ...place, group: row.id, selected: undefined })}
        onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.largest.id }, at)}
      />
    </>
  )
}

function useColumns(place: PlaceOf<'object'>): readonly GridColumn<ReferenceGroup>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'objects',
        title: t('column.references'),
        width: '6.5rem',
        numeric: true,
        cell: (row) => formatCount(row.objects),
      },
      {
        id: 'group',
        title: t('column.classAndField'),
        width: 'minmax(12rem, 1fr)',
        cell: (row) => (
          <PlaceLink to={{ ...place, group: row.id, selected: undefined }} className={styles['edge']}>
            {groupName(row, t('edge.static'))}
          </PlaceLink>
        ),
      },
      {
        id: 'shallow',
        title: t('column.shallow'),
        width: '5.75rem',
        numeric: true,
        cell: (row) => <Size bytes={row.shallow} />,
      },
      {
        id: 'largest',
        title: t('column.largest'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => <ObjectLabel object={row.largest} />,
      },
      {
        id: 'retained',
        title: t('column.retained'),
        width: '5.75rem',
        numeric: true,
        cell: (row) => <Size bytes={row.largest.retained} />,
      },
    ],
    [t, place],
  )
}
