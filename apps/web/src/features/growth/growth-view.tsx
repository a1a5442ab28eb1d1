/** All heap dumps of a case in the order in which they were taken: what suspects and classes held in each. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HeapGrowth } from '@heaptrail/api/heap-growth'
import type { GrowthSubject } from '@heaptrail/api/place-growth'
import { fillRoute } from '@heaptrail/api/routes'
import { caseQuery, isReady } from '../../server/cases.ts'
import { heapGrowthQuery } from '../../server/heap-growth.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { FilterField } from '../../widgets/filter-field.tsx'
import { comparePlace } from '../../widgets/object-places.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { GrowthChart } from './growth-chart.tsx'
import { GrowthTable } from './growth-table.tsx'
import { rowsOf } from './growth-rows.ts'
import styles from './growth.module.css'

export type GrowthPlace = PlaceOf<'heap-growth'>

export function GrowthView({ place }: { place: GrowthPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { data: of } = useQuery(caseQuery(place.caseId))
  const dumps = (of?.artifacts ?? []).filter((artifact) => isReady(artifact) && artifact.kind === 'heap-dump')
  const ids = dumps.map(({ id }) => id)
  const { data, error, refetch } = useQuery(heapGrowthQuery(place.caseId, ids))
  const tooFew = of !== undefined && ids.length < 2
  return (
    <>
      <ViewHead title={t('view.heap-growth')}>
        <FilterField
          value={place.filter}
          label={t('heapGrowth.filter')}
          hint={t('heapGrowth.filterHint')}
          onChange={(filter) => replace({ ...place, filter })}
        />
        {data !== undefined && (
          <>
            <a href={fillRoute('heapGrowthCsv', { caseId: place.caseId })} download>
              {t('compare.csv')}
            </a>
            <ViewFacts>{t('heapGrowth.dumps', { count: data.dumps.length })}</ViewFacts>
          </>
        )}
      </ViewHead>
      {tooFew && <EmptyState title={t('heapGrowth.tooFew')}>{t('heapGrowth.tooFewHint')}</EmptyState>}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {!tooFew && error === null && data === undefined && <Waiting what={t('heapGrowth.waiting')} />}
      {data !== undefined && <Grown place={place} growth={data} />}
    </>
  )
}

function Grown({ place, growth }: { place: GrowthPlace; growth: HeapGrowth }) {
  const { t } = useTranslation()
  const { dumps, signatures, pending } = growth
  const subject: GrowthSubject = place.subject ?? (signatures.length > 0 ? 'suspects' : 'classes')
  const isGuessed = dumps.some(({ time }) => time.source === 'guessed')
  const [first, last] = [dumps[0], dumps.at(-1)]
  return (
    <div className={styles['page']}>
      <p className={styles['hint']}>
        {isGuessed ? t('heapGrowth.guessed') : t('heapGrowth.known')}{' '}
        {pending.length > 0 && `${t('heapGrowth.pending', { count: pending.length })} `}
        {first !== undefined && last !== undefined && (
          <PlaceLink to={comparePlace(place.caseId, first.artifactId, last.artifactId)}>
            {t('heapGrowth.compare')}
          </PlaceLink>
        )}
      </p>
      <Choices place={place} subject={subject} />
      <GrowthChart growth={growth} rows={rowsOf(growth, subject, place)} figure={figureOf(place, subject)} />
      <GrowthTable place={place} growth={growth} subject="suspects" />
      <GrowthTable place={place} growth={growth} subject="classes" />
    </div>
  )
}

/** Of suspects only what they retain is told. */
function figureOf({ figure }: GrowthPlace, subject: GrowthSubject): GrowthPlace['figure'] {
  return subject === 'suspects' ? 'retained' : figure
}

function Choices({ place, subject }: { place: GrowthPlace; subject: GrowthSubject }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  return (
    <div className={styles['choices']}>
      <SegmentedControl
        size="xs"
        aria-label={t('heapGrowth.subject')}
        data={[
          { value: 'suspects', label: t('heapGrowth.suspects') },
          { value: 'classes', label: t('heapGrowth.classes') },
        ]}
        value={subject}
        onChange={(value) => replace({ ...place, subject: value === 'classes' ? 'classes' : 'suspects' })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('heapGrowth.figure')}
        data={[
          { value: 'retained', label: t('heapGrowth.retained') },
          { value: 'objects', label: t('heapGrowth.objects') },
        ]}
        value={place.figure}
        onChange={(value) => replace({ ...place, figure: value === 'objects' ? 'objects' : 'retained' })}
      />
    </div>
  )
}
