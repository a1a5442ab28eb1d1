import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import { Reading, Readings } from '@heaptrail/api/text-parts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Artifacts } from '../cases/artifacts.ts'
import type { Changes } from '../cases/changes.ts'
import type { ReadingStore } from '../cases/readings.ts'

const params = z.object({ artifactId: EntityId })
const tags = ['texts']

export interface ReadingRouteNeeds {
  readonly artifacts: Artifacts
  readonly readings: ReadingStore
  readonly changes: Changes
}

/** What people say about texts. */
export const readingRoutes: FastifyPluginAsyncZod<ReadingRouteNeeds> = async (
  app,
  { artifacts, readings, changes },
) => {
  const read = async (artifactId: string): Promise<Readings> => {
    await artifacts.row(artifactId)
    return { readings: (await readings.of([artifactId])).get(artifactId) ?? [] }
  }

  app.get(
    ROUTES.readings,
    {
      schema: {
        tags,
        summary: 'What people say about the parts of a text',
        params,
        response: { 200: Readings, 404: ErrorBody },
      },
    },
    ({ params: { artifactId } }) => read(artifactId),
  )

  app.put(
    ROUTES.readings,
    {
      schema: {
        tags,
        summary: 'Say when a part of a text begins, how far apart its rows are, how large the heap may grow',
        params,
        body: Reading,
        response: { 200: Readings, 400: ErrorBody, 404: ErrorBody },
      },
    },
    async ({ params: { artifactId }, body }) => {
      const { case_id } = await artifacts.row(artifactId)
      await readings.say(artifactId, body)
      changes.changed(case_id)
      return read(artifactId)
    },
  )
}
