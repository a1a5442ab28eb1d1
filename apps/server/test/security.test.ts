import http from 'node:http'
import { ErrorBody } from '@heaptrail/api/errors'
import { describe, expect, test } from 'vitest'
import { newCase, request, sharedTestServer, startTestServer } from './running-server.ts'

const shared = sharedTestServer()

/** fetch() forbids some headers that an attacker's browser or tool may well send. */
function rawRequest(
  url: string,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<http.IncomingMessage & { text: string }> {
  return new Promise((resolve, reject) => {
    const sent = http.request(new URL(path, url), { method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve(Object.assign(response, { text })))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('Host and Origin', () => {
  test('a name that is not of this server gets no answer (DNS rebinding)', async () => {
    const { url } = shared
    const { port } = new URL(url)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.2:${port}`,
      `127.0.0.1.evil.example:${port}`,
    ]) {
      for (const path of ['/api/cases', '/', '/api/docs/json', '/api/events']) {
        const response = await rawRequest(url, path, { host })
        expect([host, path, response.statusCode]).toEqual([host, path, 403])
        expect(ErrorBody.parse(JSON.parse(response.text)).code).toBe('bad-origin')
      }
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect((await rawRequest(url, '/api/cases', { host })).statusCode).toBe(200)
    }
  })

  test('a page of another origin can neither read nor write', async () => {
    const { url } = shared
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost.evil.example']) {
      expect((await rawRequest(url, '/api/cases', { origin }, 'POST')).statusCode).toBe(403)
      expect((await rawRequest(url, '/api/uploads', { origin, 'tus-resumable': '1.0.0' }, 'POST')).statusCode).toBe(403)
      expect((await rawRequest(url, '/api/events', { origin })).statusCode).toBe(403)
      expect(
        (await rawRequest(url, '/api/cases', { origin, 'access-control-request-method': 'POST' }, 'OPTIONS'))
          .statusCode,
      ).toBe(403)
    }
    expect((await rawRequest(url, '/api/cases', { origin: url })).statusCode).toBe(200)
  })

  test('what another page embeds is refused, a link that is followed is not', async () => {
    const { url } = shared
    const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await rawRequest(url, '/api/cases', embedded)).statusCode).toBe(403)
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await rawRequest(url, '/', followed)).statusCode).not.toBe(403)
  })

  test('the public address is one of its names', async () => {
    const { url } = await startTestServer({ publicUrl: 'https://heap.example.org' })
    const headers = { host: 'heap.example.org', origin: 'https://heap.example.org' }
    expect((await rawRequest(url, '/api/cases', headers)).statusCode).toBe(200)
  })
})

test('no answer lets other origins read it, and every answer is guarded', async () => {
  const { url } = shared
  const caseId = await newCase(url)
  const metadata = `filename ${btoa('a.txt')},caseId ${btoa(caseId)}`
  const tus = { 'tus-resumable': '1.0.0' }
  const created = await request(url, '/api/uploads', {
    method: 'POST',
    headers: { ...tus, 'upload-length': '10', 'upload-metadata': metadata },
  })
  const location = created.headers.get('location') ?? ''
  const answers = [
    created,
    await request(url, location, { method: 'HEAD', headers: tus }),
    await request(url, '/api/uploads', { method: 'OPTIONS' }),
    await request(url, '/api/cases'),
    await request(url, '/api/nothing'),
    await request(url, '/'),
  ]
  expect(answers.map(({ status }) => status).slice(0, 2)).toEqual([201, 200])
  for (const { headers } of answers) {
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*script-src 'self'/)
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
    expect(headers.has('strict-transport-security')).toBe(false)
  }
})

test('an address that cannot be decoded gets an error of the catalogue', async () => {
  const { url } = shared
  const { statusCode, text } = await rawRequest(url, '/api/%E0%A4%A', {})
  expect([statusCode, ErrorBody.parse(JSON.parse(text)).code]).toEqual([400, 'bad-request'])
})

test('a person with such an address is led to a page', async () => {
  const { url } = shared
  const { statusCode } = await rawRequest(url, '/%E0%A4%A', { accept: 'text/html' })
  expect(statusCode).toBe(302)
})
