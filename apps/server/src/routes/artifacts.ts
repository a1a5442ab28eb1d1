import { AnalysisOptions } from '@heaptrail/api/analysis-options'
import { Artifact } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapRef } from '@heaptrail/api/heap-ref'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Artifacts } from '../cases/artifacts.ts'

const params = z.object({ artifactId: HeapRef })
const tags = ['artifacts']

export const artifactRoutes: FastifyPluginAsyncZod<{ artifacts: Artifacts }> = async (app, { artifacts }) => {
  app.get(
    ROUTES.artifact,
    { schema: { tags, summary: 'An artifact and how far it is', params, response: { 200: Artifact, 404: ErrorBody } } },
    ({ params: { artifactId } }) => artifacts.read(artifactId),
  )

  app.delete(
    ROUTES.artifact,
    { schema: { tags, summary: 'Delete an artifact', params, response: { 204: z.undefined(), 404: ErrorBody } } },
    async ({ params: { artifactId } }, reply) => {
      await artifacts.remove(artifactId)
      return reply.code(204).send()
    },
  )

  app.post(
    ROUTES.cancel,
    {
      schema: {
        tags,
        summary: 'Cancel its analysis',
        params,
        response: { 200: Artifact, 404: ErrorBody, 409: ErrorBody },
      },
    },
    ({ params: { artifactId } }) => artifacts.cancel(artifactId),
  )

  app.post(
    ROUTES.retry,
    {
      schema: {
        tags,
        summary: 'Analyse it again after a failure or a cancellation',
        params,
        response: { 200: Artifact, 404: ErrorBody, 409: ErrorBody },
      },
    },
    ({ params: { artifactId } }) => artifacts.retry(artifactId),
  )

  app.post(
    ROUTES.analyses,
    {
      schema: {
        tags,
        summary: 'Analyse a heap dump once more, with other options; what is there already is not made again',
        params: z.object({ artifactId: EntityId }),
        body: AnalysisOptions,
        response: { 200: Artifact, 400: ErrorBody, 404: ErrorBody, 409: ErrorBody },
      },
    },
    ({ params: { artifactId }, body }) => artifacts.analyseWith(artifactId, body),
  )
}
