/** What somebody tries who wants to get in, or out of the data directory, with the bytes of requests themselves. */
import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ErrorBody } from '@heaptrail/api/errors'
import { ImportableFiles } from '@heaptrail/api/local-files'
import { corruptFiles } from '@heaptrail/fixtures/corrupt'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { jstatLog } from './evidence.ts'
import { codeOf, sendRaw } from './raw-requests.ts'
import {
  expectAnswer,
  newCase,
  readCase,
  request,
  settledCase,
  spawnServer,
  startTestServer,
  temporaryDataDirectory,
  type TestServer,
  upload,
  uploadAndWait,
} from './running-server.ts'

const KEY = 'a-key-that-nobody-guesses'
/** One without a key, and one with it. */
let open: TestServer
let closed: TestServer
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  const finished = (end: () => Promise<void>) => void ends.unshift(end)
  open = await startTestServer({}, finished)
  closed = await startTestServer({ accessKey: KEY }, finished)
})
afterAll(async () => {
  for (const end of ends) await end()
})

/** A request without a body, or with one of the given type. */
function text(first: string, lines: readonly string[], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  return `${[first, ...lines, ...length, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`
}

describe('a request', () => {
  test('that names another server, or several, or none, is refused', async () => {
    const { url } = closed
    const { host } = new URL(url)
    const key = `Authorization: Bearer ${KEY}`
    const refused = [
      text('GET /api/cases HTTP/1.0', [key]),
      text('GET /api/cases HTTP/1.1', [key]),
      text('GET /api/cases HTTP/1.1', [`Host: ${host}`, 'Host: evil.example', key]),
      text('GET /api/cases HTTP/1.1', ['Host: evil.example', `Host: ${host}`, key]),
      text('GET /api/cases HTTP/1.1', [`Host: ${host}`, `Host: ${host}`, key]),
      text('GET http://evil.example/api/cases HTTP/1.1', [`Host: ${host}`, key]),
      text(`GET http://${host}/api/cases HTTP/1.1`, ['Host: evil.example', key]),
      text('GET /api/cases HTTP/1.1', [`Host: evil.example@${host}`, key]),
      text('GET /api/cases HTTP/1.1', [`Host: ${host} evil.example`, key]),
      text('GET /api/cases HTTP/1.1', ['Host: evil.example', `X-Forwarded-Host: ${host}`, key]),
    ]
    for (const one of refused) {
      const answer = await sendRaw(url, one)
      expect([one, answer.status, codeOf(answer)]).toEqual([one, 403, 'bad-origin'])
    }
    for (const target of ['/api/cases', `http://${host}/api/cases`])
      expect((await sendRaw(url, text(`GET ${target} HTTP/1.1`, [`Host: ${host}`, key]))).status).toBe(200)
  })

  test('whose end can be read in two ways is refused', async () => {
    const { url } = open
    const head = ['POST /api/cases HTTP/1.1', `Host: ${new URL(url).host}`, 'Content-Type: application/json']
    const within = `0\r\n\r\nGET /api/cases HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`
    const bodies = [
      ['Content-Length: 4', 'Transfer-Encoding: chunked', '', within],
      ['Content-Length: 2', 'Content-Length: 3', '', '{}'],
      ['Transfer-Encoding: xchunked', '', within],
      ['Transfer-Encoding: chunked', '', 'zz\r\n{}\r\n0\r\n\r\n'],
      ['X: a', ' folded', 'Content-Length: 2', '', '{}'],
    ]
    for (const lines of bodies) {
      const answer = await sendRaw(url, [...head, ...lines].join('\r\n'))
      expect([lines, answer.status, codeOf(answer)]).toEqual([lines, 400, 'bad-request'])
    }
  })

  test('reaches no closed route and no file by another way of writing its address', async () => {
    const { url } = closed
    const host = `Host: ${new URL(url).host}`
    const targets = [
      '//api/cases',
      '/cases/../api/cases',
      '/cases/%2e%2e/api/cases',
      '/API/cases',
      '/api/cases;x',
      '/api%2fcases',
      '/./api/cases',
      '/assets/../../../../../../etc/passwd',
      '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2f..%2fpackage.json',
      '/..\\..\\package.json',
      '/assets/..%5c..%5cpackage.json',
      '/%00',
      '/api/docs/static/..%2f..%2fpackage.json',
    ]
    for (const target of targets) {
      const answer = await sendRaw(url, text(`GET ${target} HTTP/1.1`, [host]))
      const { headers, body } = answer
      // Or the sentence that it is not built yet.
      const isPage = headers.get('content-type')?.startsWith('text/') === true
      expect([target, isPage ? 'the page' : codeOf(answer)]).toEqual([
        target,
        expect.stringMatching(/^(the page|not-found|bad-request|key-needed)$/),
      ])
      expect(body).not.toMatch(/root:|"dependencies"|"rows"/)
    }
    const overridden = [host, `Authorization: Bearer ${KEY}`, 'X-HTTP-Method-Override: GET', 'Tus-Resumable: 1.0.0']
    expect((await sendRaw(url, text('POST /api/storage HTTP/1.1', overridden))).status).toBe(404)
    for (const method of ['TRACE', 'PROPFIND', 'OPTIONS'])
      expect((await sendRaw(url, text(`${method} /api/cases HTTP/1.1`, [host]))).status).toBe(404)
  })

  test('sends nobody elsewhere', async () => {
    const { url } = open
    const host = `Host: ${new URL(url).host}`
    for (const target of ['//evil.example/%E0%A4%A', '/\\evil.example/%E0%A4%A', '/%0d%0aSet-Cookie:x=1/%E0%A4%A']) {
      const { headers } = await sendRaw(url, text(`GET ${target} HTTP/1.1`, [host, 'Accept: text/html']))
      expect(headers.get('location')).toMatch(/^\/%[\w%.-]+$/)
      expect(headers.has('set-cookie')).toBe(false)
    }
    for (const place of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)']) {
      const { code } = await expectAnswer(
        await request(url, '/api/views', { method: 'POST', json: { place } }),
        400,
        ErrorBody,
      )
      expect([place, code]).toEqual([place, 'bad-request'])
    }
  })

  test('with JSON that reaches for prototypes, or is nested without end, is refused', async () => {
    const { url } = open
    const bodies = ['{"__proto__":{"title":"x"}}', '{"constructor":{"prototype":{"title":"x"}}}', '['.repeat(60_000)]
    for (const body of bodies) {
      const answer = await request(url, '/api/cases', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect((await expectAnswer(answer, 400, ErrorBody)).code).toBe('bad-request')
    }
    expect('title' in {}).toBe(false)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(
        (await request(url, '/api/cases', { method: 'POST', body: '{}', headers: { 'content-type': type } })).status,
      ).toBe(400)
  })

  test('that tries keys as a bearer is stopped as one that gives them on the page', async () => {
    const { url } = closed
    const ask = (key: string) => request(url, '/api/cases', { headers: { authorization: `Bearer ${key}` } })
    const codes: string[] = []
    for (let guess = 0; guess < 30 && !codes.includes('too-many-attempts'); guess++)
      codes.push(ErrorBody.parse(await (await ask(`guess-${guess}`)).json()).code)
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('wrong-key'))
    expect(codes.at(-1)).toBe('too-many-attempts')
  })
})

describe('an upload', () => {
  test('has a label for a name, whatever stands in it', async () => {
    const { url, dataDirectory } = open
    const caseId = await newCase(url)
    const names = [
      'a\r\nSet-Cookie: x=1',
      'a\0b',
      '../../../../tmp/evil',
      '..\\..\\evil',
      '\u202Egpj.exe',
      '/',
      'é'.repeat(999),
    ]
    for (const name of names) {
      const answer = await begin(url, `filename ${base64(name)},caseId ${base64(caseId)}`, {
        'x-forwarded-host': 'evil.example',
      })
      expect(answer.status).toBe(201)
      expect(answer.headers.get('location')).toMatch(/^\/api\/uploads\/[\w-]{22}$/)
    }
    const { uploads } = await readCase(url, caseId)
    expect(uploads.map(({ name }) => name).toSorted()).toEqual(
      ['aSet-Cookie: x=1', 'ab', 'evil', 'evil', 'gpj.exe', 'unnamed', 'é'.repeat(200)].toSorted(),
    )
    expect((await readdir(path.join(dataDirectory, '../..'))).toSorted()).toEqual(['deep'])
  })

  test('with metadata that makes no sense is refused, and so is one that cannot be of that size', async () => {
    const { url } = open
    const of = base64(await newCase(url))
    const metadata = [
      '',
      'filename !!!!',
      `filename aGk=,filename aGk=,caseId ${of}`,
      `filename aGk=,caseId ${base64('../../../etc/passwd')}`,
    ]
    for (const one of [...metadata, `caseId ${of}`]) expect([one, (await begin(url, one)).status]).toEqual([one, 400])
    for (const length of ['-1', '1e3', '0x10', '99999999999999999999'])
      expect((await begin(url, `filename aGk=,caseId ${of}`, { 'upload-length': length })).status).toBe(400)
  })

  test('is given back as a file that no browser opens, under a name that ends no header', async () => {
    const { url } = open
    const name = `it's "a" (log)*;\r\nSet-Cookie: x=1 <b>.log`
    const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name, bytes: jstatLog() })
    const { headers, body } = await request(url, `/api/artifacts/${artifact?.id}/content`)
    await body?.cancel()
    expect(headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''it%27s%20%22a%22%20%28log%29%2a%3BSet-Cookie%3A%20x%3D1%20%3Cb%3E.log",
    )
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.has('set-cookie')).toBe(false)
  })
})

test('the list of the import folder follows no link out of it', async () => {
  const folders = await realpath(await mkdtemp(path.join(tmpdir(), 'heaptrail-import-')))
  onTestFinished(() => rm(folders, { recursive: true, force: true }))
  const [importDirectory, outside] = [path.join(folders, 'import'), path.join(folders, 'outside')]
  for (const folder of [importDirectory, outside]) await mkdir(folder)
  await writeFile(path.join(outside, 'payroll.xls'), '')
  await writeFile(path.join(importDirectory, 'a.log'), '')
  await symlink(outside, path.join(importDirectory, 'folder'))
  await symlink(path.join(outside, 'payroll.xls'), path.join(importDirectory, 'file'))
  await symlink('/nothing/there', path.join(importDirectory, 'broken'))
  await symlink('.', path.join(importDirectory, 'again'))
  const { url } = await startTestServer({ importDirectory })
  const { rows } = await expectAnswer(await request(url, '/api/import'), 200, ImportableFiles)
  expect(rows).toEqual([{ path: 'a.log', size: 0 }])
})

test('what is written is for its owner only, and the log names requests, but nothing of what was sent', async () => {
  const folder = await temporaryDataDirectory()
  const server = await spawnServer({ HEAPTRAIL_DATA_DIR: folder, HEAPTRAIL_LOG_LEVEL: 'trace' })
  const caseId = await newCase(server.url, 'a confidential title')
  const file = corruptFiles().find(({ name }) => name === 'html-in-names.hprof')
  await upload({ url: server.url, caseId, name: 'confidential.hprof', bytes: file?.bytes ?? new Uint8Array() })
  await upload({ url: server.url, caseId, name: 'confidential.log', bytes: jstatLog() })
  const { artifacts } = await settledCase(server.url, caseId)
  const heap = `/api/artifacts/${artifacts.find(({ kind }) => kind === 'heap-dump')?.id}/heap`
  expect((await request(server.url, `${heap}/histogram?filter=confidential`)).status).toBe(200)
  expect((await request(server.url, `${heap}/histogram?filter=%2F(confidential%2F`)).status).toBe(400)
  expect(await server.end('SIGTERM')).toBe(0)
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { reqId?: string; req?: unknown })
  expect(lines.filter(({ req }) => req !== undefined).every(({ reqId }) => reqId !== undefined)).toBe(true)
  expect(lines.some(({ req }) => req !== undefined)).toBe(true)
  expect(server.output()).not.toMatch(/confidential|alert\(|demo[./]/)
  const files = await filesIn(folder, ['manifests', 'backups', 'blobs', 'snapshots'])
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) expect([file, (await stat(file)).mode & 0o077]).toEqual([file, 0])
})

function base64(content: string): string {
  return Buffer.from(content).toString('base64')
}

function begin(url: string, metadata: string, headers: Record<string, string> = {}): Promise<Response> {
  const tus = { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': metadata }
  return request(url, '/api/uploads', { method: 'POST', headers: { ...tus, ...headers } })
}

async function filesIn(root: string, folders: readonly string[]): Promise<string[]> {
  const entries = await Promise.all(folders.map((folder) => readdir(path.join(root, folder), { withFileTypes: true })))
  return entries.flat().map((entry) => path.join(entry.parentPath, entry.name))
}
