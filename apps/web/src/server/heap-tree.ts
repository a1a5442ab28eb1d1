/** What the views of the dominator tree ask. */
import { DominatorAncestors, Dominators, type TreeGrouping } from '@heaptrail/api/heap'
import { DominatorGroups, DominatorSlice, NextDrop } from '@heaptrail/api/heap-tree'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { KEEP, artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

/** Which tree is looked at: a filter, a grouping of its first level. */
export interface TreeView {
  readonly artifactId: string
  readonly filter: string
  readonly group: TreeGrouping | undefined
}

export interface LevelRequest {
  /** Whose children; undefined: the first level, or the members of one of its groups. */
  readonly parent: string | undefined
  readonly groupKey: string | undefined
  readonly offset: number
  readonly limit: number
}

export const levelQuery = ({ artifactId, filter, group }: TreeView, level: LevelRequest) => {
  const { parent, groupKey, offset, limit } = level
  const of = groupKey === undefined ? {} : { group, key: groupKey }
  const query = { parent, ...of, filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'dominators', query],
    queryFn: ({ signal }) => request(Dominators, withQuery(fillRoute('dominators', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const groupsQuery = ({ artifactId, filter, group }: TreeView, offset: number, limit: number) => {
  const query = { group, filter, offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'dominator-groups', query],
    queryFn: ({ signal }) =>
      request(DominatorGroups, withQuery(fillRoute('dominatorGroups', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const ancestorsQuery = ({ artifactId, filter, group }: TreeView, objectId: string) => {
  const query = { filter, group }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'ancestors', objectId, query],
    queryFn: ({ signal }) =>
      request(DominatorAncestors, withQuery(fillRoute('dominatorAncestors', { artifactId, objectId }), query), {
        signal,
      }),
    ...KEEP,
  })
}

/** @param top undefined: the whole heap */
export const sliceQuery = ({ artifactId, filter, group }: TreeView, top: string | undefined, limit: number) => {
  const query = { top, filter, group: top === undefined ? group : undefined, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'dominator-slice', query],
    queryFn: ({ signal }) =>
      request(DominatorSlice, withQuery(fillRoute('dominatorSlice', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const nextDropQuery = ({ artifactId, filter }: TreeView, objectId: string) => {
  const query = { filter }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'next-drop', objectId, query],
    queryFn: ({ signal }) =>
      request(NextDrop, withQuery(fillRoute('nextDrop', { artifactId, objectId }), query), { signal }),
    ...KEEP,
  })
}
