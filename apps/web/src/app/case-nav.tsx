/** What this case holds, and the views of it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { type Analysed, withAnalyses } from '../server/analyses.ts'
import { caseQuery, isReady } from '../server/cases.ts'
import { PlaceLink } from '../url/navigation.tsx'
import { optionsText } from '../widgets/analysis-options-text.ts'
import { classGrowthPlace, classHistogramPlace, gcPlace, timelinePlace, topPlace } from '../widgets/evidence-places.ts'
import {
  comparePlace,
  dominatorsPlace,
  histogramPlace,
  overviewPlace,
  suspectsPlace,
} from '../widgets/object-places.ts'
import styles from './case-nav.module.css'

export function CaseNav({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { data } = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined })
  const ready = data?.artifacts.filter(isReady) ?? []
  const [first, second] = ready.filter(({ kind }) => kind === 'heap-dump')
  return (
    <nav className={styles['nav']} aria-label={t('shell.contents')}>
      <NavLink to={{ kind: 'home' }} current={place.kind === 'home'}>
        {t('shell.allCases')}
      </NavLink>
      {caseId !== undefined && (
        <NavLink to={{ kind: 'case', caseId }} current={place.kind === 'case'}>
          {t('view.case')}
        </NavLink>
      )}
      {caseId !== undefined && ready.length > 0 && (
        <NavLink to={timelinePlace({ caseId })} current={place.kind === 'timeline'}>
          {t('view.timeline')}
        </NavLink>
      )}
      {caseId !== undefined && ready.filter(({ kind }) => kind === 'class-histogram').length > 1 && (
        <NavLink to={classGrowthPlace({ caseId })} current={place.kind === 'class-growth'}>
          {t('view.class-growth')}
        </NavLink>
      )}
      {caseId !== undefined && first !== undefined && second !== undefined && (
        <NavLink to={comparePlace(caseId, first.id, second.id)} current={place.kind === 'compare'}>
          {t('view.compare')}
        </NavLink>
      )}
      {withAnalyses(data?.artifacts ?? [])
        .filter(isReady)
        .map((artifact) => (
          <ArtifactLinks key={artifact.id} artifact={artifact} place={place} />
        ))}
    </nav>
  )
}

function ArtifactLinks({ artifact, place }: { artifact: Analysed; place: Place | NoPlace }) {
  const { t } = useTranslation()
  const ref = { caseId: artifact.caseId, artifactId: artifact.id }
  const here = 'artifactId' in place && place.artifactId === artifact.id ? place.kind : undefined
  if (artifact.kind === 'unknown') return undefined
  return (
    <div className={styles['group']}>
      <h2 className={styles['name']} title={artifact.name}>
        {artifact.name}
        {artifact.options !== undefined && (
          <span className={styles['options']}>{optionsText(t, artifact.options)}</span>
        )}
      </h2>
      {artifact.kind === 'jstat-log' && (
        <NavLink to={gcPlace(ref)} current={here === 'gc'}>
          {t('view.gc')}
        </NavLink>
      )}
      {artifact.kind === 'class-histogram' && (
        <NavLink to={classHistogramPlace(ref)} current={here === 'class-histogram' || here === 'beside-dump'}>
          {t('view.class-histogram')}
        </NavLink>
      )}
      {artifact.kind === 'top-output' && (
        <NavLink to={topPlace(ref)} current={here === 'top'}>
          {t('view.top')}
        </NavLink>
      )}
      {artifact.kind === 'heap-dump' && (
        <>
          <NavLink to={overviewPlace(ref)} current={here === 'overview'}>
            {t('view.overview')}
          </NavLink>
          <NavLink to={suspectsPlace(ref)} current={here === 'suspects'}>
            {t('view.suspects')}
          </NavLink>
          <NavLink to={histogramPlace(ref)} current={here === 'histogram' || here === 'objects'}>
            {t('view.histogram')}
          </NavLink>
          <NavLink to={dominatorsPlace(ref)} current={here === 'dominators'}>
            {t('view.dominators')}
          </NavLink>
        </>
      )}
    </div>
  )
}

function NavLink({ to, current, children }: { to: Place; current: boolean; children: string }) {
  return (
    <PlaceLink to={to} className={styles['link']} aria-current={current ? 'page' : undefined}>
      {children}
    </PlaceLink>
  )
}
