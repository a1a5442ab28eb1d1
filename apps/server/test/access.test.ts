import http from 'node:http'
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { ErrorBody } from '@heaptrail/api/errors'
import { Health } from '@heaptrail/api/health'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  expectAnswer,
  newCase,
  request,
  spawnMain,
  spawnServer,
  startTestServer,
  temporaryDataDirectory,
} from './running-server.ts'

const KEY = 'a-key-that-nobody-guesses'

/** Gives the key. @returns the cookie to send from now on */
async function signIn(url: string, key = KEY): Promise<string> {
  const answer = await request(url, '/api/session', { method: 'POST', json: { key } })
  expect(answer.status).toBe(204)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

function statusWith(url: string, route: string, headers: Record<string, string>): Promise<number> {
  return request(url, route, { headers }).then(async (answer) => {
    await answer.body?.cancel()
    return answer.status
  })
}

describe('a server with an access key', () => {
  test('tells nothing of a case without it, however the address is written', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const routes = [
      '/api/cases',
      '/%61pi/cases',
      '/api/events',
      '/api/docs/json',
      '/api/uploads',
      '/api/artifacts/x/heap',
    ]
    for (const route of routes) {
      for (const method of ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']) {
        const { status } = await request(url, route, { method })
        expect([method, route, status]).toEqual([method, route, expect.toBeOneOf([401, 404])])
      }
    }
    const refusal = await expectAnswer(await request(url, '/api/cases'), 401, ErrorBody)
    expect(refusal.code).toBe('key-needed')
    const health = await expectAnswer(await request(url, '/api/health'), 200, Health)
    expect(health).toMatchObject({ access: 'needed', version: null })
  })

  test('lets the page come, which then asks for the key where the link led', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const page = await request(url, '/cases/abc/heap/def/dominators', { headers: { accept: 'text/html' } })
    expect(page.status).not.toBe(401)
  })

  test('gives a cookie for the key that scripts and other sites cannot use', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const answer = await request(url, '/api/session', { method: 'POST', json: { key: KEY } })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^heaptrail-\d+=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/)
    expect(await statusWith(url, '/api/cases', { cookie: cookie.split(';')[0] ?? '' })).toBe(200)
    const health = await request(url, '/api/health', { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(await expectAnswer(health, 200, Health)).toMatchObject({ access: 'granted' })
  })

  test('takes the key itself as a bearer token', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    expect(await statusWith(url, '/api/cases', { authorization: `Bearer ${KEY}` })).toBe(200)
    expect(await statusWith(url, '/api/cases', { authorization: `Bearer ${KEY}x` })).toBe(401)
    expect(await statusWith(url, '/api/cases', { authorization: `Basic ${btoa(`:${KEY}`)}` })).toBe(401)
  })

  test('takes no forged and no foreign cookie', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const other = await startTestServer({ accessKey: KEY })
    const cookie = await signIn(url)
    const [name = '', value = ''] = cookie.split('=')
    const [id = '', signature = ''] = value.split('.')
    const foreign = (await signIn(other.url)).split('=')[1] ?? ''
    for (const forged of ['', id, `${id}.`, `.${signature}`, `${id}.${id}`, `${signature}.${signature}`, foreign]) {
      expect([forged, await statusWith(url, '/api/cases', { cookie: `${name}=${forged}` })]).toEqual([forged, 401])
    }
    expect(await statusWith(url, '/api/cases', { cookie: `other=1; ${cookie}` })).toBe(200)
  })

  test('forgets a session that was ended, and all of them when asked to', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const [ann, bob, eve] = [await signIn(url), await signIn(url), await signIn(url)]
    await request(url, '/api/session', { method: 'DELETE', headers: { cookie: ann } })
    expect(await statusWith(url, '/api/cases', { cookie: ann })).toBe(401)
    expect(await statusWith(url, '/api/cases', { cookie: bob })).toBe(200)
    await request(url, '/api/sessions', { method: 'DELETE', headers: { cookie: bob } })
    expect(await statusWith(url, '/api/cases', { cookie: eve })).toBe(401)
  })

  test('ends the session that a browser had when it gives the key again', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const before = await signIn(url)
    const body = JSON.stringify({ key: KEY })
    const headers = { cookie: before, 'content-type': 'application/json' }
    expect((await request(url, '/api/session', { method: 'POST', body, headers })).status).toBe(204)
    expect(await statusWith(url, '/api/cases', { cookie: before })).toBe(401)
  })

  test('writes down who tries to get in, and not with which key', async () => {
    const environment = { HEAPTRAIL_ACCESS_KEY: KEY, HEAPTRAIL_LOG_LEVEL: 'info' }
    const server = await spawnServer({ HEAPTRAIL_DATA_DIR: await temporaryDataDirectory(), ...environment })
    await request(server.url, '/api/session', { method: 'POST', json: { key: 'wrong-key-of-somebody' } })
    await signIn(server.url)
    expect((await rawPost(server.url, '/api/cases', { host: 'evil.example' }, {})).statusCode).toBe(403)
    await server.end('SIGTERM')
    const lines = server.output().split('\n')
    const told = (text: string) => lines.filter((line) => line.includes(text) && line.includes('"client":"127.0.0.1"'))
    expect(told('"code":"wrong-key"')).toHaveLength(1)
    expect(told('"code":"bad-origin"')).toHaveLength(1)
    expect(told('the access key was given')).toHaveLength(1)
    expect(server.output()).not.toMatch(new RegExp(`${KEY}|wrong-key-of-somebody`))
  })

  test('ends the events of a session with it', async () => {
    const { url } = await startTestServer({ accessKey: KEY })
    const cookie = await signIn(url)
    const events = await request(url, '/api/events', { headers: { cookie } })
    await request(url, '/api/session', { method: 'DELETE', headers: { cookie } })
    let text = ''
    for await (const chunk of events.body ?? []) text += Buffer.from(chunk).toString()
    expect(text).toBe('retry: 1000\n\n')
  })

  test('keeps sessions over a restart, but not over another key', async () => {
    const first = await startTestServer({ accessKey: KEY })
    const { dataDirectory } = first
    const cookie = await signIn(first.url)
    // Its name has the port in it, and nobody knows whether the same port can be had again.
    const cookieFor = ({ url }: { url: string }) => cookie.replace(/^heaptrail-\d+/, `heaptrail-${new URL(url).port}`)
    await first.close()
    const second = await startTestServer({ dataDirectory, accessKey: KEY })
    expect(await statusWith(second.url, '/api/cases', { cookie: cookieFor(second) })).toBe(200)
    await second.close()
    const third = await startTestServer({ dataDirectory, accessKey: `${KEY}-changed` })
    expect(await statusWith(third.url, '/api/cases', { cookie: cookieFor(third) })).toBe(401)
    const secret = await readFile(path.join(first.dataDirectory, 'secret'), 'utf8')
    expect(cookie).not.toContain(secret)
  })

  test('stops whoever tries one key after the other, and not those who are in', async () => {
    // Another attempt is allowed every few seconds, which a busy machine may need for these.
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const { url } = await startTestServer({ accessKey: KEY })
    const cookie = await signIn(url)
    const codes: string[] = []
    for (let attempt = 0; attempt < 12; attempt++) {
      const answer = await request(url, '/api/session', { method: 'POST', json: { key: `guess ${attempt}` } })
      codes.push(ErrorBody.parse(await answer.json()).code)
    }
    expect(codes).toEqual([...Array<string>(10).fill('wrong-key'), 'too-many-attempts', 'too-many-attempts'])
    // Otherwise the limit would say which of the guesses is right.
    expect((await request(url, '/api/session', { method: 'POST', json: { key: KEY } })).status).toBe(429)
    expect(await statusWith(url, '/api/cases', { cookie })).toBe(200)
  })

  test('marks the cookie as secure when the browser came through TLS', async () => {
    const { url } = await startTestServer({ accessKey: KEY, publicUrl: 'https://heap.example.org' })
    const answer = await rawPost(url, '/api/session', { host: 'heap.example.org' }, { key: KEY })
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-heaptrail-\d+=.*; Secure$/)
  })
})

describe('from another address', () => {
  /** A second loopback address, and those of this machine in its networks. */
  const addresses = [
    '127.0.0.2',
    ...Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
    ),
  ]

  test.each(addresses)('%s: only with the key', async (address) => {
    const { url } = await startTestServer({ host: '0.0.0.0', accessKey: KEY })
    const there = url.replace('127.0.0.1', address)
    expect(await statusWith(there, '/api/cases', {})).toBe(401)
    const cookie = await signIn(there)
    expect(await statusWith(there, '/api/cases', { cookie })).toBe(200)
    expect((await rawPost(there, '/api/cases', { host: 'evil.example', cookie }, {})).statusCode).toBe(403)
  })

  test('a server on 127.0.0.1 cannot be reached there', async () => {
    const { url } = await startTestServer()
    await newCase(url)
    await expect(fetch(url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed')
  })

  test('without a key a server that others could reach does not start', async () => {
    const { code, output } = await spawnMain({
      HEAPTRAIL_DATA_DIR: await temporaryDataDirectory(),
      HEAPTRAIL_HOST: '0.0.0.0',
    }).ended()
    expect(code).toBe(1)
    expect(output).toMatch(/^With HEAPTRAIL_HOST=0\.0\.0\.0 others can reach this server.*HEAPTRAIL_ACCESS_KEY.*\.\n$/)
  })
})

/** fetch() lets nobody choose `Host`. */
function rawPost(
  url: string,
  route: string,
  headers: Record<string, string>,
  json: unknown,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const all = { 'content-type': 'application/json', ...headers }
    const sent = http.request(new URL(route, url), { method: 'POST', headers: all }, (answer) => {
      answer.resume()
      resolve(answer)
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(json))
  })
}
