import { Case, CaseChange, Cases, NewCase } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { Window } from '@heaptrail/api/page'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Artifacts } from '../cases/artifacts.ts'
import type { CaseStore } from '../cases/cases.ts'
import type { Changes } from '../cases/changes.ts'
import { caseNotFound } from '../errors.ts'

const params = z.object({ caseId: EntityId })
const tags = ['cases']

export interface CaseRouteNeeds {
  readonly cases: CaseStore
  readonly artifacts: Artifacts
  readonly changes: Changes
}

export const caseRoutes: FastifyPluginAsyncZod<CaseRouteNeeds> = async (app, { cases, artifacts, changes }) => {
  async function read(caseId: string): Promise<Case> {
    const found = await cases.read(caseId)
    if (found === undefined) throw caseNotFound()
    return found
  }

  app.get(
    ROUTES.cases,
    { schema: { tags, summary: 'Cases, the one opened last first', querystring: Window, response: { 200: Cases } } },
    ({ query }) => cases.list(query),
  )

  app.post(
    ROUTES.cases,
    { schema: { tags, summary: 'Make a case', body: NewCase, response: { 201: Case } } },
    async ({ body }, reply) => {
      const caseId = await cases.create(body.title)
      changes.changed(caseId)
      return reply.code(201).send(await read(caseId))
    },
  )

  app.get(
    ROUTES.case,
    {
      schema: {
        tags,
        summary: 'A case with its uploads and artifacts',
        params,
        response: { 200: Case, 404: ErrorBody },
      },
    },
    async ({ params: { caseId } }) => {
      await cases.opened(caseId)
      return read(caseId)
    },
  )

  app.patch(
    ROUTES.case,
    { schema: { tags, summary: 'Rename a case', params, body: CaseChange, response: { 200: Case, 404: ErrorBody } } },
    async ({ params: { caseId }, body }) => {
      if (!(await cases.rename(caseId, body.title))) throw caseNotFound()
      changes.changed(caseId)
      return read(caseId)
    },
  )

  app.delete(
    ROUTES.case,
    {
      schema: {
        tags,
        summary: 'Delete a case and all that is in it',
        params,
        response: { 204: z.undefined(), 404: ErrorBody },
      },
    },
    async ({ params: { caseId } }, reply) => {
      if (!(await artifacts.removeCase(caseId))) throw caseNotFound()
      return reply.code(204).send()
    },
  )
}
