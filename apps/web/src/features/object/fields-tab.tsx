/** Fields with statics marked, or the elements of an array. */
import { IconScissors } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldRow, HeapObject, ObjectDetail } from '@heaptrail/api/heap'
import { splitClassName } from '../../format/class-name.ts'
import { fieldsQuery } from '../../server/heap.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { cutPlace, objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { FieldValue } from './field-value.tsx'
import styles from './object-view.module.css'

function objectIn(row: FieldRow): HeapObject | undefined {
  return row.value.kind === 'reference' ? row.value.object : undefined
}

export function FieldsTab({ place, object }: { place: PlaceOf<'object'>; object: ObjectDetail }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, objectId, selected } = place
  const page = (offset: number, limit: number) => fieldsQuery(artifactId, objectId, offset, limit)
  const rows = usePagedRows(objectId, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => objectIn(row)?.id === selected)
  const columns = useColumns(object, place)
  if (rows.error !== null) return <ErrorState error={rows.error} retry={rows.retry} />
  if (rows.total === undefined) return <Waiting />
  if (rows.total === 0)
    return <EmptyState title={t(object.kind === 'class' ? 'object.noStatics' : 'object.noFields')} />
  return (
    <DataGrid
      label={t('object.tabs')}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      isSelected={(row) => selected !== undefined && objectIn(row)?.id === selected}
      onSelect={(row) => replace({ ...place, selected: objectIn(row)?.id })}
      onOpen={(row) => {
        const target = objectIn(row)
        if (target !== undefined) open(objectPlace({ caseId, artifactId, objectId: target.id }))
      }}
      onMenu={(row, at) => {
        const target = objectIn(row)
        if (target !== undefined) openMenu({ caseId, artifactId, objectId: target.id }, at)
      }}
    />
  )
}

function useColumns({ kind }: ObjectDetail, place: PlaceOf<'object'>): readonly GridColumn<FieldRow>[] {
  const { t } = useTranslation()
  const { caseId, artifactId, objectId } = place
  return useMemo(() => {
    const name: GridColumn<FieldRow> = {
      id: 'name',
      title: t(kind.endsWith('-array') ? 'column.index' : 'column.field'),
      width: kind === 'primitive-array' ? '8rem' : 'minmax(8rem, 2.3fr)',
      cell: (row) => (
        <span className={styles['name']} title={row.name}>
          {row.static && <span className={styles['dim']}>{t('edge.static')} </span>}
          <b>{row.name}</b>
        </span>
      ),
    }
    const value: GridColumn<FieldRow> = {
      id: 'value',
      title: t('column.value'),
      width: 'minmax(11rem, 2.6fr)',
      cell: (row) => <FieldValue value={row.value} />,
    }
    const retained: GridColumn<FieldRow> = {
      id: 'retained',
      title: t('column.retained'),
      width: '5.75rem',
      numeric: true,
      cell: (row) => row.value.kind === 'reference' && <Size bytes={row.value.object.retained} />,
    }
    if (kind === 'primitive-array') return [name, value]
    const cut: GridColumn<FieldRow> = {
      id: 'cut',
      title: '✂',
      width: '2.25rem',
      cell: (row) =>
        row.value.kind === 'reference' && (
          <PlaceLink
            to={cutPlace({ caseId, artifactId, objectId: row.value.object.id }, objectId)}
            title={t('cut.askOf', { edge: row.name })}
            aria-label={t('cut.askOf', { edge: row.name })}
          >
            <IconScissors size={14} aria-hidden />
          </PlaceLink>
        ),
    }
    if (kind === 'object-array') return [name, value, retained, cut]
    const type: GridColumn<FieldRow> = { id: 'type', title: t('column.type'), width: '5.5rem', cell: (row) => row.type }
    const declaredIn: GridColumn<FieldRow> = {
      id: 'declared',
      title: t('column.declaredIn'),
      width: 'minmax(5rem, 1.6fr)',
      cell: (row) =>
        row.declaredIn !== null && (
          <b className={styles['name']} title={row.declaredIn}>
            {splitClassName(row.declaredIn).simpleName}
          </b>
        ),
    }
    return [name, type, value, retained, declaredIn, cut]
  }, [t, kind, caseId, artifactId, objectId])
}
