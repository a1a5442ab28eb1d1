import { Health } from '@heaptrail/api/health'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import manifest from '../../package.json' with { type: 'json' }
import type { Access } from '../access/access.ts'
import type { Config } from '../env.ts'
import { isLoopback } from '../loopback.ts'

export const VERSION = manifest.version

export const healthRoutes: FastifyPluginAsyncZod<{ config: Config; access: Access }> = async (
  app,
  { config, access },
) => {
  app.get(
    ROUTES.health,
    { schema: { tags: ['server'], summary: 'Is it there, and how can it be reached', response: { 200: Health } } },
    (request) => {
      const state = access.state(request)
      return {
        status: 'ok' as const,
        version: state === 'needed' ? null : VERSION,
        access: state,
        publicUrl: config.publicUrl ?? null,
        localOnly: config.publicUrl === undefined && isLoopback(config.host),
      }
    },
  )
}
