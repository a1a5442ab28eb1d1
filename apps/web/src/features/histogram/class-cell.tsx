/** The name of a class; of arrays and strings, which everybody has, whose they are is one click away. */
import { useTranslation } from 'react-i18next'
import type { HistogramRow } from '@heaptrail/api/heap'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ClassName } from '../../widgets/object-label.tsx'
import { asksForOwners, ownersPlace } from '../../widgets/owners-place.ts'
import styles from './histogram.module.css'

export function ClassCell({ place, row }: { place: PlaceOf<'histogram'>; row: HistogramRow }) {
  const { t } = useTranslation()
  const { className, classId, objects, own } = row
  if (objects === 0 || !asksForOwners(className)) return <ClassName name={className} own={own} />
  return (
    <span className={styles['class']}>
      <ClassName name={className} own={own} />
      <PlaceLink
        to={ownersPlace(place, classId)}
        className={styles['owners']}
        aria-label={t('owners.linkFor', { name: className })}
      >
        {t('owners.link')} <span aria-hidden>▸</span>
      </PlaceLink>
    </span>
  )
}
