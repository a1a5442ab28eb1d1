/** Who owns the objects of a class: by class and field, the most bytes first. */
import { useTranslation } from 'react-i18next'
import { OwnersBy, type OwnerRow, type Owners } from '@heaptrail/api/heap-owners'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { ownersQuery } from '../../server/owners.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { useOwnerColumns } from './owner-columns.tsx'
import styles from './owners.module.css'

type OwnersPlace = PlaceOf<'owners'>

export function OwnersView({ place }: { place: OwnersPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { classId, by, filter, selected } = place
  const page = (offset: number, limit: number) => ownersQuery(place, offset, limit)
  const rows = usePagedRows(JSON.stringify([classId, by, filter]), page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.largest === selected)
  const owners = rows.anyPage
  return (
    <>
      <OwnersHead place={place} owners={owners} />
      <Tabs
        label={t('owners.by.label')}
        names={OwnersBy.options}
        current={by}
        title={(name) => t(`owners.by.${name}`)}
        onChange={(name) => replace({ ...place, by: name, selected: undefined })}
      />
      <p className={styles['explained']}>{t(`owners.explained.${by}`)}</p>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && owners === undefined && <Waiting what={t('owners.searching')} />}
      {rows.error === null && rows.total === 0 && (
        <EmptyState title={t('owners.none')}>
          {t(filter === '' ? 'owners.noneReachable' : 'owners.noneMatches')}
        </EmptyState>
      )}
      {rows.error === null && owners !== undefined && owners.total > 0 && (
        <Rows place={place} owners={owners} rows={rows} linkedRow={linkedRow} />
      )}
    </>
  )
}

function OwnersHead({ place, owners }: { place: OwnersPlace; owners: Owners | undefined }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  return (
    <ViewHead
      title={
        <>
          {t('owners.title')}&nbsp;
          {owners !== undefined && <ClassName name={owners.className} />}
        </>
      }
    >
      <FilterField
        value={place.filter}
        label={t('owners.filter')}
        hint={t('owners.filterHint')}
        onChange={(filter) => replace({ ...place, filter })}
      />
      <PlaceLink to={objectsPlace(place, place.classId)}>{t('owners.allObjects')}</PlaceLink>
      {owners !== undefined && (
        <ViewFacts>
          <span title={formatExactBytes(owners.sums.bytes)} aria-live="polite">
            {t('owners.sums', {
              count: owners.sums.objects,
              formatted: formatCount(owners.sums.objects),
              bytes: formatBytes(owners.sums.bytes),
            })}
          </span>
        </ViewFacts>
      )}
    </ViewHead>
  )
}

interface RowsProps {
  readonly place: OwnersPlace
  readonly owners: Owners
  readonly rows: ReturnType<typeof usePagedRows<Owners, ReturnType<typeof ownersQuery>['queryKey']>>
  readonly linkedRow: number
}

function Rows({ place, owners, rows, linkedRow }: RowsProps) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const columns = useOwnerColumns(place, owners)
  const { caseId, artifactId } = place
  const openRow = ({ holder, largest }: OwnerRow) =>
    open(holder === null ? objectPlace({ caseId, artifactId, objectId: largest }) : objectsPlace(place, holder.classId))
  return (
    <DataGrid
      label={t('view.owners')}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      isSelected={(row) => row.largest === place.selected}
      onSelect={(row) => replace({ ...place, selected: row.largest })}
      onOpen={openRow}
      onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.largestHolder ?? row.largest }, at)}
    />
  )
}
