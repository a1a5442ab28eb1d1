import { HistogramGroups, HistogramGroupsQuery } from '@heaptrail/api/heap-histogram'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

/** The histogram as a tree. */
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
}
