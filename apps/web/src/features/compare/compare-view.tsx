/** Two dumps beside each other: what became of each suspect, and what grew. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Comparison } from '@heaptrail/api/compare'
import { identityText } from '@heaptrail/api/finding-texts/compare-text'
import { fillRoute } from '@heaptrail/api/routes'
import { formatBytes } from '../../format/bytes.ts'
import { caseQuery, isReady } from '../../server/cases.ts'
import { comparisonQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { languageOf } from '../../widgets/finding-cards.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { ChangeTable } from './change-table.tsx'
import { ComparedCard } from './compared-card.tsx'
import styles from './compare.module.css'

type ComparePlace = PlaceOf<'compare'>

export function CompareView({ place }: { place: ComparePlace }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(comparisonQuery(place.before, place.after))
  return (
    <>
      <ViewHead title={t('view.compare')}>
        <Dumps place={place} />
        <Exports place={place} />
        {data !== undefined && (
          <ViewFacts>
            {t('compare.used', { before: formatBytes(data.before.usedHeap), after: formatBytes(data.after.usedHeap) })}
          </ViewFacts>
        )}
      </ViewHead>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting what={t('compare.waiting')} />}
      {data !== undefined && <Compared place={place} comparison={data} />}
    </>
  )
}

function Compared({ place, comparison }: { place: ComparePlace; comparison: Comparison }) {
  const { t, i18n } = useTranslation()
  const { identity, suspects, classes, packages, loaders } = comparison
  return (
    <div className={styles['page']}>
      <section aria-label={t('compare.suspects')} className={styles['suspects']}>
        {suspects.length === 0 && <p>{t('compare.noSuspects')}</p>}
        {suspects.map((suspect) => (
          <ComparedCard key={suspect.signature} suspect={suspect} place={place} />
        ))}
      </section>
      <p className={styles['identity']}>{identityText(identity, languageOf(i18n.language))}</p>
      <ChangeTable title={t('compare.classes')} rows={classes} by="retained" place={place} />
      <ChangeTable title={t('compare.packages')} rows={packages} by="shallow" />
      <ChangeTable title={t('compare.loaders')} rows={loaders} by="shallow" />
    </div>
  )
}

function Dumps({ place }: { place: ComparePlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { data } = useQuery(caseQuery(place.caseId))
  const dumps = (data?.artifacts ?? []).filter((artifact) => isReady(artifact) && artifact.kind === 'heap-dump')
  const options = dumps.map(({ id, name, archive }) => ({
    value: id,
    label: archive === null ? name : `${name} (${archive})`,
  }))
  return (
    <div className={styles['dumps']}>
      <NativeSelect
        aria-label={t('compare.before')}
        data={options}
        value={place.before}
        onChange={(event) => replace({ ...place, before: event.currentTarget.value })}
      />
      <span aria-hidden>→</span>
      <NativeSelect
        aria-label={t('compare.after')}
        data={options}
        value={place.after}
        onChange={(event) => replace({ ...place, after: event.currentTarget.value })}
      />
      <button
        type="button"
        className="link"
        onClick={() => replace({ ...place, before: place.after, after: place.before })}
      >
        {t('compare.swap')}
      </button>
    </div>
  )
}

function Exports({ place: { before, after } }: { place: ComparePlace }) {
  const { t, i18n } = useTranslation()
  const ids = { artifactId: before, otherId: after }
  return (
    <span className={styles['exports']}>
      <a href={fillRoute('comparisonCsv', ids)} download>
        {t('compare.csv')}
      </a>
      <a href={`${fillRoute('comparisonPage', ids)}?language=${languageOf(i18n.language)}`} download>
        {t('compare.html')}
      </a>
    </span>
  )
}
