import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { NewPin, Pin } from '@heaptrail/api/pins'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Changes } from '../cases/changes.ts'
import { PinStore } from '../cases/pins.ts'
import type { Tables } from '../db/schema.ts'
import { ApiError } from '../errors.ts'

const tags = ['cases']
const ofCase = z.object({ caseId: EntityId })

/** A case lists its own pins; here they are made and taken away. */
export const pinRoutes: FastifyPluginAsyncZod<{ db: Kysely<Tables>; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  const pins = new PinStore(db)

  app.post(
    ROUTES.pins,
    {
      // As for stored views: a place of many expanded rows is long.
      bodyLimit: 2 ** 21,
      schema: {
        tags,
        summary: 'Pin a view of the case, for everybody who opens it; the same view is pinned once',
        params: ofCase,
        body: NewPin,
        response: { 201: Pin, 400: ErrorBody, 404: ErrorBody },
      },
    },
    async ({ params: { caseId }, body }, reply) => {
      const pin = await pins.pin(caseId, body)
      changes.changed(caseId)
      return reply.code(201).send(pin)
    },
  )

  app.delete(
    ROUTES.pin,
    {
      schema: {
        tags,
        summary: 'Take a pin away',
        params: ofCase.extend({ pinId: EntityId }),
        response: { 204: z.undefined(), 404: ErrorBody },
      },
    },
    async ({ params: { caseId, pinId } }, reply) => {
      if (!(await pins.unpin(caseId, pinId))) throw new ApiError('not-found', 'This case has no pin with this id.')
      changes.changed(caseId)
      return reply.code(204).send()
    },
  )
}
