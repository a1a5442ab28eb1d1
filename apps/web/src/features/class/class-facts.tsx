/** The lines under the name of a class: what its objects amount to, its superclasses and its loader. */
import { useTranslation } from 'react-i18next'
import type { ClassDetail } from '@heaptrail/api/heap-class'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import styles from './class.module.css'

export function ClassFacts({ place, detail }: { place: PlaceOf<'objects'>; detail: ClassDetail }) {
  const { t } = useTranslation()
  const { loader, superclasses, subclassCount, withSubclasses } = detail
  return (
    <Facts inline>
      <Fact name={t('column.shallow')}>
        <Size bytes={detail.shallow} />
      </Fact>
      <Fact name={t('class.retained')}>
        <Size bytes={detail.retained} />
      </Fact>
      {subclassCount > 0 && (
        <Fact name={t('class.withSubclasses')}>
          {t('status.objects', { count: withSubclasses.objects, formatted: formatCount(withSubclasses.objects) })}
          {' · '}
          <Size bytes={withSubclasses.retained} />
        </Fact>
      )}
      {detail.unreachable > 0 && <Fact name={t('class.unreachable')}>{formatCount(detail.unreachable)}</Fact>}
      {superclasses.length > 0 && (
        <Fact name={t('class.extends')}>
          {superclasses.map(({ classId, className, own }) => (
            <span key={classId} className={styles['above']}>
              <PlaceLink to={objectsPlace(place, classId)}>
                <ClassName name={className} own={own} />
              </PlaceLink>
            </span>
          ))}
        </Fact>
      )}
      <Fact name={t('class.loader')}>
        {loader === null ? (
          t('class.bootLoader')
        ) : (
          <PlaceLink to={objectPlace({ ...place, objectId: loader.id })}>
            <ObjectLabel object={loader} />
          </PlaceLink>
        )}
      </Fact>
    </Facts>
  )
}
