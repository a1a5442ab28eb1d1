/** Whether the case on the screen is the demo, which the guide knows its way through. */
import { useQuery } from '@tanstack/react-query'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { caseQuery } from '../../server/cases.ts'

export function useIsDemo(place: Place | NoPlace): boolean {
  const caseId = 'caseId' in place ? place.caseId : undefined
  return useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined }).data?.demo === true
}
