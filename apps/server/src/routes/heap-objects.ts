import {
  DominatorAncestors,
  Fields,
  ObjectDetail,
  Paths,
  PathsQuery,
  ReferenceDirection,
  References,
  TreeView,
} from '@heaptrail/api/heap'
import { ObjectId } from '@heaptrail/api/ids'
import { Window } from '@heaptrail/api/page'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

const objectParams = heapParams.extend({ objectId: ObjectId })
const referenceParams = objectParams.extend({ direction: ReferenceDirection })

/** One object of a heap and what is around it. */
export const objectRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(ROUTES.object, { schema: question('One object', objectParams, ObjectDetail) }, async ({ params }) =>
    (await openHeap(needs, params.artifactId)).object(params.objectId),
  )

  app.get(
    ROUTES.dominatorAncestors,
    {
      schema: {
        ...question('The way down the dominator tree to an object', objectParams, DominatorAncestors),
        querystring: TreeView,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).dominatorAncestors(params.objectId, query),
  )

  app.get(
    ROUTES.fields,
    { schema: { ...question('Fields, statics or elements of an object', objectParams, Fields), querystring: Window } },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).fields(params.objectId, query),
  )

  app.get(
    ROUTES.references,
    {
      schema: {
        ...question('Outgoing or incoming references of an object', referenceParams, References),
        querystring: Window,
      },
    },
    async ({ params, query }) =>
      (await openHeap(needs, params.artifactId)).references(params.objectId, params.direction, query),
  )

  app.get(
    ROUTES.paths,
    {
      schema: {
        ...question('Paths from GC roots to an object, shortest first', objectParams, Paths),
        querystring: PathsQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).paths(params.objectId, query),
  )
}
