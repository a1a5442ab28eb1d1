import { Case } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { OwnCode } from '@heaptrail/api/own-code'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { CaseStore } from '../cases/cases.ts'
import type { Changes } from '../cases/changes.ts'
import { caseNotFound } from '../errors.ts'

/** A case tells what was chosen (`ownPackages`), the summary of a heap what counts. */
export const ownCodeRoutes: FastifyPluginAsyncZod<{ cases: CaseStore; changes: Changes }> = async (
  app,
  { cases, changes },
) => {
  app.put(
    ROUTES.ownCode,
    {
      schema: {
        tags: ['cases'],
        summary: 'Choose which packages count as own code in all heap dumps of a case: paths and suspects follow',
        params: z.object({ caseId: EntityId }),
        body: OwnCode,
        response: { 200: Case, 400: ErrorBody, 404: ErrorBody },
      },
    },
    async ({ params: { caseId }, body }) => {
      const isThere = await cases.chooseOwnCode(caseId, body.packages)
      const changed = isThere ? await cases.read(caseId) : undefined
      if (changed === undefined) throw caseNotFound()
      changes.changed(caseId)
      return changed
    },
  )
}
