/** Where a thread stood when the dump was taken, and what its frames hold. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HeldLocal } from '@heaptrail/api/heap-threads'
import { formatCount } from '../../format/count.ts'
import { threadStackQuery } from '../../server/heap-lists.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { threadsPlace } from '../../widgets/list-places.ts'
import { ObjectLabel, OwnMark } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './object-view.module.css'

/** Frames after which only the view of the threads goes on: it draws what is in sight. */
const SHOWN = 100

export function ThreadStack({ place }: { place: PlaceOf<'object'> }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(threadStackQuery(place.artifactId, place.objectId))
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data?.frames.length === 0 && data.others.length === 0) return undefined
  const more = data === undefined ? 0 : data.frames.length + data.framesOmitted - SHOWN
  return (
    <section className={styles['stack']} aria-label={t('object.stack')} tabIndex={0}>
      <h2>
        {t('object.stack')} · <PlaceLink to={threadsPlace(place, place.objectId)}>{t('view.threads')}</PlaceLink>
      </h2>
      {data === undefined && <Waiting />}
      <ol className={styles['frames']}>
        {data?.frames.slice(0, SHOWN).map(({ text, own, locals }, depth) => (
          // A recursive method has equal frames: only the depth tells them apart.
          <li key={depth}>
            <span className={styles['frame']}>{text}</span>
            {own && (
              <>
                {' '}
                <OwnMark />
              </>
            )}
            <Locals place={place} locals={locals} />
          </li>
        ))}
        {more > 0 && (
          <li className={styles['dim']}>{t('threads.moreFrames', { count: more, formatted: formatCount(more) })}</li>
        )}
        {data !== undefined && data.others.length > 0 && (
          <li>
            <span className={styles['dim']}>{t('threads.others')}</span>
            <Locals place={place} locals={data.others} />
          </li>
        )}
      </ol>
    </section>
  )
}

function Locals({ place, locals }: { place: PlaceOf<'object'>; locals: readonly HeldLocal[] }) {
  const { t } = useTranslation()
  if (locals.length === 0) return undefined
  return (
    <ul className={styles['locals']}>
      {locals.map(({ object }) => (
        <li key={object.id}>
          <span className={styles['dim']}>{t('object.local')}</span>
          <PlaceLink to={objectPlace({ ...place, objectId: object.id })}>
            <ObjectLabel object={object} />
          </PlaceLink>
        </li>
      ))}
    </ul>
  )
}
