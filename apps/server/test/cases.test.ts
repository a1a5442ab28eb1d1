import { Case, Cases } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { Health } from '@heaptrail/api/health'
import { StoredView, StoredViewId } from '@heaptrail/api/views'
import { describe, expect, test } from 'vitest'
import { expectAnswer, newCase, readCase, request, startTestServer, upload } from './running-server.ts'

const UNKNOWN_ID = 'AAAAAAAAAAAAAAAAAAAAAA'

describe('cases', () => {
  test('are made, listed, renamed and deleted', async () => {
    const { url } = await startTestServer()
    const first = await newCase(url, 'checkout is slow')
    const second = await expectAnswer(await request(url, '/api/cases', { method: 'POST', json: {} }), 201, Case)
    expect(second.title).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)

    // Opening the first one brings it to the top.
    await readCase(url, first)
    const list = await expectAnswer(await request(url, '/api/cases?limit=1'), 200, Cases)
    expect(list).toMatchObject({ total: 2, offset: 0, rows: [{ id: first, title: 'checkout is slow' }] })

    const renamed = await request(url, `/api/cases/${first}`, { method: 'PATCH', json: { title: '  推送服务  ' } })
    expect((await expectAnswer(renamed, 200, Case)).title).toBe('推送服务')

    expect((await request(url, `/api/cases/${first}`, { method: 'DELETE' })).status).toBe(204)
    const gone = await expectAnswer(await request(url, `/api/cases/${first}`), 404, ErrorBody)
    expect(gone.code).toBe('case-not-found')
    expect((await expectAnswer(await request(url, '/api/cases'), 200, Cases)).total).toBe(1)
  })

  test('survive a restart', async () => {
    const server = await startTestServer()
    const caseId = await newCase(server.url, 'kept')
    await server.close()
    const again = await startTestServer({ dataDirectory: server.dataDirectory })
    expect((await readCase(again.url, caseId)).title).toBe('kept')
  })
})

describe('errors', () => {
  const CASES: [string, string, RequestInit & { json?: unknown }, number, string][] = [
    ['a path that the API lacks', '/api/nothing', {}, 404, 'not-found'],
    ['an id that is none', '/api/cases/x', {}, 400, 'bad-request'],
    ['a case that is not there', `/api/cases/${UNKNOWN_ID}`, { method: 'DELETE' }, 404, 'case-not-found'],
    ['a title that is empty', '/api/cases', { method: 'POST', json: { title: ' ' } }, 400, 'bad-request'],
    [
      'a body that is no JSON',
      '/api/cases',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
      'bad-request',
    ],
    ['a body of another type', '/api/cases', { method: 'POST', body: 'title=x' }, 400, 'bad-request'],
    [
      'a body that is too large',
      '/api/cases',
      { method: 'POST', json: { title: 'x'.repeat(100_000) } },
      413,
      'too-large',
    ],
    ['a window out of range', '/api/cases?limit=100000', {}, 400, 'bad-request'],
    ['an artifact that is not there', `/api/artifacts/${UNKNOWN_ID}`, {}, 404, 'artifact-not-found'],
    ['a heap that is not there', `/api/artifacts/${UNKNOWN_ID}/heap`, {}, 404, 'artifact-not-found'],
    ['an object id that is none', `/api/artifacts/${UNKNOWN_ID}/heap/objects/12`, {}, 400, 'bad-request'],
    ['a cancellation of nothing', `/api/artifacts/${UNKNOWN_ID}/cancel`, { method: 'POST' }, 404, 'artifact-not-found'],
    ['a view that is not there', `/api/views/${UNKNOWN_ID}`, {}, 404, 'view-not-found'],
    ['an upload that is not there', `/api/uploads/${UNKNOWN_ID}/state`, { method: 'DELETE' }, 404, 'not-found'],
  ]

  test('have the form of the catalogue, whatever is wrong', async () => {
    const { url } = await startTestServer()
    for (const [what, path, init, status, code] of CASES) {
      const body = await expectAnswer(await request(url, path, init), status, ErrorBody.strict())
      expect(body.code, what).toBe(code)
      expect(body.message, what).toMatch(/^[A-Z].*\.$/)
      expect(body.message, what).not.toMatch(/\n|\/src\/|node_modules/)
    }
  })

  test('name the field that is wrong', async () => {
    const { url } = await startTestServer()
    const nul = await request(url, '/api/cases', { method: 'POST', json: { title: 'a\0b' } })
    expect((await expectAnswer(nul, 400, ErrorBody)).message).toContain('the field "title"')
    const response = await request(url, '/api/cases', { method: 'POST', json: { title: 5 } })
    expect((await expectAnswer(response, 400, ErrorBody)).message).toContain('the field "title"')
  })
})

test('a place that is too long for a URL is stored once and found by its id', async () => {
  const { url } = await startTestServer()
  const place = `/cases/${UNKNOWN_ID}?open=${'0x1,'.repeat(40_000)}`
  const store = async () =>
    (await expectAnswer(await request(url, '/api/views', { method: 'POST', json: { place } }), 201, StoredViewId))
      .viewId
  const viewId = await store()
  expect(await store()).toBe(viewId)
  expect(await expectAnswer(await request(url, `/api/views/${viewId}`), 200, StoredView)).toEqual({ place })
  expect((await request(url, '/api/views', { method: 'POST', json: { place: 'https://elsewhere' } })).status).toBe(400)
})

test('the server says who can open its links', async () => {
  const local = await startTestServer()
  expect(await expectAnswer(await request(local.url, '/api/health'), 200, Health)).toMatchObject({
    localOnly: true,
    publicUrl: null,
  })
  const open = await startTestServer({ publicUrl: 'https://heap.example.org' })
  expect(await expectAnswer(await request(open.url, '/api/health'), 200, Health)).toMatchObject({
    localOnly: false,
    publicUrl: 'https://heap.example.org',
  })
})

test('a deleted case takes its uploads with it', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  await upload({ url, caseId, name: 'notes.txt', bytes: Buffer.from('nothing that is read') })
  expect((await request(url, `/api/cases/${caseId}`, { method: 'DELETE' })).status).toBe(204)
  expect((await request(url, `/api/cases/${caseId}`)).status).toBe(404)
})
