/** An upload whose bytes come in when the test says so: one request of tus that stays open. */
import { request } from './running-server.ts'

export interface SlowUpload {
  readonly id: string
  send(bytes: Uint8Array): void
  /** All promised bytes were sent. */
  end(): Promise<void>
  /** The line breaks. */
  breakOff(): void
}

export interface SlowUploadOptions {
  readonly url: string
  readonly caseId: string
  readonly name: string
  readonly size: number
}

const TUS = { 'tus-resumable': '1.0.0' }

export async function beginSlowUpload({ url, caseId, name, size }: SlowUploadOptions): Promise<SlowUpload> {
  const metadata = `filename ${btoa(name)},caseId ${btoa(caseId)}`
  const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata }
  const created = await request(url, '/api/uploads', { method: 'POST', headers })
  const id = created.headers.get('location')?.split('/').at(-1)
  if (created.status !== 201 || id === undefined) throw new Error(`no upload: ${await created.text()}`)
  return goOnSlowly(url, id)
}

/** Goes on where the server says that it stands. */
export async function goOnSlowly(url: string, id: string): Promise<SlowUpload> {
  const line = new TransformStream<Uint8Array, Uint8Array>()
  const writer = line.writable.getWriter()
  const abort = new AbortController()
  const answer = fetch(`${url}/api/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(await receivedBytes(url, id)),
    },
    body: line.readable,
    duplex: 'half',
    signal: abort.signal,
  })
  answer.catch(() => undefined)
  return {
    id,
    send: (bytes) => void writer.write(bytes).catch(() => undefined),
    async end() {
      await writer.close()
      const { status } = await answer
      if (status !== 204) throw new Error(`the upload ended with status ${status}`)
    },
    breakOff() {
      abort.abort()
      writer.abort().catch(() => undefined)
    },
  }
}

export async function receivedBytes(url: string, id: string): Promise<number> {
  const { headers } = await request(url, `/api/uploads/${id}`, { method: 'HEAD', headers: TUS })
  return Number(headers.get('upload-offset'))
}
