/** More than the server takes at once, and requests that never end. */
import { execFileSync } from 'node:child_process'
import http from 'node:http'
import net from 'node:net'
import { ErrorBody } from '@heaptrail/api/errors'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DEFAULT_REQUEST_LIMITS, type RequestLimits } from '../src/request-limits.ts'
import { chainDump } from './evidence.ts'
import {
  expectAnswer,
  newCase,
  request,
  settledCase,
  startTestServer,
  type TestServer,
  uploadAndWait,
} from './running-server.ts'
import { beginSlowUpload } from './slow-upload.ts'
import { waitFor } from './waiting.ts'

const KEY = 'a-key-that-nobody-guesses'

function limitedServer(limits: Partial<RequestLimits>, accessKey?: string): Promise<TestServer> {
  return startTestServer({ requestLimits: { ...DEFAULT_REQUEST_LIMITS, ...limits }, accessKey })
}

/** Sends a text over a connection of its own and leaves it open. @returns all that comes until the server closes it */
function talk(url: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}

function codeIn(answer: string): string {
  return ErrorBody.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).code
}

describe('a client that asks too much', () => {
  test('is told when to come back, and takes nothing from the others', async () => {
    const { url } = await limitedServer({ perMinute: 5 }, KEY)
    const signedIn = await request(url, '/api/session', { method: 'POST', json: { key: KEY } })
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const ask = (headers: Record<string, string>) => request(url, '/api/cases', { headers })
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask({ authorization: `Bearer ${KEY}` })))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    for (const answer of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      const { code, message } = await expectAnswer(answer, 429, ErrorBody)
      expect([code, message]).toEqual(['too-many-requests', expect.stringMatching(/^More than 5 requests.*again\.$/)])
    }
    // A session is a client of its own, whatever its address.
    expect((await ask({ cookie })).status).toBe(200)
  })

  test('reads as many events as others leave', async () => {
    const { url } = await limitedServer({ eventStreams: 1 })
    const first = await request(url, '/api/events')
    const second = await request(url, '/api/events')
    expect((await expectAnswer(second, 503, ErrorBody)).code).toBe('overloaded')
    await first.body?.cancel()
    await waitFor(async () => {
      const { status, body } = await request(url, '/api/events')
      await body?.cancel()
      return status === 200 ? true : undefined
    })
  })

  test('waits in a queue that ends somewhere', async () => {
    const { url } = await limitedServer({ questions: 2 })
    const { bytes } = heapFromText('root -> A:acme.Order')
    const [dump] = await uploadAndWait({ url, caseId: await newCase(url), name: 'a.hprof', bytes })
    const ask = () => request(url, `/api/artifacts/${dump?.id}/heap`)
    // The process may still be answering what it was warmed up with.
    await waitFor(async () => ((await ask()).status === 200 ? true : undefined))
    const [pid] = queryProcesses()
    if (pid === undefined) throw new Error('no query process')
    process.kill(pid, 'SIGSTOP')
    onTestFinished(() => void process.kill(pid, 'SIGCONT'))
    const waiting = [ask(), ask()]
    const answer = await waitFor(async () => {
      const refused = await Promise.race([ask(), ...waiting])
      return refused.status === 503 ? refused : undefined
    })
    expect(answer.headers.get('retry-after')).toBe('2')
    expect((await expectAnswer(answer, 503, ErrorBody)).code).toBe('overloaded')
    process.kill(pid, 'SIGCONT')
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200])
  })
})

describe('a request that does not come to its end', () => {
  test('is answered when its body takes too long; an upload may take its time', async () => {
    const { url } = await limitedServer({ bodyMs: 100 })
    const caseId = await newCase(url)
    const bytes = chainDump(1000)
    const upload = await beginSlowUpload({ url, caseId, name: 'a.hprof', size: bytes.length })
    upload.send(bytes.subarray(0, 100))
    const { status, text } = await slowPost(url, '/api/cases')
    expect([status, ErrorBody.parse(JSON.parse(text)).code]).toEqual([408, 'too-slow'])
    upload.send(bytes.subarray(100))
    await upload.end()
    expect((await settledCase(url, caseId)).artifacts).toMatchObject([{ state: { status: 'ready' } }])
  })

  test('is answered when its head takes too long, or is too large, or makes no sense', async () => {
    const { url } = await limitedServer({ headMs: 100 })
    expect(codeIn(await talk(url, 'GET /api/cases HTTP/1.1\r\nhost: 127'))).toBe('too-slow')
    const large = `GET /api/cases HTTP/1.1\r\nhost: ${new URL(url).host}\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`
    expect(await talk(url, large)).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
    expect(codeIn(await talk(url, large))).toBe('too-large')
    expect(codeIn(await talk(url, 'good morning\r\n\r\n'))).toBe('bad-request')
  })

  test('holds its connection for a while only', async () => {
    const { url } = await limitedServer({ idleMs: 100 })
    expect(await talk(url, '')).toBe('')
    expect((await request(url, '/api/health')).status).toBe(200)
  })
})

/** A body of which the end never comes. */
function slowPost(url: string, route: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': 100 }
    const sent = http.request(new URL(route, url), { method: 'POST', headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
    sent.on('error', reject)
    sent.write('{"title":')
  })
}

/** Of this process. */
function queryProcesses(): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [child, parent, ...command] = line.trim().split(/\s+/)
    return Number(parent) === process.pid && command.join(' ').includes('query-process') ? [Number(child)] : []
  })
}
