import { HistogramGroups, HistogramGroupsQuery } from '@heaptrail/api/heap-histogram'
import { Owners, OwnersQuery } from '@heaptrail/api/heap-owners'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

/** The histogram as a tree, and who owns those objects of which it only says that there are many. */
export const histogramRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.histogramGroups,
    {
      schema: {
        ...question('Classes by package, class loader or superclass', heapParams, HistogramGroups),
        querystring: HistogramGroupsQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).histogramGroups(query),
  )

  app.get(
    ROUTES.owners,
    {
      schema: {
        ...question('Who owns the objects of a class, by class and field', heapParams, Owners),
        querystring: OwnersQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).owners(query),
  )
}
