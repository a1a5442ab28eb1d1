import { Health } from '@heaptrail/api/health'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import manifest from '../../package.json' with { type: 'json' }
import type { Access } from '../access/access.ts'
import type { Config } from '../env.ts'
import type { CaseStore } from '../cases/cases.ts'
import type { Disk } from '../storage/disk.ts'
import { isLoopback } from '../loopback.ts'

export const VERSION = manifest.version

interface HealthRouteNeeds {
  readonly config: Config
  readonly access: Access
  readonly cases: Pick<CaseStore, 'exists'>
  readonly disk: Pick<Disk, 'isNearlyFull'>
}

export const healthRoutes: FastifyPluginAsyncZod<HealthRouteNeeds> = async (app, needs) => {
  const { config, access } = needs

  app.get(
    ROUTES.health,
    { schema: { tags: ['server'], summary: 'Is it there, and how can it be reached', response: { 200: Health } } },
    async (request) => {
      const state = access.state(request)
      const reasons = await reasonsAgainst(needs)
      return {
        status: 'ok' as const,
        ready: reasons.length === 0,
        reasons,
        version: state === 'needed' ? null : VERSION,
        access: state,
        publicUrl: config.publicUrl ?? null,
        localOnly: config.publicUrl === undefined && isLoopback(config.host),
      }
    },
  )
}

async function reasonsAgainst({ cases, disk }: HealthRouteNeeds): Promise<string[]> {
  const reasons: string[] = []
  // Any question to the tables will do.
  await cases.exists('').catch(() => reasons.push('The database does not answer.'))
  if (await disk.isNearlyFull()) reasons.push('The disk is nearly full: uploads and analyses are refused.')
  return reasons
}
