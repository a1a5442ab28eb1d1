import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Metrics } from '../metrics.ts'

export const metricsRoutes: FastifyPluginAsyncZod<{ metrics: Metrics }> = async (app, { metrics }) => {
  app.get(
    ROUTES.metrics,
    {
      schema: {
        tags: ['server'],
        summary: 'Figures for Prometheus',
        produces: ['text/plain'],
        response: { 200: z.string().describe('In the text format of Prometheus') },
      },
    },
    async (_request, reply) => reply.header('content-type', metrics.contentType).send(await metrics.print()),
  )
}
