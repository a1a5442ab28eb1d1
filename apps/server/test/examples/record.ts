/**
 * `npm run examples`: asks a real server each call of its API once, and keeps question and answer as the example that
 * the description of the API shows (`src/api-examples.json`). Ids and times are replaced by ones that stay the same.
 */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ApiExample } from '../../src/api-examples.ts'
import { request } from '../running-server.ts'
import { startKnown } from './known.ts'
import { REQUESTS, type ExampleRequest } from './requests.ts'

const FILE = path.resolve(import.meta.dirname, '../../src/api-examples.json')
/** Elements of a list, and characters of a text, that an example shows. */
const SHOWN = 2
const SHOWN_CHARACTERS = 300
const TOLD_IN_HEADERS = ['location', 'upload-offset', 'upload-length', 'content-disposition']

const known = await startKnown()
const ids: Record<string, string> = {
  ...known.ids,
  zero: '0',
  direction: 'outgoing',
  of: 'collections',
  artifactId: known.ids.dumpId ?? '',
}
ids.freshCaseBase64 = Buffer.from(ids.freshCase ?? '').toString('base64')
try {
  await record()
} finally {
  await known.close()
}

async function record(): Promise<void> {
  const document = (await (await request(known.url, '/api/docs/json')).json()) as {
    paths: Record<string, Record<string, { parameters?: { name: string }[] }>>
  }
  const calls = Object.entries(document.paths).flatMap(([route, methods]) =>
    Object.keys(methods).map((method) => `${method} ${route}`),
  )
  const listed = Object.keys(REQUESTS)
  const examples: Record<string, ApiExample> = {}
  for (const call of calls.toSorted((a, b) => listed.indexOf(a) - listed.indexOf(b))) {
    const [method = '', route = ''] = call.split(' ')
    const options = document.paths[route]?.[method]?.parameters?.map(({ name }) => name) ?? []
    const unknown = Object.keys(REQUESTS[call]?.query ?? {}).filter((name) => !options.includes(name))
    if (unknown.length > 0) throw new Error(`${call} has no option ${unknown.join(', ')}, but ${options.join(', ')}`)
    const example = await ask(call, REQUESTS[call] ?? {})
    if (example.status >= 300) console.error(call, example.path, example.status, JSON.stringify(example.answer))
    else examples[call] = example
  }
  const sorted = Object.fromEntries(Object.entries(examples).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  await writeFile(FILE, `${settled(JSON.stringify(sorted, undefined, 2))}\n`)
  console.log(`${Object.keys(sorted).length} of ${calls.length} calls have an example in ${FILE}.`)
}

async function ask(call: string, asked: ExampleRequest): Promise<ApiExample> {
  const [method = '', route = ''] = call.split(' ')
  const part = (name: string) => encodeURIComponent(ids[asked.parts?.[name] ?? name] ?? 'unknown')
  const query = new URLSearchParams(filled(asked.query ?? {})).toString()
  const target = route.replace(/\{(\w+)\}/g, (_, name: string) => part(name)) + (query === '' ? '' : `?${query}`)
  const headers = filled(asked.headers ?? {})
  const body = asked.body === undefined ? undefined : filled(asked.body)
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await request(known.url, target, {
    method: method.toUpperCase(),
    headers: { ...headers, ...json },
    ...(asked.bytes === undefined ? {} : { body: Buffer.from(asked.bytes) }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await answerOf(response)
  learn(call, answer)
  return {
    path: target,
    ...(asked.headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    status: response.status,
    ...answerHeaders(response),
    ...(answer === undefined
      ? {}
      : { type: response.headers.get('content-type')?.split(';')[0] ?? '', answer: shortened(answer) }),
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('text/event-stream')) {
    const reader = response.body?.getReader()
    const first = await reader?.read()
    await reader?.cancel()
    return Buffer.from(first?.value ?? []).toString()
  }
  const text = await response.text()
  if (text === '') return undefined
  return type.startsWith('application/json') ? (JSON.parse(text) as unknown) : text
}

function answerHeaders({ headers }: Response): Pick<ApiExample, 'answerHeaders'> {
  const told = TOLD_IN_HEADERS.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : []))
  return told.length === 0 ? {} : { answerHeaders: Object.fromEntries(told) as Record<string, string> }
}

/** Ids that only the answers tell. */
function learn(call: string, answer: unknown): void {
  const { id, viewId, dismissals, groups, rows, analyses } = (answer ?? {}) as {
    id?: string
    viewId?: string
    dismissals?: { id: string }[]
    groups?: { id: string }[]
    rows?: { object?: { id: string } }[]
    analyses?: { ref: string }[]
  }
  if (call.startsWith('post') && call.endsWith('/pins') && id !== undefined) ids.pinId = id
  if (viewId !== undefined) ids.viewId = viewId
  if (dismissals?.[0] !== undefined) ids.dismissalId = dismissals[0].id
  if (call.endsWith('{direction}/groups') && groups?.[0] !== undefined) ids.groupId = groups[0].id
  if (call.endsWith('references/{direction}') && rows !== undefined) ids.childId = rows.at(-1)?.object?.id ?? ''
  if (call.endsWith('/analyses') && analyses?.[0] !== undefined) ids.furtherId = analyses[0].ref
}

/** `$name` becomes the known id. */
function filled<T>(value: T): T {
  const text = JSON.stringify(value).replace(/\$([A-Za-z]\w*)/g, (_, name: string) => ids[name] ?? 'unknown')
  return JSON.parse(text) as T
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length <= SHOWN_CHARACTERS ? value : `${value.slice(0, SHOWN_CHARACTERS)}…`
  if (Array.isArray(value)) return value.slice(0, SHOWN).map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]))
}

/** Ids by what they name, one moment, one size of the disk: another run gives the same text. */
function settled(text: string): string {
  let result = text
  for (const [name, id] of Object.entries(ids)) {
    if (!/^[\w-]{22}$/.test(id)) continue
    const lasting = createHash('sha256').update(name).digest('base64url').slice(0, 22)
    result = result
      .replaceAll(id, lasting)
      .replaceAll(Buffer.from(id).toString('base64'), Buffer.from(lasting).toString('base64'))
  }
  return result
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-03-03T13:05:00.000Z')
    .replace(/"free": \d+,(\s+)"size": \d+/g, '"free": 171798691840,$1"size": 274877906944')
    .replace(/"(used|database)": \d{7,}/g, '"$1": 134217728')
    .replace(/(_total|_seconds|_bytes) \d[\d.e+-]*/g, '$1 1')
}
