/** A view in words: its name, and the evidence that it is about. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { withAnalyses } from '../server/analyses.ts'
import { caseQuery } from '../server/cases.ts'

/** `Histogram · fetch.bin · PoolArena`; the product's name where there is no case. */
export function useViewTitle(place: Place | NoPlace): string {
  const { t } = useTranslation()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { data } = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined })
  if (place.kind === 'no-place' || place.kind === 'home') return 'Heaptrail'
  const artifact =
    'artifactId' in place ? withAnalyses(data?.artifacts ?? []).find(({ id }) => id === place.artifactId) : undefined
  const object = 'objectId' in place ? place.objectId : ''
  const filter = 'filter' in place ? place.filter : ''
  const about = artifact?.name ?? data?.title ?? ''
  return [t(`view.${place.kind}`), object, filter, about].filter((part) => part !== '').join(' · ')
}
