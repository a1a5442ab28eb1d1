import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ErrorBody } from '@heaptrail/api/errors'
import { MAX_PINS, Pin } from '@heaptrail/api/pins'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, readCase, request, startTestServer, uploadAndWait } from './running-server.ts'

const DUMP = path.resolve(import.meta.dirname, '../../../packages/fixtures/dumps/known-17.hprof.gz')

test('a pin stays with its case until it is taken away, is listed once, and survives a restart', async () => {
  const server = await startTestServer()
  const caseId = await newCase(server.url)
  const pin = (title: string, place: string) =>
    request(server.url, `/api/cases/${caseId}/pins`, { method: 'POST', json: { title, place } })
  const timeline = await expectAnswer(await pin('the hour', `/cases/${caseId}/timeline?to=9&from=1`), 201, Pin)
  expect(timeline.place).toBe(`/cases/${caseId}/timeline?from=1&to=9`)
  const again = await expectAnswer(await pin('that hour', timeline.place), 201, Pin)
  expect(again).toEqual({ ...timeline, title: 'that hour' })
  await server.close()

  const { url } = await startTestServer({ dataDirectory: server.dataDirectory })
  expect((await readCase(url, caseId)).pins).toEqual([again])
  const one = `/api/cases/${caseId}/pins/${again.id}`
  expect((await request(url, one, { method: 'DELETE' })).status).toBe(204)
  expect((await readCase(url, caseId)).pins).toEqual([])
  expect((await expectAnswer(await request(url, one, { method: 'DELETE' }), 404, ErrorBody)).code).toBe('not-found')
})

test('only views of the case can be pinned in it, so many at most', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  const other = await newCase(url)
  const pin = (place: string, title = 'x') =>
    request(url, `/api/cases/${caseId}/pins`, { method: 'POST', json: { title, place } })
  const gone = `/cases/${caseId}/heap/${'A'.repeat(22)}/objects/0x1`
  for (const [place, status] of [
    ['/', 400],
    ['/nowhere', 400],
    ['https://elsewhere.example', 400],
    [`/cases/${other}`, 400],
    [gone, 404],
  ] as const) {
    expect((await pin(place)).status, place).toBe(status)
  }
  expect((await pin(`/cases/${caseId}`, 'a\nb')).status).toBe(400)
  for (let at = 0; at < MAX_PINS; at++) expect((await pin(`/cases/${caseId}/timeline?from=${at}`)).status).toBe(201)
  const full = await expectAnswer(await pin(`/cases/${caseId}/timeline?from=1000`), 400, ErrorBody)
  expect(full.message).toContain(`at most ${MAX_PINS} pins`)
})

test('a pinned object outlives a new analysis of its dump, and goes with the dump', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  const [dump] = await uploadAndWait({ url, caseId, name: 'known.hprof.gz', bytes: await readFile(DUMP) })
  const place = `/cases/${caseId}/heap/${dump?.id}~keep/objects/0x7ff`
  await request(url, `/api/cases/${caseId}/pins`, { method: 'POST', json: { title: 'Cache 0x7ff', place } })
  const analyses = `/api/artifacts/${dump?.id}/analyses`
  const options = { sizes: 'jvm', keepUnreachable: true, layout: {} }
  expect((await request(url, analyses, { method: 'POST', json: options })).ok).toBe(true)
  expect((await readCase(url, caseId)).pins).toMatchObject([{ title: 'Cache 0x7ff', place }])
  expect((await request(url, `/api/artifacts/${dump?.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await readCase(url, caseId)).pins).toEqual([])
})
