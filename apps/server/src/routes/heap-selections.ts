import { MergedPaths, MergedPathsQuery } from '@heaptrail/api/merged-paths'
import { ROUTES } from '@heaptrail/api/routes'
import {
  CutAnswer,
  CutQuery,
  RetainedSet,
  RetainedSetQuery,
  SelectionDominators,
  SelectionDominatorsQuery,
} from '@heaptrail/api/what-if'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

/** Selections of objects: what goes with them, who keeps them; and references that might be cut. */
export const selectionRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.whatIfCut,
    {
      schema: {
        ...question('What would be freed if one object did not refer to another', heapParams, CutAnswer),
        querystring: CutQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).whatIfCut(query),
  )

  app.get(
    ROUTES.retainedSet,
    {
      schema: {
        ...question('What would be freed if selected objects were gone, by class', heapParams, RetainedSet),
        querystring: RetainedSetQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).retainedSet(query),
  )

  app.get(
    ROUTES.selectionDominators,
    {
      schema: {
        ...question('Who dominates selected objects, by class', heapParams, SelectionDominators),
        querystring: SelectionDominatorsQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).selectionDominators(query),
  )

  app.get(
    ROUTES.mergedPaths,
    {
      schema: {
        ...question('A level of the merged shortest paths from GC roots to selected objects', heapParams, MergedPaths),
        querystring: MergedPathsQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).mergedPaths(query),
  )
}
