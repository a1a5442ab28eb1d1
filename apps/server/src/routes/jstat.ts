import { Readable } from 'node:stream'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import {
  JstatCsvQuery,
  JstatRows,
  JstatRowsQuery,
  JstatSeries,
  JstatSeriesQuery,
  JstatSummary,
} from '@heaptrail/api/jstat'
import { ROUTES } from '@heaptrail/api/routes'
import { PartQuery } from '@heaptrail/api/text-parts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'

const params = z.object({ artifactId: EntityId })
const tags = ['jstat logs']
const errors = { 404: ErrorBody, 409: ErrorBody, 503: ErrorBody }

export const jstatRoutes: FastifyPluginAsyncZod<{ analysis: Analysis }> = async (app, { analysis }) => {
  const { evidence } = analysis

  app.get(
    ROUTES.jstatSummary,
    {
      schema: {
        tags,
        summary: 'Columns, extent and skipped lines of a log',
        params,
        querystring: PartQuery,
        response: { 200: JstatSummary, ...errors },
      },
    },
    ({ params: { artifactId }, query }) => evidence.jstatSummary(artifactId, query.part),
  )

  app.get(
    ROUTES.jstatSeries,
    {
      schema: {
        tags,
        summary: 'At most so many points of a window, extremes kept; rates and shares per interval',
        params,
        querystring: JstatSeriesQuery,
        response: { 200: JstatSeries, ...errors },
      },
    },
    ({ params: { artifactId }, query }) => evidence.jstatSeries(artifactId, query),
  )

  app.get(
    ROUTES.jstatRows,
    {
      schema: {
        tags,
        summary: 'Rows of a window',
        params,
        querystring: JstatRowsQuery,
        response: { 200: JstatRows, ...errors },
      },
    },
    ({ params: { artifactId }, query }) => evidence.jstatRows(artifactId, query),
  )
}

export const jstatCsvRoute: FastifyPluginAsyncZod<{ analysis: Analysis }> = async (app, { analysis }) => {
  app.get(
    ROUTES.jstatCsv,
    {
      schema: {
        tags,
        summary: 'All rows of a window as CSV',
        params,
        querystring: JstatCsvQuery,
        response: { 200: z.unknown().describe('text/csv with a line of titles'), ...errors },
      },
    },
    async ({ params: { artifactId }, query }, reply) => {
      const pieces = await analysis.evidence.jstatCsv(artifactId, query)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="jstat-${artifactId}.csv"`)
        .send(Readable.from(pieces))
    },
  )
}
