/** What an object refers to, or what refers to it: in groups when there are many, and one by one. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ReferenceDirection } from '@heaptrail/api/heap'
import { formatCount } from '../../format/count.ts'
import { referencesQuery } from '../../server/heap.ts'
import { groupMembersQuery, referenceGroupsQuery } from '../../server/heap-references.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { PAGE_ROWS } from '../../widgets/paged-rows.ts'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { ReferenceGroupList, groupName } from './reference-groups.tsx'
import { ReferenceList } from './reference-list.tsx'
import styles from './object-view.module.css'

/** So many fit on a screen or two; more are shown in groups. */
const MANY = 100
const ONE_BY_ONE = 'none'

interface ReferencesProps {
  readonly place: PlaceOf<'object'>
  readonly direction: ReferenceDirection
}

export function ReferencesTab({ place, direction }: ReferencesProps) {
  const { artifactId, objectId, group } = place
  const first = useQuery(referencesQuery(artifactId, objectId, direction, 0, PAGE_ROWS))
  if (first.error !== null) return <ErrorState error={first.error} retry={() => void first.refetch()} />
  if (first.data === undefined) return <Waiting />
  const { total } = first.data
  if (group !== undefined && group !== ONE_BY_ONE) return <Members place={place} direction={direction} group={group} />
  if (total > MANY && group === undefined) return <ReferenceGroupList place={place} direction={direction} />
  return (
    <>
      {total > MANY && <Choice place={place} total={total} />}
      <ReferenceList
        place={place}
        direction={direction}
        identity={objectId + direction}
        page={(offset, limit) => referencesQuery(artifactId, objectId, direction, offset, limit)}
      />
    </>
  )
}

function Choice({ place, total }: { place: PlaceOf<'object'>; total: number }) {
  const { t } = useTranslation()
  return (
    <p className={styles['controls']}>
      <span>{t('object.references.all', { formatted: formatCount(total) })}</span>
      <PlaceLink to={{ ...place, group: undefined, selected: undefined }}>{t('object.references.group')}</PlaceLink>
    </p>
  )
}

function Members({ place, direction, group }: ReferencesProps & { group: string }) {
  const { t } = useTranslation()
  const { artifactId, objectId } = place
  const found = useQuery(referenceGroupsQuery(artifactId, objectId, direction)).data?.groups.find(
    ({ id }) => id === group,
  )
  return (
    <>
      <p className={styles['controls']}>
        <PlaceLink to={{ ...place, group: undefined, selected: undefined }}>{t('object.references.groups')}</PlaceLink>
        {found !== undefined && (
          <span>
            {formatCount(found.objects)} × <b>{groupName(found, t('edge.static'))}</b>
          </span>
        )}
      </p>
      <ReferenceList
        place={place}
        direction={direction}
        identity={objectId + direction + group}
        page={(offset, limit) => groupMembersQuery(artifactId, objectId, direction, group, offset, limit)}
      />
    </>
  )
}
