import { ROUTES } from '@heaptrail/api/routes'
import { Storage } from '@heaptrail/api/storage'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Config } from '../env.ts'
import type { Disk } from '../storage/disk.ts'

export interface StorageRouteNeeds {
  readonly disk: Disk
  readonly config: Pick<Config, 'quotaBytes' | 'retentionDays'>
}

export const storageRoutes: FastifyPluginAsyncZod<StorageRouteNeeds> = async (app, { disk, config }) => {
  app.get(
    ROUTES.storage,
    { schema: { tags: ['server'], summary: 'What the disk of the server holds', response: { 200: Storage } } },
    async () => ({
      ...(await disk.use()),
      quota: config.quotaBytes ?? null,
      retentionDays: config.retentionDays ?? null,
    }),
  )
}
