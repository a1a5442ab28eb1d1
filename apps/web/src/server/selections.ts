/** What is asked about selections of objects. A snapshot never changes, so an answer stays good. */
import type { ReferenceStrength } from '@heaptrail/api/heap'
import { MergedPaths, type MergedGroup } from '@heaptrail/api/merged-paths'
import { fillRoute } from '@heaptrail/api/routes'
import { RetainedSet, SelectionDominators, type SkippedDominators } from '@heaptrail/api/what-if'
import { queryOptions } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

export interface Selection {
  readonly artifactId: string
  readonly objects: readonly string[]
  readonly classes: readonly string[]
}

function wordsOf({ objects, classes }: Selection) {
  return { objects: objects.join(','), classes: classes.join(',') }
}

export interface MergedView {
  readonly exclude: readonly ReferenceStrength[]
  readonly without: readonly string[]
  readonly group: MergedGroup
}

/** The children of a row; `within` are the keys down to it. */
export const mergedPathsQuery = (
  selection: Selection,
  { exclude, without, group }: MergedView,
  within: readonly string[],
  offset: number,
  limit: number,
) => {
  const { artifactId } = selection
  const words = { exclude: exclude.join(','), without: without.join(','), group, within: within.join(',') }
  const query = { ...wordsOf(selection), ...words, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'merged-paths', query],
    queryFn: ({ signal }) =>
      request(MergedPaths, withQuery(fillRoute('mergedPaths', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const retainedSetQuery = (selection: Selection) => {
  const { artifactId } = selection
  const query = wordsOf(selection)
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'retained-set', query],
    queryFn: ({ signal }) =>
      request(RetainedSet, withQuery(fillRoute('retainedSet', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const selectionDominatorsQuery = (selection: Selection, skip: SkippedDominators) => {
  const { artifactId } = selection
  const query = { ...wordsOf(selection), skip }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'immediate-dominators', query],
    queryFn: ({ signal }) =>
      request(SelectionDominators, withQuery(fillRoute('selectionDominators', { artifactId }), query), { signal }),
    ...KEEP,
  })
}
