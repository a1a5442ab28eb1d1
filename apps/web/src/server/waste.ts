/** What the view of waste asks. A snapshot never changes, so an answer stays good. */
import { DuplicateStrings, FillByClass, FillByHolder, SurplusHolders, type FillOf } from '@heaptrail/api/heap-waste'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { KEEP, artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

interface Asked {
  readonly artifactId: string
  readonly filter: string
}

export const duplicateStringsQuery = ({ artifactId, filter }: Asked, offset: number, limit: number) => {
  const query = { filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'waste', 'strings', query],
    queryFn: ({ signal }) =>
      request(DuplicateStrings, withQuery(fillRoute('duplicateStrings', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const surplusHoldersQuery = ({ artifactId, filter }: Asked, offset: number, limit: number) => {
  const query = { filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'waste', 'string-holders', query],
    queryFn: ({ signal }) =>
      request(SurplusHolders, withQuery(fillRoute('surplusHolders', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const fillByClassQuery = (of: FillOf, { artifactId, filter }: Asked, offset: number, limit: number) => {
  const query = { filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'waste', of, query],
    queryFn: ({ signal }) =>
      request(FillByClass, withQuery(fillRoute('fillByClass', { artifactId, of }), query), { signal }),
    ...KEEP,
  })
}

export const fillByHolderQuery = (of: FillOf, { artifactId, filter }: Asked, offset: number, limit: number) => {
  const query = { filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'waste', `${of}-holders`, query],
    queryFn: ({ signal }) =>
      request(FillByHolder, withQuery(fillRoute('fillByHolder', { artifactId, of }), query), { signal }),
    ...KEEP,
  })
}
