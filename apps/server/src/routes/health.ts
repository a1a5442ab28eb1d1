import { Health } from '@heaptrail/api/health'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../env.ts'
import { isLoopback } from '../security.ts'

export const VERSION = manifest.version

export const healthRoutes: FastifyPluginAsyncZod<{ config: Config }> = async (app, { config }) => {
  app.get(
    ROUTES.health,
    { schema: { tags: ['server'], summary: 'Is it there, and how can it be reached', response: { 200: Health } } },
    () => ({
      status: 'ok' as const,
      version: VERSION,
      publicUrl: config.publicUrl ?? null,
      localOnly: config.publicUrl === undefined && isLoopback(config.host),
    }),
  )
}
