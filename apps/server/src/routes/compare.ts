import { Comparison } from '@heaptrail/api/compare'
import { HeapRef } from '@heaptrail/api/heap-ref'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { compareDumps } from '../analysis/compare-dumps.ts'
import { comparisonCsv } from './comparison-csv.ts'
import { comparisonPage } from './comparison-page.ts'
import { type HeapRouteNeeds, openHeap, question } from './heap-question.ts'

const params = z.object({ artifactId: HeapRef, otherId: HeapRef })
const PageQuery = z.object({ language: z.enum(['en', 'zh']).default('en').describe('Of the sentences.') })

/** Two dumps beside each other. */
export const compareRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  const comparison = async ({ artifactId, otherId }: z.infer<typeof params>): Promise<Comparison> => {
    const [before, after] = await Promise.all([openHeap(needs, artifactId), openHeap(needs, otherId)])
    return compareDumps(before, after)
  }
  app.get(
    ROUTES.comparison,
    {
      schema: question(
        'What became of each suspect, and which classes grew, from one dump to another',
        params,
        Comparison,
      ),
    },
    async ({ params: dumps }) => comparison(dumps),
  )

  app.get(
    ROUTES.comparisonCsv,
    { schema: { tags: ['heap dumps'], summary: 'The classes of a comparison as text/csv', params } },
    async ({ params: dumps }, reply) => {
      const text = comparisonCsv(await comparison(dumps))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="comparison.csv"')
        .send(text)
    },
  )

  app.get(
    ROUTES.comparisonPage,
    {
      schema: {
        tags: ['heap dumps'],
        summary: 'A comparison as one HTML file that needs no server',
        params,
        querystring: PageQuery,
      },
    },
    async ({ params: dumps, query }, reply) => {
      const page = comparisonPage(await comparison(dumps), query.language)
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', 'attachment; filename="comparison.html"')
        .send(page)
    },
  )
}
