/** What the GC chart asks of a jstat log. */
import { JstatRows, JstatSeries, JstatSummary } from '@heaptrail/api/jstat'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

/** In units of the log's axis; absent: everything. */
export interface Span {
  readonly from: number | undefined
  readonly to: number | undefined
}

export const jstatSummaryQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'jstat'],
    queryFn: ({ signal }) => request(JstatSummary, fillRoute('jstatSummary', { artifactId }), { signal }),
    ...KEEP,
  })

export const jstatSeriesQuery = (artifactId: string, { from, to }: Span, points: number) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'jstat-series', from, to, points],
    queryFn: ({ signal }) =>
      request(JstatSeries, withQuery(fillRoute('jstatSeries', { artifactId }), { from, to, points }), { signal }),
    ...KEEP,
  })

export const jstatRowsQuery = (artifactId: string, { from, to }: Span, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'jstat-rows', from, to, offset, limit],
    queryFn: ({ signal }) =>
      request(JstatRows, withQuery(fillRoute('jstatRows', { artifactId }), { from, to, offset, limit }), { signal }),
    ...KEEP,
  })
