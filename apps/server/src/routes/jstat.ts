import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { JstatRows, JstatRowsQuery, JstatSeries, JstatSeriesQuery, JstatSummary } from '@heaptrail/api/jstat'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'
import type { Artifacts } from '../cases/artifacts.ts'
import { requireReady } from '../cases/ready.ts'

const params = z.object({ artifactId: EntityId })
const tags = ['jstat logs']
const errors = { 404: ErrorBody, 409: ErrorBody, 503: ErrorBody }

export const jstatRoutes: FastifyPluginAsyncZod<{ artifacts: Artifacts; analysis: Analysis }> = async (
  app,
  { artifacts, analysis },
) => {
  const log = async (artifactId: string) => requireReady(await artifacts.row(artifactId), 'jstat-log')

  app.get(
    ROUTES.jstatSummary,
    {
      schema: {
        tags,
        summary: 'Columns, extent and skipped lines of a log',
        params,
        response: { 200: JstatSummary, ...errors },
      },
    },
    async ({ params: { artifactId } }) => analysis.askText(await log(artifactId), { kind: 'summary' }),
  )

  app.get(
    ROUTES.jstatSeries,
    {
      schema: {
        tags,
        summary: 'At most so many points of a window, extremes kept',
        params,
        querystring: JstatSeriesQuery,
        response: { 200: JstatSeries, ...errors },
      },
    },
    async ({ params: { artifactId }, query }) => analysis.askText(await log(artifactId), { kind: 'series', query }),
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
    async ({ params: { artifactId }, query }) => analysis.askText(await log(artifactId), { kind: 'rows', query }),
  )
}
