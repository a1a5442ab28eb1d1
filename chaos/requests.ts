/** The few requests of the API that are made, without any client of ours in between. */

export interface ArtifactFacts {
  readonly id: string
  readonly name: string
  readonly archive: string | null
  readonly state: { readonly status: string; readonly problem?: { readonly message: string } }
}

export interface CaseFacts {
  readonly id: string
  readonly title: string
  readonly uploads: readonly {
    readonly id: string
    readonly state: { readonly status: string; readonly receivedBytes?: number; readonly problem?: { message: string } }
  }[]
  readonly artifacts: readonly ArtifactFacts[]
}

/** No answer came: the server was killed in between, and nobody knows what it still did. */
export class NoAnswer extends Error {}

const TUS = { 'tus-resumable': '1.0.0' }

/** @throws NoAnswer */
export async function ask(
  url: string,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  try {
    const answer = await fetch(url + path, { ...init, signal: AbortSignal.timeout(60_000) })
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  } catch {
    throw new NoAnswer()
  }
}

function json(method: string, body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

export async function makeCase(url: string, title: string): Promise<string> {
  const { status, text } = await ask(url, '/api/cases', json('POST', { title }))
  if (status !== 201) throw new Error(`a case could not be made: ${status} ${text}`)
  return (JSON.parse(text) as CaseFacts).id
}

export async function renameCase(url: string, caseId: string, title: string): Promise<number> {
  return (await ask(url, `/api/cases/${caseId}`, json('PATCH', { title }))).status
}

export async function deleteCase(url: string, caseId: string): Promise<number> {
  return (await ask(url, `/api/cases/${caseId}`, { method: 'DELETE' })).status
}

/** @returns undefined when there is none */
export async function readCase(url: string, caseId: string): Promise<CaseFacts | undefined> {
  const { status, text } = await ask(url, `/api/cases/${caseId}`)
  if (status === 404) return undefined
  if (status !== 200) throw new Error(`a case could not be read: ${status} ${text}`)
  return JSON.parse(text) as CaseFacts
}

/** All that the server knows. */
export async function listCases(url: string): Promise<CaseFacts[]> {
  const cases: CaseFacts[] = []
  for (;;) {
    const { status, text } = await ask(url, `/api/cases?offset=${cases.length}`)
    if (status !== 200) throw new Error(`the cases could not be listed: ${status} ${text}`)
    const { rows, total } = JSON.parse(text) as { rows: CaseFacts[]; total: number }
    cases.push(...rows)
    if (cases.length >= total || rows.length === 0) return cases
  }
}

/** @returns where its bytes go; undefined when its case is gone */
export async function beginUpload(
  url: string,
  caseId: string,
  name: string,
  size: number,
): Promise<string | undefined> {
  const metadata = `filename ${btoa(name)},caseId ${btoa(caseId)}`
  const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata }
  const { status, text, headers: answered } = await ask(url, '/api/uploads', { method: 'POST', headers })
  if (status === 404) return undefined
  if (status !== 201) throw new Error(`an upload could not begin: ${status} ${text}`)
  return answered.get('location') ?? ''
}

/** @returns how many bytes the server has; undefined when it does not know the upload */
export async function offsetOf(url: string, location: string): Promise<number | undefined> {
  const { status, headers } = await ask(url, location, { method: 'HEAD', headers: TUS })
  return status === 200 ? Number(headers.get('upload-offset')) : undefined
}

/** @returns the acknowledged offset; undefined when the server does not know the upload, or takes no bytes now */
export async function sendBytes(
  url: string,
  location: string,
  offset: number,
  bytes: Buffer,
): Promise<number | undefined> {
  const headers = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
  const { status, headers: answered } = await ask(url, location, {
    method: 'PATCH',
    headers,
    body: new Uint8Array(bytes),
  })
  return status === 204 ? Number(answered.get('upload-offset')) : undefined
}

/** @returns objects of a heap; the status where there is no answer */
export async function countObjects(
  url: string,
  artifactId: string,
): Promise<number | { status: number; text: string }> {
  const { status, text } = await ask(url, `/api/artifacts/${artifactId}/heap`)
  return status === 200 ? (JSON.parse(text) as { objects: number }).objects : { status, text }
}

export async function retry(url: string, artifactId: string): Promise<number> {
  return (await ask(url, `/api/artifacts/${artifactId}/retry`, { method: 'POST' })).status
}
