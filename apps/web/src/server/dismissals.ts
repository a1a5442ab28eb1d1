/** Findings of a case that somebody thinks are none. */
import { Dismissals, type NewDismissal } from '@heaptrail/api/dismissals'
import { fillRoute } from '@heaptrail/api/routes'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** Below the key of the case, so that whatever changes in it asks for these again. */
export const dismissalsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'dismissals'],
    queryFn: ({ signal }) => request(Dismissals, fillRoute('dismissals', { caseId }), { signal }),
  })

export async function dismiss(queryClient: QueryClient, caseId: string, body: NewDismissal): Promise<void> {
  const all = await request(Dismissals, fillRoute('dismissals', { caseId }), { method: 'POST', body })
  queryClient.setQueryData(dismissalsQuery(caseId).queryKey, all)
}

export async function takeBack(queryClient: QueryClient, caseId: string, dismissalId: string): Promise<void> {
  const all = await request(Dismissals, fillRoute('dismissal', { caseId, dismissalId }), { method: 'DELETE' })
  queryClient.setQueryData(dismissalsQuery(caseId).queryKey, all)
}
