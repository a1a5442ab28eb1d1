/** What fills this heap? Totals, what was found, the biggest objects as a picture, objects, classes, packages: on one screen. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import { WHOLE_TREE } from '@heaptrail/api/place-dominators'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { serverSentence } from '../../i18n/server-sentences.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { rootsPlace } from '../../widgets/list-places.ts'
import { dominatorsPlace, histogramPlace } from '../../widgets/object-places.ts'
import { ErrorState, Waiting, problemText } from '../../widgets/states.tsx'
import { BiggestClasses, BiggestObjects, BiggestPackages, packagesPlace } from './biggest-tables.tsx'
import { BiggestPicture } from './biggest-picture.tsx'
import { FirstSentences } from './first-sentences.tsx'
import { HeapFacts } from './heap-facts.tsx'
import styles from './overview.module.css'

export function Overview({ place }: { place: PlaceOf<'overview'> }) {
  const { t } = useTranslation()
  const { caseId, artifactId } = place
  const { data, error, refetch } = useQuery(heapSummaryQuery(place.artifactId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return (
    <div className={styles['overview']}>
      <h1 className="visually-hidden">{t('view.overview')}</h1>
      <div className={styles['above']}>
        {data.partial !== null && (
          <p className={styles['partial']} role="note">
            {problemText(t, data.partial)}
          </p>
        )}
        <FirstSentences place={place} />
      </div>
      <div className={styles['upper']}>
        <Side place={place} summary={data} />
        <section className={styles['picture']}>
          <h2>
            {t('overview.picture')}
            <PlaceLink to={{ ...WHOLE_TREE, caseId, artifactId, mode: 'treemap' }}>{t('view.dominators')}</PlaceLink>
          </h2>
          <div className={styles['map']}>
            <BiggestPicture place={place} usedHeap={data.usedHeap} />
          </div>
        </section>
      </div>
      <div className={styles['tables']}>
        <section className={styles['objects']}>
          <h2>
            {t('overview.biggestObjects')}
            <PlaceLink to={dominatorsPlace(place)}>{t('view.dominators')}</PlaceLink>
          </h2>
          <BiggestObjects place={place} summary={data} />
        </section>
        <section className={styles['classes']}>
          <h2>
            {t('overview.biggestClasses')}
            <PlaceLink to={histogramPlace(place)}>{t('view.histogram')}</PlaceLink>
          </h2>
          <BiggestClasses place={place} summary={data} />
        </section>
        <section className={styles['packages']}>
          <h2>
            {t('overview.biggestPackages')}
            <PlaceLink to={packagesPlace(place)}>{t('overview.allPackages')}</PlaceLink>
          </h2>
          <BiggestPackages place={place} summary={data} />
        </section>
      </div>
    </div>
  )
}

interface PartProps {
  readonly place: PlaceOf<'overview'>
  readonly summary: HeapSummary
}

function Side({ place, summary }: PartProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['side']}>
      <section>
        <h2>{t('overview.facts')}</h2>
        <HeapFacts place={place} summary={summary} />
      </section>
      <section>
        <h2>
          {t('overview.roots')}
          <PlaceLink to={rootsPlace(place)}>{t('view.roots')}</PlaceLink>
        </h2>
        <Roots summary={summary} />
      </section>
      <section>
        <h2>{t('overview.notes')}</h2>
        <Notes summary={summary} />
      </section>
    </div>
  )
}

function Roots({ summary }: { summary: HeapSummary }) {
  return (
    <Facts inline>
      {summary.rootsByType.map((root) => (
        <Fact key={root.type} name={root.type}>
          {formatCount(root.objects)}
        </Fact>
      ))}
    </Facts>
  )
}

function Notes({ summary }: { summary: HeapSummary }) {
  const { t } = useTranslation()
  const { unreachable, ownPackages, notes } = summary
  return (
    <ul className={styles['noteList']}>
      {notes.map((note) => (
        <li key={note}>{serverSentence(note)}</li>
      ))}
      {unreachable.objects > 0 && (
        <li title={formatExactBytes(unreachable.bytes)}>
          {t('overview.unreachable', {
            count: unreachable.objects,
            formatted: formatCount(unreachable.objects),
            size: formatBytes(unreachable.bytes),
          })}
        </li>
      )}
      <li>
        {ownPackages.length > 0
          ? t('overview.ownPackages', { names: ownPackages.join(', ') })
          : t('overview.noOwnPackages')}
      </li>
    </ul>
  )
}
