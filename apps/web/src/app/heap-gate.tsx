/** A view of a heap dump whose analysis still waits or runs shows how far that is, and what is known already. */
import type { Artifact } from '@heaptrail/api/cases'
import { parseHeapRef } from '@heaptrail/api/heap-ref'
import { useQuery } from '@tanstack/react-query'
import { Suspense, lazy, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { withAnalyses } from '../server/analyses.ts'
import { caseQuery, isUnderWay } from '../server/cases.ts'
import { PlaceLink } from '../url/navigation.tsx'
import type { HeapPlace } from '../url/place-of.ts'
import { stateText, timeLeft } from '../widgets/artifact-state.tsx'
import { optionsText } from '../widgets/analysis-options-text.ts'
import { EmptyState, Waiting } from '../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../widgets/view-head.tsx'
import styles from './heap-gate.module.css'

const EarlyHistogram = lazy(async () => ({ default: (await import('../widgets/early-histogram.tsx')).EarlyHistogram }))

const CLASSES_SHOWN = 200

export function HeapGate({ place, children }: { place: HeapPlace; children: ReactNode }) {
  const { t } = useTranslation()
  const { data, isFetching } = useQuery(caseQuery(place.caseId))
  const analysed = withAnalyses(data?.artifacts ?? []).find(({ id }) => id === place.artifactId)
  // What is known of the case may be older than the link.
  if (data !== undefined && !isFetching && analysed === undefined)
    return <Gone place={place} artifacts={data.artifacts} />
  if (analysed === undefined || !isUnderWay(analysed)) return children
  const left = timeLeft(t, analysed)
  return (
    <>
      <ViewHead title={t(`view.${place.kind}`)}>
        <ViewFacts>
          {stateText(t, analysed)}
          {left !== '' && ` · ${left}`}
        </ViewFacts>
      </ViewHead>
      <div className={styles['gate']}>
        <p className={styles['hint']}>{t('early.underWay')}</p>
        <Suspense fallback={<Waiting />}>
          <EarlyHistogram source={{ kind: 'artifact', id: analysed.id }} name={analysed.name} limit={CLASSES_SHOWN} />
        </Suspense>
      </div>
    </>
  )
}

/** The dump, or this analysis of it, was deleted; what is left is one click away. */
function Gone({ place, artifacts }: { place: HeapPlace; artifacts: readonly Artifact[] }) {
  const { t } = useTranslation()
  const { artifactId, options } = parseHeapRef(place.artifactId)
  const dump = artifacts.find(({ id }) => id === artifactId)
  return (
    <div role="alert">
      <EmptyState whole title={t('error.title.notFound')}>
        <p>
          {dump === undefined
            ? t('gone.dump')
            : t('gone.analysis', { name: dump.name, options: optionsText(t, options) })}
        </p>
        <p>
          {dump !== undefined && <PlaceLink to={{ ...place, artifactId }}>{t('gone.usual')}</PlaceLink>}{' '}
          <PlaceLink to={{ kind: 'case', caseId: place.caseId }}>{t('gone.case')}</PlaceLink>
        </p>
      </EmptyState>
    </div>
  )
}
