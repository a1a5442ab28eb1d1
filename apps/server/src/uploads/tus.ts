/** The tus protocol (https://tus.io, version 1.0.0) for resumable uploads, over the files of `UploadFiles`. */
import type { Readable } from 'node:stream'
import { ROUTES } from '@heaptrail/api/routes'
import { UploadMetadata } from '@heaptrail/api/cases'
import { EVENTS, type Locker, MemoryLocker, Server, type Upload } from '@tus/server'
import type { FastifyBaseLogger } from 'fastify'
import { ApiError, caseNotFound, toApiError } from '../errors.ts'
import { newId } from '../ids.ts'
import { displayName } from './display-name.ts'
import type { UploadFiles } from './upload-files.ts'
import type { Uploads } from './uploads.ts'

export interface TusNeeds {
  readonly files: UploadFiles
  readonly uploads: Uploads
  readonly caseExists: (caseId: string) => Promise<boolean>
  readonly maxBytes: number
  readonly log: FastifyBaseLogger
}

export interface Tus {
  /**
   * Answers a request of the protocol.
   * @param request without its body: the library would pass it through streams of the web and back, which takes longer
   *   than writing it
   */
  handle(request: Request, body: Readable): Promise<Response>
}

export function createTus({ files, uploads, caseExists, maxBytes, log }: TusNeeds): Tus {
  const tus = new Server({
    path: ROUTES.uploads,
    datastore: files,
    relativeLocation: true,
    maxSize: maxBytes,
    // By default any origin would be allowed.
    allowedOrigins: () => false,
    locker: endingLocker(files),
    namingFunction: () => newId(),
    onUploadCreate: (_request, upload) => begin(upload).then(() => ({})),
    async onUploadFinish(_request, upload) {
      await uploads.complete(upload.id)
      return {}
    },
    onResponseError(_request, error) {
      // The library's own errors bring their answer along.
      if (!(error instanceof Error) || 'status_code' in error) return undefined
      const answer = toApiError(error)
      if (answer.code === 'internal') log.error({ err: error }, 'an upload request failed')
      return { status_code: answer.status, body: JSON.stringify(answer.body) }
    },
  })

  async function begin(upload: Upload): Promise<void> {
    const metadata = UploadMetadata.safeParse(upload.metadata)
    if (!metadata.success) {
      throw new ApiError(
        'bad-request',
        'An upload needs the metadata "filename" and "caseId", the id of an existing case.',
      )
    }
    if (upload.size === undefined) throw new ApiError('bad-request', 'An upload needs its length.')
    const { filename, caseId } = metadata.data
    if (!(await caseExists(caseId))) throw caseNotFound()
    await uploads.begin({ id: upload.id, caseId, name: displayName(filename), size: upload.size })
  }

  tus.on(EVENTS.POST_RECEIVE, (_request, { id, size, metadata }) => {
    const known = UploadMetadata.safeParse(metadata)
    if (!known.success || size === undefined) return
    uploads.progressed({ id, case_id: known.data.caseId, name: displayName(known.data.filename), size })
  })
  return { handle: (request, body) => files.receiving(body, () => tus.handleWeb(request)) }
}

/** One request at a time writes into an upload; who comes later ends the one before, and goes on where it stood. */
function endingLocker(files: UploadFiles): Locker {
  const locker = new MemoryLocker()
  return {
    newLock(uploadId) {
      const lock = locker.newLock(uploadId)
      return {
        unlock: () => lock.unlock(),
        lock: (signal, release) =>
          lock.lock(signal, async () => {
            files.endWriting(uploadId)
            await release()
          }),
      }
    },
  }
}
