import { ErrorBody } from '@heaptrail/api/errors'
import { HeapGrowth } from '@heaptrail/api/heap-growth'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'
import { csvName } from './csv-name.ts'

const params = z.object({ caseId: EntityId })
const tags = ['evidence of a case']
const errors = { 400: ErrorBody, 404: ErrorBody, 409: ErrorBody, 410: ErrorBody, 503: ErrorBody }

/** What classes and suspects held in each heap dump of a case. */
export const heapGrowthRoutes: FastifyPluginAsyncZod<{ analysis: Analysis }> = async (app, { analysis }) => {
  app.get(
    ROUTES.heapGrowth,
    {
      schema: {
        tags,
        summary: 'What suspects and classes held in each heap dump, the oldest first',
        params,
        response: { 200: HeapGrowth, ...errors },
      },
    },
    ({ params: { caseId } }) => analysis.evidence.heapGrowth(caseId),
  )

  app.get(
    ROUTES.heapGrowthCsv,
    { schema: { tags, summary: 'The same as text/csv: a row per suspect and class', params } },
    async ({ params: { caseId } }, reply) => {
      const text = growthCsv(await analysis.evidence.heapGrowth(caseId))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="growth.csv"')
        .send(text)
    },
  )
}

function growthCsv({ dumps, signatures, classes }: HeapGrowth): string {
  const titles = dumps.map(({ name, time }) => csvName(`${name} ${new Date(time.from).toISOString()}`))
  const rows = [
    ['kind', 'figure', 'name', ...titles],
    ['heap', 'used', '', ...dumps.map(({ usedHeap }) => usedHeap)],
    ...signatures.map(({ signature, bytes }) => ['suspect', 'retained', csvName(signature), ...bytes]),
    ...classes.map(({ name, retained }) => ['class', 'retained', csvName(name), ...retained]),
    ...classes.map(({ name, objects }) => ['class', 'objects', csvName(name), ...objects]),
  ]
  return `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`
}
