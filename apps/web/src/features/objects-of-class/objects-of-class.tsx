/** The objects of one class by falling retained size. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapObject } from '@heaptrail/api/heap'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery, objectQuery, objectsOfClassQuery } from '../../server/heap.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import { useObjectColumn, useSizeColumns } from '../../widgets/object-columns.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'

const itself = (object: HeapObject) => object

export function ObjectsOfClass({ place }: { place: PlaceOf<'objects'> }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { artifactId, caseId, classId, selected } = place
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap
  const ofClass = useQuery(objectQuery(artifactId, classId))
  const page = (offset: number, limit: number) => objectsOfClassQuery(artifactId, classId, offset, limit)
  const rows = usePagedRows(classId, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.id === selected)
  const object = useObjectColumn(itself)
  const sizes = useSizeColumns(usedHeap, itself)
  const columns = useMemo(() => [object, ...sizes], [object, sizes])
  const className = ofClass.data?.label.kind === 'class' ? ofClass.data.label.name : classId
  const error = ofClass.error ?? rows.error
  return (
    <>
      <ViewHead
        title={
          <>
            {t('objects.title')}&nbsp;
            <ClassName name={className} own={ofClass.data?.own ?? false} />
          </>
        }
      >
        <PlaceLink to={objectPlace({ caseId, artifactId, objectId: classId })}>{t('objects.classObject')}</PlaceLink>
        {rows.total !== undefined && (
          <ViewFacts>{t('status.objects', { count: rows.total, formatted: formatCount(rows.total) })}</ViewFacts>
        )}
      </ViewHead>
      {error !== null && <ErrorState error={error} retry={rows.retry} />}
      {error === null && rows.total === undefined && <Waiting />}
      {error === null && rows.total === 0 && <EmptyState title={t('objects.none')}>{t('objects.noneHint')}</EmptyState>}
      {error === null && rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('objects.label', { name: className })}
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
