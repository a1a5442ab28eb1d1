/** What the views of a heap dump ask. A snapshot never changes, so an answer stays good. */
import { Comparison } from '@heaptrail/api/compare'
import {
  Fields,
  HeapSummary,
  Histogram,
  ObjectDetail,
  ObjectsOfClass,
  type ObjectsOfClassQuery,
  Paths,
  References,
  type HistogramFilters,
  type HistogramSort,
  type ReferenceDirection,
  type ReferenceStrength,
} from '@heaptrail/api/heap'
import { HeapFindings } from '@heaptrail/api/heap-findings'
import type { Order } from '@heaptrail/api/page'
import { CutAnswer } from '@heaptrail/api/what-if'
import { ClassDetail } from '@heaptrail/api/heap-class'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { request, withQuery } from './request.ts'

export const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

/** Everything that was asked of one artifact lies under this key. */
export const artifactKey = (artifactId: string) => ['artifact', artifactId] as const

export const heapSummaryQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'summary'],
    queryFn: ({ signal }) => request(HeapSummary, fillRoute('heapSummary', { artifactId }), { signal }),
    ...KEEP,
  })

export const whatIfQuery = (artifactId: string, source: string, target: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'what-if', source, target],
    queryFn: ({ signal }) =>
      request(CutAnswer, withQuery(fillRoute('whatIfCut', { artifactId }), { source, target }), { signal }),
    ...KEEP,
  })

export const comparisonQuery = (before: string, after: string) =>
  queryOptions({
    queryKey: [...artifactKey(before), 'compare', after],
    queryFn: ({ signal }) =>
      request(Comparison, fillRoute('comparison', { artifactId: before, otherId: after }), { signal }),
    ...KEEP,
  })

export const suspectsQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'suspects'],
    queryFn: ({ signal }) => request(HeapFindings, fillRoute('heapSuspects', { artifactId }), { signal }),
    ...KEEP,
  })

export interface HistogramView extends Partial<HistogramFilters> {
  readonly sort: HistogramSort
  readonly order: Order
}
/** What a histogram is sorted and filtered by, and nothing else of a place. */
export function histogramWords({ sort, order, filter, objects, shallow, retained }: HistogramView) {
  return { sort, order, filter, objects, shallow, retained }
}

export const histogramQuery = (artifactId: string, view: HistogramView, offset: number, limit: number) => {
  const query = { ...histogramWords(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'histogram', query],
    queryFn: ({ signal }) => request(Histogram, withQuery(fillRoute('histogram', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

/** @param query its filter is a condition on fields; empty: none */
export const objectsOfClassQuery = (artifactId: string, query: ObjectsOfClassQuery) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'objects', query],
    queryFn: ({ signal }) =>
      request(ObjectsOfClass, withQuery(fillRoute('objectsOfClass', { artifactId }), { ...query }), { signal }),
    ...KEEP,
  })

export const classQuery = (artifactId: string, classId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'class', classId],
    queryFn: ({ signal }) => request(ClassDetail, fillRoute('classDetail', { artifactId, classId }), { signal }),
    ...KEEP,
  })

export const objectQuery = (artifactId: string, objectId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'object', objectId],
    queryFn: ({ signal }) => request(ObjectDetail, fillRoute('object', { artifactId, objectId }), { signal }),
    ...KEEP,
  })

export const fieldsQuery = (artifactId: string, objectId: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'fields', objectId, offset, limit],
    queryFn: ({ signal }) =>
      request(Fields, withQuery(fillRoute('fields', { artifactId, objectId }), { offset, limit }), { signal }),
    ...KEEP,
  })

export const referencesQuery = (
  artifactId: string,
  objectId: string,
  direction: ReferenceDirection,
  offset: number,
  limit: number,
) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'references', objectId, direction, offset, limit],
    queryFn: ({ signal }) =>
      request(References, withQuery(fillRoute('references', { artifactId, objectId, direction }), { offset, limit }), {
        signal,
      }),
    ...KEEP,
  })

export const pathsQuery = (
  artifactId: string,
  objectId: string,
  { exclude, without }: { readonly exclude: readonly ReferenceStrength[]; readonly without: readonly string[] },
  offset: number,
  limit: number,
) => {
  const query = { exclude: exclude.join(','), without: without.join(','), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'paths', objectId, query],
    queryFn: ({ signal }) => request(Paths, withQuery(fillRoute('paths', { artifactId, objectId }), query), { signal }),
    ...KEEP,
  })
}
