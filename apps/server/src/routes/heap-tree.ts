import {
  DominatorGroups,
  DominatorGroupsQuery,
  DominatorSlice,
  DominatorSliceQuery,
  NextDrop,
  NextDropQuery,
} from '@heaptrail/api/heap-tree'
import { ObjectId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

const objectParams = heapParams.extend({ objectId: ObjectId })

/** The dominator tree as a whole. */
export const treeRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.dominatorGroups,
    {
      schema: {
        ...question('The first level of the dominator tree by class, package or loader', heapParams, DominatorGroups),
        querystring: DominatorGroupsQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).dominatorGroups(query),
  )

  app.get(
    ROUTES.dominatorSlice,
    {
      schema: {
        ...question(
          'The heaviest part of the dominator tree below an object, for a picture',
          heapParams,
          DominatorSlice,
        ),
        querystring: DominatorSliceQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).dominatorSlice(query),
  )

  app.get(
    ROUTES.nextDrop,
    {
      schema: {
        ...question('Where the weight spreads next, below an object', objectParams, NextDrop),
        querystring: NextDropQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).nextDrop(params.objectId, query),
  )
}
