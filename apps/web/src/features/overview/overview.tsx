/** What fills this heap? Totals, the biggest objects as a picture and as a list, classes, GC roots, notes: on one screen. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { dominatorsPlace, histogramPlace, objectsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { ErrorState, Waiting, problemText } from '../../widgets/states.tsx'
import table from '../../widgets/table.module.css'
import { HeapFacts } from './heap-facts.tsx'
import { BiggestPicture } from './biggest-picture.tsx'
import styles from './overview.module.css'

const OBJECTS_LISTED = 10
const CLASSES_LISTED = 10

type OverviewPlace = PlaceOf<'overview'>

export function Overview({ place }: { place: OverviewPlace }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(heapSummaryQuery(place.artifactId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return (
    <div className={styles['overview']}>
      <h1 className="visually-hidden">{t('view.overview')}</h1>
      {data.partial !== null && (
        <p className={styles['partial']} role="note">
          {problemText(t, data.partial)}
        </p>
      )}
      <div className={styles['side']}>
        <section>
          <h2>{t('overview.facts')}</h2>
          <HeapFacts summary={data} />
        </section>
        <section>
          <h2>{t('overview.roots')}</h2>
          <Roots summary={data} />
        </section>
        <section>
          <h2>{t('overview.notes')}</h2>
          <Notes summary={data} />
        </section>
      </div>
      <section className={styles['picture']}>
        <h2>
          {t('overview.picture')}
          <PlaceLink to={dominatorsPlace(place)}>{t('view.dominators')}</PlaceLink>
        </h2>
        <BiggestPicture place={place} summary={data} />
      </section>
      <section className={styles['objects']}>
        <h2>{t('overview.biggestObjects')}</h2>
        <BiggestObjects place={place} summary={data} />
      </section>
      <section className={styles['classes']}>
        <h2>
          {t('overview.biggestClasses')}
          <PlaceLink to={histogramPlace(place)}>{t('view.histogram')}</PlaceLink>
        </h2>
        <BiggestClasses place={place} summary={data} />
      </section>
    </div>
  )
}

interface PartProps {
  readonly place: OverviewPlace
  readonly summary: HeapSummary
}

function BiggestObjects({ place, summary }: PartProps) {
  const { t } = useTranslation()
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('overview.biggestObjects')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('column.object')}</th>
          <th scope="col">{t('column.retained')}</th>
          <th scope="col">{t('column.share')}</th>
        </tr>
      </thead>
      <tbody>
        {summary.biggestObjects.slice(0, OBJECTS_LISTED).map((object) => (
          <tr key={object.id}>
            <td className={styles['labelCell']}>
              <PlaceLink to={dominatorsPlace({ ...place, objectId: object.id })} className={styles['rowLink']}>
                <ObjectLabel object={object} />
              </PlaceLink>
            </td>
            <td className={table['numeric']}>
              <Size bytes={object.retained} />
            </td>
            <td className={styles['shareCell']}>
              <ShareBar part={object.retained} whole={summary.usedHeap} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function BiggestClasses({ place, summary }: PartProps) {
  const { t } = useTranslation()
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('overview.biggestClasses')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('column.class')}</th>
          <th scope="col">{t('column.objects')}</th>
          <th scope="col">{t('column.retained')}</th>
          <th scope="col">{t('column.share')}</th>
        </tr>
      </thead>
      <tbody>
        {summary.biggestClasses.slice(0, CLASSES_LISTED).map((row) => (
          <tr key={row.classId}>
            <td className={styles['labelCell']}>
              <PlaceLink to={objectsPlace(place, row.classId)} className={styles['rowLink']}>
                <ClassName name={row.className} />
              </PlaceLink>
            </td>
            <td className={table['numeric']}>{formatCount(row.objects)}</td>
            <td className={table['numeric']}>
              <Size bytes={row.retained} />
            </td>
            <td className={styles['shareCell']}>
              <ShareBar part={row.retained} whole={summary.usedHeap} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Roots({ summary }: { summary: HeapSummary }) {
  return (
    <Facts>
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
        <li key={note}>{note}</li>
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
