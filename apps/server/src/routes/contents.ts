import { Artifact } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Artifacts } from '../cases/artifacts.ts'
import { ApiError, hasCode } from '../errors.ts'
import type { Blobs } from '../storage/blobs.ts'

const GONE = 'The file of this artifact is not kept here any more; what was analysed of it stays.'

export interface ContentRouteNeeds {
  readonly artifacts: Artifacts
  readonly blobs: Blobs
}

export const contentRoutes: FastifyPluginAsyncZod<ContentRouteNeeds> = async (app, { artifacts, blobs }) => {
  app.get(
    ROUTES.content,
    {
      schema: {
        tags: ['artifacts'],
        summary: 'Its file as it was taken in, unpacked',
        params: z.object({ artifactId: EntityId }),
        produces: ['application/octet-stream'],
        response: { 200: z.unknown().describe('The bytes'), 404: ErrorBody, 410: ErrorBody },
      },
    },
    async ({ params: { artifactId } }, reply) => {
      const { sha256, name, content_deleted } = await artifacts.row(artifactId)
      if (sha256 === null || content_deleted || (await blobs.isLost(sha256))) throw new ApiError('gone', GONE)
      const { size, bytes } = await blobs.read(sha256).catch((error: unknown) => {
        throw hasCode(error, 'ENOENT') ? new ApiError('gone', GONE) : error
      })
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-length', size)
        .header('content-disposition', attachment(name))
        .send(bytes)
    },
  )

  app.delete(
    ROUTES.content,
    {
      schema: {
        tags: ['artifacts'],
        summary: 'Delete only the file of a heap dump: its analyses stay, and answer all but contents of objects',
        params: z.object({ artifactId: EntityId }),
        response: { 200: Artifact, 404: ErrorBody, 409: ErrorBody },
      },
    },
    ({ params: { artifactId } }) => artifacts.removeContent(artifactId),
  )
}

/** RFC 8187: what is not allowed in a header is written as its bytes. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
  return `attachment; filename*=UTF-8''${encoded}`
}
