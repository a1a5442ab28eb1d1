/** Where a thread stood when the dump was taken, and what its frames hold. */
import { useTranslation } from 'react-i18next'
import type { ObjectDetail } from '@heaptrail/api/heap'
import { PlaceLink } from '../../url/navigation.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import styles from './object-view.module.css'

interface ThreadStackProps {
  readonly place: { readonly caseId: string; readonly artifactId: string }
  readonly stack: NonNullable<ObjectDetail['stack']>
}

export function ThreadStack({ place, stack }: ThreadStackProps) {
  const { t } = useTranslation()
  return (
    <section className={styles['stack']} aria-label={t('object.stack')} tabIndex={0}>
      <h2>{t('object.stack')}</h2>
      <ol className={styles['frames']}>
        {stack.map(({ frame, locals }, depth) => (
          // A recursive method has equal frames: only the depth tells them apart.
          <li key={depth}>
            <span className={styles['frame']}>{frame}</span>
            {locals.length > 0 && (
              <ul className={styles['locals']}>
                {locals.map((local, index) => (
                  <li key={`${local.id} ${index}`}>
                    <span className={styles['dim']}>{t('object.local')}</span>
                    <PlaceLink to={objectPlace({ ...place, objectId: local.id })}>
                      <ObjectLabel object={local} />
                    </PlaceLink>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
