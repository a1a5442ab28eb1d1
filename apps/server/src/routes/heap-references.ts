import { ReferenceDirection, References } from '@heaptrail/api/heap'
import { ClassDetail } from '@heaptrail/api/heap-class'
import { GroupMembersQuery, ReferenceGroups, RetainedBreakdown } from '@heaptrail/api/heap-references'
import { ObjectId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

const objectParams = heapParams.extend({ objectId: ObjectId })
const classParams = heapParams.extend({ classId: ObjectId })
const referenceParams = objectParams.extend({ direction: ReferenceDirection })

/** Many references of one object, what its retained size is made of, and a class among its like. */
export const referenceRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.referenceGroups,
    { schema: question('References of an object by class and field', referenceParams, ReferenceGroups) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).referenceGroups(params.objectId, params.direction),
  )

  app.get(
    ROUTES.groupMembers,
    {
      schema: {
        ...question('Members of one group of references', referenceParams, References),
        querystring: GroupMembersQuery,
      },
    },
    async ({ params, query }) =>
      (await openHeap(needs, params.artifactId)).groupMembers(params.objectId, params.direction, query),
  )

  app.get(
    ROUTES.classDetail,
    { schema: question('One class, with its super- and subclasses', classParams, ClassDetail) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).classDetail(params.classId),
  )

  app.get(
    ROUTES.retainedBreakdown,
    { schema: question('What the retained size of an object is made of', objectParams, RetainedBreakdown) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).retainedBreakdown(params.objectId),
  )
}
