/** Real servers for tests, in this process (`startTestServer`) or in one of their own (`spawnServer`), and how to talk to them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Case, type Artifact } from '@heaptrail/api/cases'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest'
import type { z } from 'zod'
import type { Config } from '../src/env.ts'
import { createLog } from '../src/log.ts'
import { startServer } from '../src/server.ts'
import { testConfig } from './config.ts'

/** Takes what is to be done at the end. */
export type Finished = (end: () => Promise<void>) => void

/** A data directory with an empty database, two folders deep in a folder where nothing else is. */
export async function temporaryDataDirectory(finished: Finished = onTestFinished): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'heaptrail-test-'))
  finished(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))
  const folder = path.join(root, 'deep', 'data')
  await cp(inject('freshDataDirectory'), folder, { recursive: true })
  return folder
}

export interface TestServer {
  readonly url: string
  readonly dataDirectory: string
  close(): Promise<void>
}

/** Ends with the test, or when what is given says so. */
export async function startTestServer(
  changes: Partial<Config> = {},
  finished: Finished = onTestFinished,
): Promise<TestServer> {
  const config = testConfig(changes.dataDirectory ?? (await temporaryDataDirectory(finished)), changes)
  const { url, close: stop } = await startServer(config, createLog(config))
  let closing: Promise<void> | undefined
  const close = () => (closing ??= stop())
  finished(close)
  return { url, dataDirectory: config.dataDirectory, close }
}

/** One for all tests of a file that need none of their own; it is there when they begin. */
export function sharedTestServer(): { readonly url: string } {
  const ends: (() => Promise<void>)[] = []
  let url = ''
  beforeAll(async () => {
    url = (await startTestServer({}, (end) => ends.unshift(end))).url
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })
  return {
    get url() {
      return url
    },
  }
}

export interface SpawnedServer {
  readonly url: string
  readonly process: ChildProcess
  /** What it printed, stdout and stderr. */
  readonly output: () => string
  /** Sends the signal and waits for the end. @returns the exit code, null when a signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts')

export interface SpawnedMain {
  readonly child: ChildProcess
  readonly output: () => string
  /** Ends by itself: waits until it has, and until all that it printed is here. */
  ended(): Promise<{ code: number | null; output: string }>
}

/** A server as `npm start` runs it. @returns its process, also when it ends at once */
export function spawnMain(environment: Record<string, string>, execArgv: readonly string[] = []): SpawnedMain {
  const child = spawn(process.execPath, [...execArgv, MAIN], {
    env: { ...process.env, HEAPTRAIL_PORT: '0', HEAPTRAIL_LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const closed = once(child, 'close')
  const ended = () => closed.then(() => ({ code: child.exitCode, output: text }))
  return { child, output: () => text, ended }
}

export async function spawnServer(
  environment: Record<string, string>,
  execArgv: readonly string[] = [],
): Promise<SpawnedServer> {
  const { child, output } = spawnMain(environment, execArgv)
  const url = await announcedUrl(child, output)
  return {
    url,
    process: child,
    output,
    async end(signal) {
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}

async function announcedUrl(child: ChildProcess, output: () => string): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no stdout.')
  for await (const line of createInterface(child.stdout)) {
    const url = /^Heaptrail is ready: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`The server ended before it was ready:\n${output()}`)
}

export async function request(url: string, path: string, init?: RequestInit & { json?: unknown }): Promise<Response> {
  const { json, ...rest } = init ?? {}
  const body = json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
  return fetch(url + path, { ...body, ...rest })
}

/** The answer, which must be of the given form, strictly. */
export async function expectAnswer<Schema extends z.ZodType>(
  response: Response,
  status: number,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`expected status ${status}, got ${response.status}: ${text}`)
  return schema.parse(JSON.parse(text))
}

export async function newCase(url: string, title = 'a case'): Promise<string> {
  const { id } = await expectAnswer(await request(url, '/api/cases', { method: 'POST', json: { title } }), 201, Case)
  return id
}

export async function readCase(url: string, caseId: string): Promise<Case> {
  return expectAnswer(await request(url, `/api/cases/${caseId}`), 200, Case)
}

export interface UploadOptions {
  readonly url: string
  readonly caseId: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** Uploads all of it with a real tus client. */
export async function upload({ url, caseId, name, bytes }: UploadOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    new Upload(Buffer.from(bytes), {
      endpoint: `${url}/api/uploads`,
      metadata: { filename: name, caseId },
      retryDelays: null,
      onSuccess: () => resolve(),
      onError: reject,
    }).start()
  })
}

const SETTLED = ['ready', 'failed', 'cancelled', 'skipped']

/** Waits until nothing goes on in the case. */
export async function settledCase(url: string, caseId: string): Promise<Case> {
  for (;;) {
    const found = await readCase(url, caseId)
    const uploading = found.uploads.some(({ state }) => state.status !== 'failed')
    const analysing = found.artifacts.some(({ state }) => !SETTLED.includes(state.status))
    if (!uploading && !analysing) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Uploads, waits, and @returns what came of it. */
export async function uploadAndWait(options: UploadOptions): Promise<Artifact[]> {
  await upload(options)
  return (await settledCase(options.url, options.caseId)).artifacts
}
