/** What the histogram in groups asks. */
import { HistogramGroups, type HistogramGrouping } from '@heaptrail/api/heap-histogram'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { KEEP, artifactKey, histogramWords, type HistogramView } from './heap.ts'
import { request, withQuery } from './request.ts'

/** Rows of one level that are asked for; nobody reads more. */
export const LEVEL_ROWS = 1000

/** @param parent key of the row above; undefined: the topmost rows */
export const histogramGroupsQuery = (
  artifactId: string,
  group: HistogramGrouping,
  view: HistogramView,
  parent: string | undefined,
) => {
  const query = { group, parent, ...histogramWords(view), limit: LEVEL_ROWS }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'histogram-groups', query],
    queryFn: ({ signal }) =>
      request(HistogramGroups, withQuery(fillRoute('histogramGroups', { artifactId }), query), { signal }),
    ...KEEP,
  })
}
