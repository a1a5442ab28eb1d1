/** The name of a class; of arrays and strings, which everybody has, whose they are is one click away. */
import { useTranslation } from 'react-i18next'
import type { HistogramRow } from '@heaptrail/api/heap'
import { PlaceLink } from '../../url/navigation.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { asksForOwners, ownersPlace } from '../../widgets/owners-place.ts'
import styles from './histogram.module.css'

interface ClassCellProps {
  readonly of: { readonly caseId: string; readonly artifactId: string }
  readonly row: HistogramRow
}

export function ClassCell({ of, row }: ClassCellProps) {
  const { className, objects, own } = row
  if (objects === 0 || !asksForOwners(className)) return <ClassName name={className} own={own} />
  return <WithOwners of={of} row={row} />
}

function WithOwners({ of, row: { className, classId, own } }: ClassCellProps) {
  const { t } = useTranslation()
  return (
    <span className={styles['class']}>
      <ClassName name={className} own={own} />
      <PlaceLink
        to={ownersPlace(of, classId)}
        className={styles['owners']}
        aria-label={t('owners.linkFor', { name: className })}
      >
        {t('owners.link')} <span aria-hidden>▸</span>
      </PlaceLink>
    </span>
  )
}
