/** The first members of a selected collection, before its fields: mostly they are what somebody wants to know. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ObjectDetail } from '@heaptrail/api/heap'
import { formatCount } from '../../format/count.ts'
import { contentsQuery } from '../../server/heap-contents.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import styles from './inspector.module.css'
import { valueText } from './value-text.ts'

const MEMBERS_SHOWN = 10

interface FirstMembersProps {
  readonly caseId: string
  readonly artifactId: string
  readonly object: ObjectDetail
}

export function FirstMembers({ caseId, artifactId, object }: FirstMembersProps) {
  const { t } = useTranslation()
  const isCollection = object.label.kind === 'collection' && object.contentsMissing === null
  const { data } = useQuery({
    ...contentsQuery(artifactId, object.id, 0, MEMBERS_SHOWN),
    enabled: isCollection,
  })
  if (!isCollection || data === undefined || data.total === 0) return undefined
  return (
    <>
      <h3 className={styles['heading']}>
        <PlaceLink to={objectPlace({ caseId, artifactId, objectId: object.id }, 'contents')}>
          {t('object.tab.contents')} ({formatCount(data.total)})
        </PlaceLink>
      </h3>
      <table className={styles['fields']}>
        <tbody>
          {data.rows.map(({ index, key, value }) => (
            <tr key={index}>
              <th scope="row">{key === null ? formatCount(index) : valueText(key)}</th>
              <td title={valueText(value)}>{valueText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
