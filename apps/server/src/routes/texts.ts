import { FoundFindings } from '@heaptrail/api/case-findings'
import { ClassHistogramPage, ClassHistogramQuery, ClassHistograms } from '@heaptrail/api/class-histograms'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import { PartIndex } from '@heaptrail/api/text-parts'
import { TopOutput } from '@heaptrail/api/top-output'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'

const params = z.object({ artifactId: EntityId })
const tags = ['texts']
const errors = { 404: ErrorBody, 409: ErrorBody, 503: ErrorBody }

/** Class histograms, output of top, and findings in a text. */
export const textRoutes: FastifyPluginAsyncZod<{ analysis: Analysis }> = async (app, { analysis }) => {
  const { evidence } = analysis

  app.get(
    ROUTES.classHistograms,
    {
      schema: {
        tags,
        summary: 'The class histograms of a text',
        params,
        response: { 200: ClassHistograms, ...errors },
      },
    },
    ({ params: { artifactId } }) => evidence.classHistograms(artifactId),
  )

  app.get(
    ROUTES.classHistogram,
    {
      schema: {
        tags,
        summary: 'Classes or packages of one histogram',
        params: params.extend({ part: PartIndex.describe('Which histogram of the text, from 0.') }),
        querystring: ClassHistogramQuery,
        response: { 200: ClassHistogramPage, ...errors },
      },
    },
    ({ params: { artifactId, part }, query }) => evidence.classHistogram(artifactId, part, query),
  )

  app.get(
    ROUTES.topOutput,
    { schema: { tags, summary: 'Samples and processes of top', params, response: { 200: TopOutput, ...errors } } },
    ({ params: { artifactId } }) => evidence.top(artifactId),
  )

  app.get(
    ROUTES.artifactFindings,
    { schema: { tags, summary: 'Findings, the gravest first', params, response: { 200: FoundFindings, ...errors } } },
    ({ params: { artifactId } }) => evidence.artifactFindings(artifactId),
  )
}
