import { ErrorBody } from '@heaptrail/api/errors'
import { ROUTES } from '@heaptrail/api/routes'
import { SignIn } from '@heaptrail/api/session'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Access } from '../access/access.ts'

const tags = ['access']

export const sessionRoutes: FastifyPluginAsyncZod<{ access: Access }> = async (app, { access }) => {
  app.post(
    ROUTES.session,
    {
      schema: {
        tags,
        summary: 'Give the access key; the answer sets a cookie',
        body: SignIn,
        response: { 204: z.undefined(), 401: ErrorBody, 429: ErrorBody },
      },
    },
    async (request, reply) => {
      await access.signIn(request, reply, request.body.key)
      return reply.code(204).send()
    },
  )

  app.delete(
    ROUTES.session,
    { schema: { tags, summary: 'End the session of this browser', response: { 204: z.undefined() } } },
    async (request, reply) => {
      await access.signOut(request, reply)
      return reply.code(204).send()
    },
  )

  app.delete(
    ROUTES.sessions,
    { schema: { tags, summary: 'End the sessions of all browsers', response: { 204: z.undefined(), 401: ErrorBody } } },
    async (_request, reply) => {
      await access.signOutAll(reply)
      return reply.code(204).send()
    },
  )
}
