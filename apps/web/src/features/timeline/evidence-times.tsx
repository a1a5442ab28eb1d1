/** When each piece of evidence was taken, and how that is known: the axis as a table. */
import { useTranslation } from 'react-i18next'
import type { Timeline, TimelineItem } from '@heaptrail/api/timeline'
import { formatCount } from '../../format/count.ts'
import { formatDuration } from '../../format/time.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { evidencePlace } from '../../widgets/evidence-places.ts'
import { PlacedTimeText, TimeBasisText } from '../../widgets/placed-time.tsx'
import { ReadingButton } from '../../widgets/reading-form.tsx'
import table from '../../widgets/table.module.css'
import styles from './timeline.module.css'

export function EvidenceTimes({ caseId, timeline }: { caseId: string; timeline: Timeline }) {
  const { t } = useTranslation()
  return (
    <table className={`${table['table']} ${styles['times']}`}>
      <caption className="visually-hidden">{t('timeline.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('case.column.name')}</th>
          <th scope="col">{t('case.column.kind')}</th>
          <th scope="col">{t('timeline.column.time')}</th>
          <th scope="col">{t('timeline.column.lasts')}</th>
          <th scope="col">{t('timeline.column.known')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('case.column.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {timeline.items.map((item) => (
          <tr key={`${item.artifactId} ${item.part}`}>
            <td>
              <PlaceLink to={evidencePlace(caseId, item)}>{item.name}</PlaceLink>
            </td>
            <td>
              {t(`kind.${item.kind}`)}
              {item.kind === 'jstat-log' &&
                ` (-${item.option}, ${t('gc.status.rows', { count: item.rows, formatted: formatCount(item.rows) })})`}
            </td>
            <td>
              <PlacedTimeText time={item.time} />
            </td>
            <td>{lasts(item)}</td>
            <td>
              <TimeBasisText time={item.time} />
            </td>
            <td>
              {item.kind !== 'heap-dump' && (
                <ReadingButton part={{ caseId, artifactId: item.artifactId, part: item.part }}>
                  {t('timeline.set')}
                </ReadingButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function lasts({ time }: TimelineItem): string {
  return time.to > time.from ? formatDuration((time.to - time.from) / 1000) : '–'
}
