import { ErrorBody } from '@heaptrail/api/errors'
import { ROUTES } from '@heaptrail/api/routes'
import { StoredView, StoredViewId, ViewId } from '@heaptrail/api/views'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../db/schema.ts'
import { ApiError } from '../errors.ts'
import { idOfContent } from '../ids.ts'

const tags = ['views']

/** Places that are too long for a URL. */
export const viewRoutes: FastifyPluginAsyncZod<{ db: Kysely<Tables> }> = async (app, { db }) => {
  app.post(
    ROUTES.views,
    {
      // A place is at most 200,000 characters, of which JSON makes at most six bytes each.
      bodyLimit: 2 ** 21,
      schema: {
        tags,
        summary: 'Store a place; equal places get equal ids',
        body: StoredView,
        response: { 201: StoredViewId },
      },
    },
    async ({ body: { place } }, reply) => {
      const id = idOfContent(place)
      const row = { id, place, created_at: new Date().toISOString() }
      await db
        .insertInto('views')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return reply.code(201).send({ viewId: id })
    },
  )

  app.get(
    ROUTES.view,
    {
      schema: {
        tags,
        summary: 'The place that an id stands for',
        params: z.object({ viewId: ViewId }),
        response: { 200: StoredView, 404: ErrorBody },
      },
    },
    async ({ params: { viewId } }) => {
      const row = await db.selectFrom('views').select('place').where('id', '=', viewId).executeTakeFirst()
      if (row === undefined) throw new ApiError('view-not-found', 'There is no stored view with this id.')
      return row
    },
  )
}
