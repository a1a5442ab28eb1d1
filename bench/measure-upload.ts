/**
 * `node bench/measure-upload.ts FILE`: from the last byte of an upload to the first page of the dominator tree, once read
 * while it came in, and once with all of it done afterwards. Over HTTP, as a browser does it, into a server of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { printTable, secondsText } from './print.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Megabytes per second; absent: as fast as the server takes them. */
    rate: { type: 'string' },
    runs: { type: 'string', default: '3' },
  },
})
const [given] = positionals
if (given === undefined) throw new Error('Usage: node bench/measure-upload.ts FILE [--rate MB/s] [--runs N]')
const file = resolve(given)
const size = statSync(file).size
const rate = values.rate === undefined ? Infinity : Number(values.rate) * 1e6

const TUS = { 'tus-resumable': '1.0.0' }
const PIECE = 1 << 20
/** A request of so many bytes is over before the server begins to read along. */
const SHORT_REQUEST = 1 << 20
const PROGRAM = resolve(import.meta.dirname, '../apps/server/src/main.ts')

interface Times {
  readonly uploadMs: number
  /** After the last byte was sent. */
  readonly readyMs: number
  readonly firstPageMs: number
}

const rows: string[][] = []
for (const [title, requestBytes] of [
  ['while it comes in', size],
  ['afterwards', SHORT_REQUEST],
] as const) {
  const times: Times[] = []
  for (let run = 0; run < Number(values.runs); run++) times.push(await measure(requestBytes))
  const typical = times.toSorted((a, b) => a.firstPageMs - b.firstPageMs)[Math.floor(times.length / 2)]
  if (typical === undefined) throw new Error('--runs must be at least 1')
  const { uploadMs, readyMs, firstPageMs } = typical
  rows.push([title, secondsText(uploadMs), secondsText(readyMs), secondsText(firstPageMs)])
}
console.log(`Medians of ${values.runs}, ${(size / 1e6).toFixed(0)} MB:`)
printTable(['Read', 'Upload', 'Last byte to ready', 'Last byte to dominator tree'], rows)

async function measure(requestBytes: number): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-bench-'))
  const server = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, HEAPTRAIL_PORT: '0', HEAPTRAIL_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    return await uploadTo(await addressOf(server), requestBytes)
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('The server has no stdout.')
  for await (const line of createInterface(server.stdout)) {
    const url = /^Heaptrail is ready: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The server ended before it was ready.')
}

async function uploadTo(url: string, requestBytes: number): Promise<Times> {
  const caseId = await newCase(url)
  const begun = performance.now()
  const upload = await beginUpload(url, caseId)
  const descriptor = openSync(file, 'r')
  for (let from = 0; from < size; from += requestBytes) {
    const body = pieces(descriptor, from, Math.min(size, from + requestBytes), begun)
    await expectStatus(204, send(upload, from, body))
  }
  const lastByte = performance.now()
  const dominators = await readyPlace(url, caseId)
  const ready = performance.now()
  await expectStatus(200, fetch(dominators))
  return { uploadMs: lastByte - begun, readyMs: ready - lastByte, firstPageMs: performance.now() - lastByte }
}

async function* pieces(descriptor: number, from: number, end: number, begun: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < end;) {
    const early = begun + (at / rate) * 1000 - performance.now()
    if (early > 1) await new Promise((wake) => setTimeout(wake, early))
    const piece = new Uint8Array(Math.min(PIECE, end - at))
    readSync(descriptor, piece, 0, piece.length, at)
    at += piece.length
    yield piece
  }
}

function send(upload: string, offset: number, body: AsyncIterable<Uint8Array>): Promise<Response> {
  const headers = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
  return fetch(upload, { method: 'PATCH', headers, body: ReadableStream.from(body), duplex: 'half' })
}

async function newCase(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const answer = await expectStatus(201, fetch(`${url}/api/cases`, { method: 'POST', headers, body: '{}' }))
  return ((await answer.json()) as { id: string }).id
}

async function beginUpload(url: string, caseId: string): Promise<string> {
  const metadata = `filename ${btoa('dump.hprof')},caseId ${btoa(caseId)}`
  const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata }
  const answer = await expectStatus(201, fetch(`${url}/api/uploads`, { method: 'POST', headers }))
  return url + (answer.headers.get('location') ?? '')
}

interface CaseAnswer {
  readonly artifacts: readonly { readonly id: string; readonly state: { readonly status: string } }[]
}

/** @returns where the first page of the dominator tree is, once it is there */
async function readyPlace(url: string, caseId: string): Promise<string> {
  for (;;) {
    const answer = await expectStatus(200, fetch(`${url}/api/cases/${caseId}`))
    const [artifact] = ((await answer.json()) as CaseAnswer).artifacts
    if (artifact?.state.status === 'ready') return `${url}/api/artifacts/${artifact.id}/heap/dominators?limit=100`
    if (artifact?.state.status === 'failed') throw new Error('The analysis failed.')
    await new Promise((wake) => setTimeout(wake, 20))
  }
}

async function expectStatus(status: number, answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (response.status !== status) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
  return response
}
