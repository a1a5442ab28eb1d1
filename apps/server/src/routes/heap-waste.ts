import {
  DuplicateStrings,
  FillByClass,
  FillByHolder,
  FillOf,
  SurplusHolders,
  WasteQuery,
} from '@heaptrail/api/heap-waste'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

const fillParams = heapParams.extend({ of: FillOf })

/** Strings with the same text, and how full collections and arrays are. */
export const wasteRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.duplicateStrings,
    {
      schema: {
        ...question('Texts that several strings have, and what sharing them would free', heapParams, DuplicateStrings),
        querystring: WasteQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).duplicateStrings(query),
  )

  app.get(
    ROUTES.surplusHolders,
    {
      schema: {
        ...question('Who holds strings whose text another string has', heapParams, SurplusHolders),
        querystring: WasteQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).surplusHolders(query),
  )

  app.get(
    ROUTES.fillByClass,
    {
      schema: {
        ...question('How full collections or arrays are, by class', fillParams, FillByClass),
        querystring: WasteQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).fillByClass(params.of, query),
  )

  app.get(
    ROUTES.fillByHolder,
    {
      schema: {
        ...question('Who holds collections or arrays that waste something', fillParams, FillByHolder),
        querystring: WasteQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).fillByHolder(params.of, query),
  )
}
