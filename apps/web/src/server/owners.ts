/** What the view of owners asks. */
import { Owners } from '@heaptrail/api/heap-owners'
import type { OwnersPlace } from '@heaptrail/api/place-owners'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { KEEP, artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

export const ownersQuery = (
  { artifactId, classId, by, filter }: Pick<OwnersPlace, 'artifactId' | 'classId' | 'by' | 'filter'>,
  offset: number,
  limit: number,
) => {
  const query = { classId, by, filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'owners', query],
    queryFn: ({ signal }) => request(Owners, withQuery(fillRoute('owners', { artifactId }), query), { signal }),
    ...KEEP,
  })
}
