/** A view of a heap dump whose analysis still waits or runs shows how far that is, and what is known already. */
import { useQuery } from '@tanstack/react-query'
import { Suspense, lazy, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { withAnalyses } from '../server/analyses.ts'
import { caseQuery, isUnderWay } from '../server/cases.ts'
import type { HeapPlace } from '../url/place-of.ts'
import { stateText, timeLeft } from '../widgets/artifact-state.tsx'
import { Waiting } from '../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../widgets/view-head.tsx'
import styles from './heap-gate.module.css'

const EarlyHistogram = lazy(async () => ({ default: (await import('../widgets/early-histogram.tsx')).EarlyHistogram }))

const CLASSES_SHOWN = 200

export function HeapGate({ place, children }: { place: HeapPlace; children: ReactNode }) {
  const { t } = useTranslation()
  const { data } = useQuery(caseQuery(place.caseId))
  const analysed = withAnalyses(data?.artifacts ?? []).find(({ id }) => id === place.artifactId)
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
