/** Places that are too long for a URL are kept by the server under the hash of their content. */
import { ROUTES, fillRoute } from '@heaptrail/api/routes'
import { StoredView, StoredViewId } from '@heaptrail/api/views'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

export async function storeView(place: string): Promise<string> {
  const stored = await request(StoredViewId, ROUTES.views, { method: 'POST', body: { place } })
  return stored.viewId
}

export const viewQuery = (viewId: string) =>
  queryOptions({
    queryKey: ['view', viewId],
    queryFn: ({ signal }) => request(StoredView, fillRoute('view', { viewId }), { signal }),
    staleTime: Infinity,
  })
