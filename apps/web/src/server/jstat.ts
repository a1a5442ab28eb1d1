/** What charts and tables ask of the logs of a jstat text. */
import { JstatRows, JstatSeries, JstatSummary, type JstatAxis } from '@heaptrail/api/jstat'
import { fillRoute } from '@heaptrail/api/routes'
import type { PartOf } from '@heaptrail/api/text-parts'
import { queryOptions } from '@tanstack/react-query'
import { TEXT } from './evidence.ts'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

/** In units of the axis; absent: everything. */
export interface Span {
  readonly from: number | undefined
  readonly to: number | undefined
}

/** A window of a log on one of its axes. */
interface LogWindow extends Span {
  readonly axis: JstatAxis
}

export const jstatSummaryQuery = ({ artifactId, part }: PartOf) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'jstat', part],
    queryFn: ({ signal }) =>
      request(JstatSummary, withQuery(fillRoute('jstatSummary', { artifactId }), { part }), { signal }),
    ...KEEP,
  })

export const jstatSeriesQuery = (
  { artifactId, part }: PartOf,
  { axis, from, to }: LogWindow,
  { points, intervals }: { points: number; intervals: number },
) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'jstat-series', part, axis, from, to, points, intervals],
    queryFn: ({ signal }) => {
      const query = { part, axis, from, to, points, intervals }
      return request(JstatSeries, withQuery(fillRoute('jstatSeries', { artifactId }), query), { signal })
    },
    ...KEEP,
  })

export const jstatRowsQuery = (
  { artifactId, part }: PartOf,
  { axis, from, to }: LogWindow,
  offset: number,
  limit: number,
) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'jstat-rows', part, axis, from, to, offset, limit],
    queryFn: ({ signal }) => {
      const query = { part, axis, from, to, offset, limit }
      return request(JstatRows, withQuery(fillRoute('jstatRows', { artifactId }), query), { signal })
    },
    ...KEEP,
  })

/** Where the browser gets the rows of a window as a file. */
export function jstatCsvUrl({ artifactId, part }: PartOf, { axis, from, to }: LogWindow): string {
  return withQuery(fillRoute('jstatCsv', { artifactId }), { part, axis, from, to })
}
