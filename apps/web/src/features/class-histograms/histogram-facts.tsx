/** When a histogram was taken and what it counts, what it lacks, and what it can be put beside. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ClassHistogramFacts } from '@heaptrail/api/class-histograms'
import { timelineQuery } from '../../server/evidence.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { besideDumpPlace, classGrowthPlace } from '../../widgets/evidence-places.ts'
import { PlacedTimeText } from '../../widgets/placed-time.tsx'
import styles from './class-histograms.module.css'

interface HistogramFactsProps {
  readonly place: PlaceOf<'class-histogram'>
  readonly facts: ClassHistogramFacts
}

export function HistogramFacts({ place, facts }: HistogramFactsProps) {
  const { t } = useTranslation()
  const { data } = useQuery(timelineQuery(place.caseId))
  const histograms = data?.items.filter(({ kind }) => kind === 'class-histogram').length ?? 0
  const dumps = data?.items.filter(({ kind }) => kind === 'heap-dump') ?? []
  return (
    <div className={styles['facts']}>
      <p>
        <PlacedTimeText time={facts.time} /> · {t(`histo.counted.${facts.counted}`)}
        {facts.pid !== null && ` · ${t('histo.pid', { pid: facts.pid })}`}
      </p>
      {facts.completeness !== 'complete' && (
        <p className={styles['warning']}>{t(`histo.completeness.${facts.completeness}`)}</p>
      )}
      <p className={styles['links']}>
        {histograms > 1 && (
          <PlaceLink to={classGrowthPlace(place)}>{t('histo.toGrowth', { count: histograms })}</PlaceLink>
        )}
        {dumps.map(({ artifactId, name }) => (
          <PlaceLink key={artifactId} to={besideDumpPlace(place, artifactId)}>
            {t('histo.toDump', { name })}
          </PlaceLink>
        ))}
      </p>
    </div>
  )
}
