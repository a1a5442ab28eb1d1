import { readFileSync } from 'node:fs'
import { Health } from '@heaptrail/api/health'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Config } from '../env.ts'
import { isLoopback } from '../security.ts'

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))
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
