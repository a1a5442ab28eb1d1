/** The way down to what fills a picture; each step zooms out to it. */
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { objectSentence, objectText } from '../../format/object-text.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ancestorsQuery } from '../../server/heap-tree.ts'
import styles from './picture.module.css'

/** Steps shown at each end of a long way. */
const ENDS = 3

export function PictureTrail({ place }: { place: PlaceOf<'dominators'> }) {
  const { t } = useTranslation()
  const view = { artifactId: place.artifactId, filter: '', group: undefined }
  const way = useQuery({ ...ancestorsQuery(view, place.root ?? ''), enabled: place.root !== undefined })
  const steps = place.root === undefined ? [] : (way.data?.rows ?? [])
  const isLong = steps.length > 2 * ENDS
  const shown = isLong ? [...steps.slice(0, ENDS), ...steps.slice(-ENDS)] : steps
  return (
    <nav aria-label={t('tree.trail')} className={styles['trail']}>
      <ol>
        <li>
          {place.root === undefined ? (
            <span aria-current="true">{t('tree.wholeHeap')}</span>
          ) : (
            <PlaceLink to={{ ...place, root: undefined }}>{t('tree.wholeHeap')}</PlaceLink>
          )}
        </li>
        {shown.map(({ object }, index) => (
          <Fragment key={object.id}>
            {isLong && index === ENDS && <li>…</li>}
            <li title={objectSentence(object)}>
              {object.id === place.root ? (
                <span aria-current="true">{objectText(object).name}</span>
              ) : (
                <PlaceLink to={{ ...place, root: object.id, selected: place.root }}>
                  {[objectText(object).prefix, objectText(object).name].filter((word) => word !== '').join(' ')}
                </PlaceLink>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
      {way.error !== null && <span className={styles['missing']}>{t('tree.missing', { ids: place.root })}</span>}
      <span className={styles['hint']}>{t('tree.pictureHint')}</span>
    </nav>
  )
}
