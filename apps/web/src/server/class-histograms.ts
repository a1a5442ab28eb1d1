/** What tables of class histograms ask. */
import {
  BesideDump,
  ClassGrowth,
  ClassHistogramPage,
  ClassHistograms,
  ClassInDumps,
} from '@heaptrail/api/class-histograms'
import type { BesideDumpPlace, ClassGrowthPlace, ClassHistogramPlace } from '@heaptrail/api/place-evidence'
import { fillRoute } from '@heaptrail/api/routes'
import { printParts } from '@heaptrail/api/text-parts'
import { queryOptions } from '@tanstack/react-query'
import { TEXT } from './evidence.ts'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

export const classHistogramsQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'histograms'],
    queryFn: ({ signal }) => request(ClassHistograms, fillRoute('classHistograms', { artifactId }), { signal }),
    ...KEEP,
  })

export const classHistogramQuery = (place: ClassHistogramPlace, offset: number, limit: number) => {
  const { artifactId, part, group, sort, order, filter } = place
  const query = { group, sort, order, filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'histogram', part, query],
    queryFn: ({ signal }) => {
      const path = fillRoute('classHistogram', { artifactId, part: String(part) })
      return request(ClassHistogramPage, withQuery(path, query), { signal })
    },
    ...KEEP,
  })
}

export const classGrowthQuery = (place: ClassGrowthPlace, offset: number, limit: number) => {
  const { caseId, histograms, group, sort, order, ownFirst, filter } = place
  const query = {
    histograms: printParts(histograms),
    group,
    sort,
    order,
    ownFirst: String(ownFirst),
    filter,
    offset,
    limit,
  }
  return queryOptions({
    queryKey: ['case', caseId, 'class-growth', query],
    queryFn: ({ signal }) => request(ClassGrowth, withQuery(fillRoute('classGrowth', { caseId }), query), { signal }),
  })
}

export const besideDumpQuery = (place: BesideDumpPlace, offset: number, limit: number) => {
  const { caseId, artifactId, part, dump, sort, order, filter } = place
  const query = { histogram: printParts([{ artifactId, part }]), dump, sort, order, filter, offset, limit }
  return queryOptions({
    queryKey: ['case', caseId, 'beside-dump', query],
    queryFn: ({ signal }) =>
      request(BesideDump, withQuery(fillRoute('histogramBesideDump', { caseId }), query), { signal }),
  })
}

/** The class of a text in the heap dumps of its case. */
export const classInDumpsQuery = (caseId: string, name: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'class-in-dumps', name],
    queryFn: ({ signal }) =>
      request(ClassInDumps, withQuery(fillRoute('classInDumps', { caseId }), { name }), { signal }),
  })
