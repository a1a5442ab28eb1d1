/**
 * Uploads of this browser: tus, resumable. A broken-off upload goes on when the same file is dropped
 * again, also after a reload: its address is kept in the browser's storage under the file's name, size and date.
 */
import { ErrorBody } from '@heaptrail/api/errors'
import { ROUTES } from '@heaptrail/api/routes'
import type { DetailedError, Upload as TusUpload, UploadOptions } from 'tus-js-client'
import { fingerprintOf, rememberReceived } from './received-files.ts'

const RETRY_DELAYS_MS = [300, 1000, 2000, 3000, 5000, 5000, 10_000, 10_000, 20_000, 30_000]
const SPEED_WINDOW_MS = 3000

export interface RunningUpload {
  readonly key: number
  readonly caseId: string
  readonly name: string
  readonly size: number
  readonly sent: number
  /** Bytes per second over the last seconds. */
  readonly speed: number | undefined
  /** `paused` by the reader; `stopped`: given up after many attempts. Dropping the file again or `resume` goes on. */
  readonly status: 'sending' | 'paused' | 'stopped'
  /** Why it stopped, in the words of the server; undefined when it did not answer. */
  readonly problem: string | undefined
  /** Known once the server has accepted the upload. */
  readonly uploadId: string | undefined
}

interface Entry {
  shown: RunningUpload
  /** Undefined until its code has been loaded. */
  tus: TusUpload | undefined
  readonly samples: { readonly at: number; readonly sent: number }[]
}

/** The uploads of one page; lives as long as the page. */
export class UploadQueue {
  #entries: readonly Entry[] = []
  #shown: readonly RunningUpload[] = []
  #nextKey = 1
  readonly #listeners = new Set<() => void>()
  readonly #onReceived: (caseId: string) => Promise<unknown>

  /** @param onReceived asks the server for the case again, before the finished upload disappears from this list */
  constructor(onReceived: (caseId: string) => Promise<unknown>) {
    this.#onReceived = onReceived
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The same array until something changes. */
  current = (): readonly RunningUpload[] => this.#shown

  /** Sends the file to the case, going on where an earlier attempt stopped; it is listed at once. */
  async add(file: File, caseId: string): Promise<void> {
    const key = this.#nextKey++
    const shown: RunningUpload = {
      key,
      caseId,
      name: file.name,
      size: file.size,
      sent: 0,
      speed: undefined,
      status: 'sending',
      problem: undefined,
      uploadId: undefined,
    }
    this.#entries = [...this.#entries, { shown, tus: undefined, samples: [] }]
    this.#publish()
    const { Upload } = await import('tus-js-client')
    const tus = new Upload(file, {
      ...tusOptions,
      metadata: { filename: file.name, caseId },
      onProgress: (sent) => this.#progress(key, sent),
      onUploadUrlAvailable: () => this.#change(key, { uploadId: uploadIdOf(tus.url) }),
      onSuccess: () => {
        rememberReceived(file, caseId)
        void this.#onReceived(caseId).finally(() => this.#remove(key))
      },
      onError: (error) => this.#stopped(key, problemOf(error)),
    })
    const previous = (await tus.findPreviousUploads()).find((upload) => upload.metadata['caseId'] === caseId)
    const entry = this.#find(key)
    // Cancelled meanwhile.
    if (entry === undefined) return
    if (previous !== undefined) tus.resumeFromPreviousUpload(previous)
    entry.tus = tus
    if (entry.shown.status === 'sending') tus.start()
  }

  /** Stops sending for now; the server keeps what it has. */
  async pause(key: number): Promise<void> {
    const entry = this.#find(key)
    if (entry?.shown.status !== 'sending') return
    this.#change(key, { status: 'paused', speed: undefined })
    await entry.tus?.abort()
  }

  resume(key: number): void {
    const entry = this.#find(key)
    if (entry === undefined || entry.shown.status === 'sending') return
    entry.samples.length = 0
    this.#change(key, { status: 'sending', problem: undefined })
    entry.tus?.start()
  }

  /** The network is there again: goes on with what stopped for want of an answer. */
  resumeUnanswered(): void {
    for (const { shown } of this.#entries) {
      if (shown.status === 'stopped' && shown.problem === undefined) this.resume(shown.key)
    }
  }

  /** Stops sending and lets the server forget what it has. */
  async cancel(key: number): Promise<void> {
    const entry = this.#find(key)
    if (entry === undefined) return
    this.#remove(key)
    await entry.tus?.abort(true)
  }

  #stopped(key: number, problem: string | undefined) {
    // What breaks off while it is paused is no news.
    if (this.#find(key)?.shown.status !== 'sending') return
    this.#change(key, { status: 'stopped', speed: undefined, problem })
  }

  #progress(key: number, sent: number) {
    const entry = this.#find(key)
    if (entry?.shown.status !== 'sending') return
    const now = performance.now()
    entry.samples.push({ at: now, sent })
    while (entry.samples.length > 2 && now - (entry.samples[0]?.at ?? now) > SPEED_WINDOW_MS) entry.samples.shift()
    this.#change(key, { sent, speed: speedOf(entry.samples) })
  }

  #change(key: number, change: Partial<RunningUpload>) {
    for (const entry of this.#entries) {
      if (entry.shown.key === key) entry.shown = { ...entry.shown, ...change }
    }
    this.#publish()
  }

  #find(key: number): Entry | undefined {
    return this.#entries.find((candidate) => candidate.shown.key === key)
  }

  #remove(key: number) {
    this.#entries = this.#entries.filter((entry) => entry.shown.key !== key)
    this.#publish()
  }

  #publish() {
    this.#shown = this.#entries.map((entry) => entry.shown)
    for (const listener of this.#listeners) listener()
  }
}

/** The case that an earlier, broken-off upload of one of these files belongs to. */
export async function caseToResume(files: readonly File[]): Promise<string | undefined> {
  const { Upload } = await import('tus-js-client')
  for (const file of files) {
    const [previous] = await new Upload(file, tusOptions).findPreviousUploads()
    const caseId = previous?.metadata['caseId']
    if (caseId !== undefined) return caseId
  }
  return undefined
}

const tusOptions = {
  endpoint: ROUTES.uploads,
  retryDelays: RETRY_DELAYS_MS,
  removeFingerprintOnSuccess: true,
  onAfterResponse(request, response) {
    // Left alone, the library would begin again at the first byte when it cannot ask how far it came.
    if (request.getMethod() === 'HEAD' && response.getStatus() >= 500) {
      throw new Error(`the server cannot tell now what it has of this upload (HTTP ${response.getStatus()})`)
    }
  },
  fingerprint: (file: File) => Promise.resolve(fingerprintOf(file)),
} satisfies UploadOptions

/** What the server said, when it answered in its own words. */
function problemOf(error: Error | DetailedError): string | undefined {
  const response = 'originalResponse' in error ? error.originalResponse : null
  if (response === null) return undefined
  try {
    return ErrorBody.parse(JSON.parse(response.getBody())).message
  } catch {
    return undefined
  }
}

function uploadIdOf(url: string | null): string | undefined {
  return url
    ?.split('?')[0]
    ?.split('/')
    .findLast((part) => part !== '')
}

function speedOf(samples: Entry['samples']): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < 200) return undefined
  return ((last.sent - first.sent) / (last.at - first.at)) * 1000
}
