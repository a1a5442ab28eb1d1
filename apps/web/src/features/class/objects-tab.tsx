/** The objects of exactly one class by falling retained size, all or those whose fields meet a condition. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapObject } from '@heaptrail/api/heap'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery, objectsOfClassQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { useObjectColumn, useSizeColumns } from '../../widgets/object-columns.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './class.module.css'

const itself = (object: HeapObject) => object

interface ObjectsTabProps {
  readonly place: PlaceOf<'objects'>
  /** Of the class. */
  readonly name: string
}

export function ObjectsTab({ place, name }: ObjectsTabProps) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { artifactId, caseId, classId, filter, selected } = place
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap
  const page = (offset: number, limit: number) => objectsOfClassQuery(artifactId, { classId, filter, offset, limit })
  const rows = usePagedRows(`${classId} ${filter}`, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.id === selected)
  const object = useObjectColumn(itself)
  const sizes = useSizeColumns(usedHeap, itself)
  const columns = useMemo(() => [object, ...sizes], [object, sizes])
  const { total, error, anyPage } = rows
  return (
    <>
      <div className={styles['head']}>
        <FilterField
          value={filter}
          label={t('class.filter')}
          hint={t('class.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        {error === null && filter !== '' && anyPage !== undefined && anyPage.searched !== null && (
          <span role="status" className={styles['found']}>
            {t('class.found', { found: formatCount(anyPage.total), searched: formatCount(anyPage.searched) })}
          </span>
        )}
      </div>
      {error !== null && <ErrorState error={error} retry={rows.retry} />}
      {error === null && total === undefined && <Waiting />}
      {error === null && total === 0 && (
        <EmptyState title={t('objects.none')}>{t(filter === '' ? 'objects.noneHint' : 'class.noneMatches')}</EmptyState>
      )}
      {error === null && total !== undefined && total > 0 && (
        <DataGrid
          label={t('objects.label', { name })}
          columns={columns}
          rows={rows}
          linkedRow={linkedRow}
          isSelected={(row) => row.id === selected}
          onSelect={(row) => replace({ ...place, selected: row.id })}
          onOpen={(row) => open(objectPlace({ caseId, artifactId, objectId: row.id }))}
          onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.id }, at)}
        />
      )}
    </>
  )
}
