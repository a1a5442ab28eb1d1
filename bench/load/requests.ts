/** The requests of the API that the benches of the server make, as plain HTTP: what they cost is what is measured. */
import { type FileHandle, open } from 'node:fs/promises'
import http from 'node:http'
import { basename } from 'node:path'

const PIECE = 1 << 20

export interface Answer {
  readonly status: number
  readonly text: string
  readonly location: string | undefined
}

export interface Sent {
  readonly method?: string
  readonly headers?: Record<string, string | number>
  /** Of a body that comes in pieces; its length stands in the headers, or it is sent in chunks. */
  readonly body?: AsyncIterable<Uint8Array> | string
}

/** As many connections as are asked for at the same time, kept open in between. */
export const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity })

export function send(url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, headers: told } = response
        resolve({ status: statusCode, text: Buffer.concat(parts).toString(), location: told.location })
      })
    })
    request.on('error', reject)
    if (body === undefined || typeof body === 'string') request.end(body)
    else void pour(body, request).catch(reject)
  })
}

async function pour(body: AsyncIterable<Uint8Array>, request: http.ClientRequest): Promise<void> {
  for await (const piece of body) {
    if (!request.write(piece)) await new Promise<void>((resolve) => request.once('drain', resolve))
  }
  request.end()
}

/** @throws when the answer is another one */
export async function expect(status: number, url: string, sent: Sent = {}): Promise<Answer> {
  const answer = await send(url, sent)
  if (answer.status !== status) throw new Error(`${sent.method ?? 'GET'} ${url}: ${answer.status} ${answer.text}`)
  return answer
}

export function json(method: string, body: unknown): Sent {
  const text = JSON.stringify(body)
  return {
    method,
    body: text,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
  }
}

export async function newCase(url: string, title: string): Promise<string> {
  const { text } = await expect(201, `${url}/api/cases`, json('POST', { title }))
  return (JSON.parse(text) as { id: string }).id
}

const TUS = { 'tus-resumable': '1.0.0' }

export interface UploadedFile {
  readonly file: string
  readonly size: number
  /** Bytes per second; Infinity: as fast as the server takes them. */
  readonly rate?: number
  /** As what it is announced; absent: the file's own name. */
  readonly name?: string
}

/** Uploads a file in one request. @returns milliseconds from its first byte until all was acknowledged */
export async function upload(
  url: string,
  caseId: string,
  { file, size, rate = Infinity, name }: UploadedFile,
): Promise<number> {
  const metadata = `filename ${btoa(name ?? basename(file))},caseId ${btoa(caseId)}`
  const headers = { ...TUS, 'upload-length': size, 'upload-metadata': metadata }
  const { location } = await expect(201, `${url}/api/uploads`, { method: 'POST', headers })
  const handle = await open(file)
  const begun = performance.now()
  try {
    await expect(204, url + (location ?? ''), {
      method: 'PATCH',
      headers: {
        ...TUS,
        'content-type': 'application/offset+octet-stream',
        'content-length': size,
        'upload-offset': 0,
      },
      body: pieces(handle, size, rate),
    })
  } finally {
    await handle.close()
  }
  return performance.now() - begun
}

/** The first bytes of a file, not faster than told. */
export async function* pieces(handle: FileHandle, size: number, rate: number): AsyncGenerator<Uint8Array> {
  const begun = performance.now()
  for (let at = 0; at < size;) {
    const early = begun + (at / rate) * 1000 - performance.now()
    if (early > 1) await new Promise((wake) => setTimeout(wake, early))
    const { bytesRead, buffer } = await handle.read(new Uint8Array(Math.min(PIECE, size - at)), 0, undefined, at)
    if (bytesRead === 0) throw new Error('the file has become shorter')
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

export interface ArtifactFacts {
  readonly id: string
  readonly kind: string
  readonly state: { readonly status: string }
  readonly analyses: readonly { readonly ref: string; readonly state: { readonly status: string } }[]
}

/** Waits until everything in a case is ready. @throws when something failed */
export async function readyCase(url: string, caseId: string): Promise<readonly ArtifactFacts[]> {
  for (;;) {
    const { text } = await expect(200, `${url}/api/cases/${caseId}`)
    const { artifacts, uploads } = JSON.parse(text) as { artifacts: ArtifactFacts[]; uploads: unknown[] }
    const states = artifacts.flatMap(({ state, analyses }) => [state, ...analyses.map((one) => one.state)])
    if (states.some(({ status }) => status === 'failed')) throw new Error(`an analysis failed: ${text}`)
    if (uploads.length === 0 && states.length > 0 && states.every(({ status }) => status === 'ready')) return artifacts
    await new Promise((wake) => setTimeout(wake, 100))
  }
}
