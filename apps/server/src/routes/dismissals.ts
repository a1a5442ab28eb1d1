import { Dismissals, NewDismissal } from '@heaptrail/api/dismissals'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Changes } from '../cases/changes.ts'
import { DismissalStore } from '../cases/dismissals.ts'
import type { Tables } from '../db/schema.ts'
import { ApiError } from '../errors.ts'

const tags = ['evidence of a case']
const ofCase = z.object({ caseId: EntityId })
const response = { 200: Dismissals, 400: ErrorBody, 404: ErrorBody }

/** Findings that somebody thinks are none. */
export const dismissalRoutes: FastifyPluginAsyncZod<{ db: Kysely<Tables>; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  const store = new DismissalStore(db)
  const read = async (caseId: string): Promise<Dismissals> => ({ dismissals: await store.of(caseId) })

  app.get(
    ROUTES.dismissals,
    { schema: { tags, summary: 'Findings that somebody dismissed, with the reason', params: ofCase, response } },
    ({ params: { caseId } }) => read(caseId),
  )

  app.post(
    ROUTES.dismissals,
    { schema: { tags, summary: 'Dismiss a finding, with a reason', params: ofCase, body: NewDismissal, response } },
    async ({ params: { caseId }, body }) => {
      await store.dismiss(caseId, body)
      changes.changed(caseId)
      return read(caseId)
    },
  )

  app.delete(
    ROUTES.dismissal,
    {
      schema: {
        tags,
        summary: 'A dismissed finding counts again',
        params: ofCase.extend({ dismissalId: EntityId }),
        response,
      },
    },
    async ({ params: { caseId, dismissalId } }) => {
      if (!(await store.takeBack(caseId, dismissalId)))
        throw new ApiError('not-found', 'This case has no dismissed finding with this id.')
      changes.changed(caseId)
      return read(caseId)
    },
  )
}
