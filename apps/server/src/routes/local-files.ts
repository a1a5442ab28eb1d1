import { ErrorBody } from '@heaptrail/api/errors'
import { ImportableFiles, OpenedFile, OpenFile } from '@heaptrail/api/local-files'
import { Window } from '@heaptrail/api/page'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Access } from '../access/access.ts'
import type { CaseStore } from '../cases/cases.ts'
import type { Config } from '../env.ts'
import { ApiError, caseNotFound } from '../errors.ts'
import { filesBelow, fileOfFolder, localFile, type LocalFile } from '../storage/in-place.ts'
import { displayName } from '../uploads/display-name.ts'
import type { Uploads } from '../uploads/uploads.ts'

const tags = ['uploads']

export interface LocalFileRouteNeeds {
  readonly access: Access
  readonly cases: CaseStore
  readonly uploads: Uploads
  readonly config: Pick<Config, 'importDirectory' | 'dataDirectory'>
}

export const localFileRoutes: FastifyPluginAsyncZod<LocalFileRouteNeeds> = async (app, needs) => {
  const { access, cases, uploads, config } = needs
  const { importDirectory: folder, dataDirectory } = config

  async function allowedFile(file: string, isOwner: boolean): Promise<LocalFile> {
    if (isOwner) return localFile(file)
    if (folder !== undefined) return fileOfFolder({ folder, dataDirectory }, file)
    throw new ApiError('bad-request', 'This server opens no files of its machine: HEAPTRAIL_IMPORT_DIR is not set.')
  }

  app.get(
    ROUTES.importable,
    {
      schema: { tags, summary: 'Files of the import folder', querystring: Window, response: { 200: ImportableFiles } },
    },
    async ({ query: { offset, limit } }) => {
      const files = folder === undefined ? [] : await filesBelow({ folder, dataDirectory })
      return { total: files.length, offset, rows: files.slice(offset, offset + limit) }
    },
  )

  app.post(
    ROUTES.open,
    {
      schema: {
        tags,
        summary: 'Read a file of the server’s machine in place: one of the import folder, for the command line any',
        body: OpenFile,
        response: { 201: OpenedFile, 400: ErrorBody, 404: ErrorBody, 422: ErrorBody },
      },
    },
    async (request, reply) => {
      const { path, caseId: given } = request.body
      const file = await allowedFile(path, access.isOwner(request))
      if (given !== undefined && !(await cases.exists(given))) throw caseNotFound()
      const caseId = given ?? (await cases.create(displayName(file.name)))
      await uploads.readInPlace(file, caseId)
      return reply.code(201).send({ caseId })
    },
  )
}
