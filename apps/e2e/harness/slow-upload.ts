/** An upload from elsewhere whose bytes come in when the spec says so. */
import { type ClientRequest, request } from 'node:http'

const TUS = { 'tus-resumable': '1.0.0' }

export interface SlowUpload {
  readonly caseId: string
  /** Sends up to this share of the file. */
  sendUpTo(share: number): void
  end(): Promise<void>
}

/** Begins an upload in a case of its own. */
export async function beginSlowUpload(url: string, name: string, bytes: Uint8Array): Promise<SlowUpload> {
  const created = await fetch(`${url}/api/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: name }),
  })
  const { id: caseId } = (await created.json()) as { id: string }
  const metadata = `filename ${btoa(name)},caseId ${btoa(caseId)}`
  const headers = { ...TUS, 'upload-length': String(bytes.length), 'upload-metadata': metadata }
  const begun = await fetch(`${url}/api/uploads`, { method: 'POST', headers })
  const line = openLine(url + (begun.headers.get('location') ?? ''), bytes.length)
  let sent = 0
  return {
    caseId,
    sendUpTo(share) {
      const to = Math.floor(bytes.length * share)
      line.write(bytes.subarray(sent, to))
      sent = to
    },
    async end() {
      const answered = new Promise((resolve, reject) => line.once('response', resolve).once('error', reject))
      line.end(bytes.subarray(sent))
      await answered
    },
  }
}

function openLine(address: string, length: number): ClientRequest {
  return request(address, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'upload-offset': 0,
      'content-type': 'application/offset+octet-stream',
      'content-length': length,
    },
  })
}
