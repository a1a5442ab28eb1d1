/** What is known of a heap dump before its analysis is over. */
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapRef } from '@heaptrail/api/heap-ref'
import { EntityId } from '@heaptrail/api/ids'
import { Provisional, ProvisionalQuery } from '@heaptrail/api/provisional'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'
import type { Artifacts } from '../cases/artifacts.ts'
import { requireKind } from '../cases/ready.ts'
import { uploadNotFound } from '../errors.ts'
import type { Uploads } from '../uploads/uploads.ts'

export interface ProvisionalRouteNeeds {
  readonly artifacts: Artifacts
  readonly uploads: Uploads
  readonly analysis: Pick<Analysis, 'histogramOfUpload' | 'provisional'>
}

export const provisionalRoutes: FastifyPluginAsyncZod<ProvisionalRouteNeeds> = async (
  app,
  { artifacts, uploads, analysis },
) => {
  app.get(
    ROUTES.uploadHistogram,
    {
      schema: {
        tags: ['uploads'],
        summary: 'Classes of a heap dump as far as it has come in',
        params: z.object({ uploadId: EntityId }),
        querystring: ProvisionalQuery,
        response: { 200: Provisional, 404: ErrorBody },
      },
    },
    async ({ params: { uploadId }, query }) => {
      if (!(await uploads.exists(uploadId))) throw uploadNotFound()
      return { histogram: analysis.histogramOfUpload(uploadId, query) ?? null }
    },
  )

  app.get(
    ROUTES.provisional,
    {
      schema: {
        tags: ['heap dumps'],
        summary: 'Classes of a heap dump and its largest arrays, after the first pass of its analysis',
        params: z.object({ artifactId: HeapRef }),
        querystring: ProvisionalQuery,
        response: { 200: Provisional, 404: ErrorBody, 409: ErrorBody },
      },
    },
    async ({ params: { artifactId }, query }) => {
      const row = await artifacts.row(artifactId)
      requireKind(row, 'heap-dump')
      return { histogram: analysis.provisional(row, query) ?? null }
    },
  )
}
