/** Many references of an object, and what its retained size is made of. */
import { References, type ReferenceDirection } from '@heaptrail/api/heap'
import { ReferenceGroups, RetainedBreakdown } from '@heaptrail/api/heap-references'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

export const referenceGroupsQuery = (artifactId: string, objectId: string, direction: ReferenceDirection) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'reference-groups', objectId, direction],
    queryFn: ({ signal }) =>
      request(ReferenceGroups, fillRoute('referenceGroups', { artifactId, objectId, direction }), { signal }),
    ...KEEP,
  })

export const groupMembersQuery = (
  artifactId: string,
  objectId: string,
  direction: ReferenceDirection,
  group: string,
  offset: number,
  limit: number,
) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'group-members', objectId, direction, group, offset, limit],
    queryFn: ({ signal }) =>
      request(
        References,
        withQuery(fillRoute('groupMembers', { artifactId, objectId, direction }), { group, offset, limit }),
        { signal },
      ),
    ...KEEP,
  })

export const retainedBreakdownQuery = (artifactId: string, objectId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'retained', objectId],
    queryFn: ({ signal }) =>
      request(RetainedBreakdown, fillRoute('retainedBreakdown', { artifactId, objectId }), { signal }),
    ...KEEP,
  })
