import {
  Dominators,
  DominatorsQuery,
  HeapSummary,
  Histogram,
  HistogramQuery,
  ObjectsOfClass,
  ObjectsOfClassQuery,
} from '@heaptrail/api/heap'
import { HeapFindings } from '@heaptrail/api/heap-findings'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

/** The heap as a whole. */
export const heapRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.heapSummary,
    { schema: question('The heap in figures, and what is biggest in it', heapParams, HeapSummary) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).summary(),
  )

  app.get(
    ROUTES.heapSuspects,
    { schema: question('Who holds much of the heap: suspects, and what is legitimate', heapParams, HeapFindings) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).suspects(),
  )

  app.get(
    ROUTES.histogram,
    {
      schema: {
        ...question('Classes with their objects and sizes', heapParams, Histogram),
        querystring: HistogramQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).histogram(query),
  )

  app.get(
    ROUTES.objectsOfClass,
    { schema: { ...question('Objects of one class', heapParams, ObjectsOfClass), querystring: ObjectsOfClassQuery } },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).objectsOfClass(query),
  )

  app.get(
    ROUTES.dominators,
    {
      schema: { ...question('One level of the dominator tree', heapParams, Dominators), querystring: DominatorsQuery },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).dominators(query),
  )
}
