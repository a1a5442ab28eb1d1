import { FoundFindings } from '@heaptrail/api/case-findings'
import {
  BesideDump,
  BesideDumpQuery,
  ClassGrowth,
  ClassGrowthQuery,
  ClassInDumps,
  ClassInDumpsQuery,
} from '@heaptrail/api/class-histograms'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import { Timeline } from '@heaptrail/api/timeline'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'

const params = z.object({ caseId: EntityId })
const tags = ['evidence of a case']
const errors = { 400: ErrorBody, 404: ErrorBody, 409: ErrorBody, 503: ErrorBody }

/** What a case says as a whole. */
export const caseEvidenceRoutes: FastifyPluginAsyncZod<{ analysis: Analysis }> = async (app, { analysis }) => {
  const { evidence } = analysis

  app.get(
    ROUTES.timeline,
    { schema: { tags, summary: 'All evidence on one time axis', params, response: { 200: Timeline, ...errors } } },
    ({ params: { caseId } }) => evidence.timeline(caseId),
  )

  app.get(
    ROUTES.caseFindings,
    { schema: { tags, summary: 'Findings, the gravest first', params, response: { 200: FoundFindings, ...errors } } },
    ({ params: { caseId } }) => evidence.caseFindings(caseId),
  )

  app.get(
    ROUTES.classGrowth,
    {
      schema: {
        tags,
        summary: 'Which classes grow from histogram to histogram, and which together',
        params,
        querystring: ClassGrowthQuery,
        response: { 200: ClassGrowth, ...errors },
      },
    },
    ({ params: { caseId }, query }) => evidence.classGrowth(caseId, query),
  )

  app.get(
    ROUTES.histogramBesideDump,
    {
      schema: {
        tags,
        summary: 'A class histogram beside the classes of a heap dump',
        params,
        querystring: BesideDumpQuery,
        response: { 200: BesideDump, ...errors },
      },
    },
    ({ params: { caseId }, query }) => evidence.besideDump(caseId, query),
  )

  app.get(
    ROUTES.classInDumps,
    {
      schema: {
        tags,
        summary: 'A class by its name in the heap dumps of the case',
        params,
        querystring: ClassInDumpsQuery,
        response: { 200: ClassInDumps, ...errors },
      },
    },
    ({ params: { caseId }, query }) => evidence.classInDumps(caseId, query.name),
  )
}
