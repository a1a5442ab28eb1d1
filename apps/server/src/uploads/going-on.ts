/**
 * tus' PATCH: bytes of an upload go from the socket to its file. The library would pass them through streams of the
 * web and back, which takes as long as writing them.
 */
import type { Readable } from 'node:stream'
import { UploadMetadata } from '@heaptrail/api/cases'
import type { Locker, Upload } from '@tus/server'
import type { Incoming } from '../intake/take-in.ts'
import { ApiError, uploadNotFound } from '../errors.ts'
import { displayName } from './display-name.ts'
import type { UploadFiles } from './upload-files.ts'
import type { Uploads } from './uploads.ts'

/** So often others are told how far an upload is. */
const TELL_MS = 250

export interface GoingOnNeeds {
  readonly files: UploadFiles
  readonly uploads: Pick<Uploads, 'progressed' | 'complete'>
  /** One request at a time writes into an upload; who comes later ends the one before. */
  readonly locker: Locker
}

export interface Continuation {
  readonly uploadId: string
  /** Where the client believes that it stands. */
  readonly offset: number
  /** Bytes of the body, when the client told them. */
  readonly length: number | undefined
  readonly body: Readable
}

/**
 * @returns where the upload stands now
 * @throws ApiError `not-found`, `too-large`, `disk-full`, `bad-request` with status 409 when it stands elsewhere
 */
export type GoOn = (continuation: Continuation) => Promise<number>

export function createGoingOn({ files, uploads, locker }: GoingOnNeeds): GoOn {
  async function append({ uploadId, offset, length, body }: Continuation, enough: AbortSignal): Promise<number> {
    const upload = await files.getUpload(uploadId).catch(orNotFound)
    if (upload.offset !== offset) throw wrongOffset(upload.offset)
    const most = (upload.size ?? 0) - offset
    if (length !== undefined && length > most) throw new ApiError('too-large', 'The upload is shorter than that.')
    return offset + (await files.append(body, uploadId, { offset, most, enough, onBytes: teller(upload) }))
  }

  function teller(upload: Upload): () => void {
    const known = incomingOf(upload)
    let toldAt = performance.now()
    return () => {
      const now = performance.now()
      if (known === undefined || now - toldAt < TELL_MS) return
      toldAt = now
      uploads.progressed(known)
    }
  }

  return async (continuation) => {
    const { uploadId, body } = continuation
    const enough = new AbortController()
    const lock = locker.newLock(uploadId)
    const gone = new AbortController()
    body.once('close', () => gone.abort())
    await lock.lock(gone.signal, () => enough.abort())
    let now: number
    try {
      now = await append(continuation, enough.signal)
    } finally {
      await lock.unlock()
    }
    const { size } = await files.getUpload(uploadId).catch(orNotFound)
    if (now === size) await uploads.complete(uploadId)
    return now
  }
}

/** Undefined for what no case of ours began. */
function incomingOf({ id, size, metadata }: Upload): Incoming | undefined {
  const known = UploadMetadata.safeParse(metadata)
  if (!known.success || size === undefined) return undefined
  return { id, case_id: known.data.caseId, name: displayName(known.data.filename), size }
}

function orNotFound(): never {
  throw uploadNotFound()
}

function wrongOffset(offset: number): ApiError {
  return new ApiError(
    'bad-request',
    `The upload goes on at byte ${offset}, and not where this request begins.`,
    {},
    409,
  )
}
