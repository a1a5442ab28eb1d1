import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Dismissals } from '@heaptrail/api/dismissals'
import { ErrorBody } from '@heaptrail/api/errors'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

const DUMP = path.resolve(import.meta.dirname, '../../../packages/fixtures/dumps/known-17.hprof.gz')

test('a finding is dismissed once, with a reason, until somebody takes that back; a restart keeps it', async () => {
  const server = await startTestServer()
  const caseId = await newCase(server.url)
  const [dump] = await uploadAndWait({
    url: server.url,
    caseId,
    name: 'known.hprof.gz',
    bytes: await readFile(DUMP),
  })
  const all = `/api/cases/${caseId}/dismissals`
  const subject = { artifactId: dump?.id, finding: 'leak-suspect', about: '0x7ff' }
  const say = (reason: string, more: object = {}) =>
    request(server.url, all, { method: 'POST', json: { ...subject, reason, ...more } })
  expect((await say('a cache')).status).toBe(200)
  const { dismissals } = await expectAnswer(await say('a cache, filled at start'), 200, Dismissals)
  expect(dismissals).toMatchObject([{ ...subject, part: 0, reason: 'a cache, filled at start' }])
  await expectAnswer(await say(' '), 400, ErrorBody)
  await expectAnswer(await say('elsewhere', { artifactId: 'A'.repeat(22) }), 404, ErrorBody)
  await server.close()

  const { url } = await startTestServer({ dataDirectory: server.dataDirectory })
  expect((await expectAnswer(await request(url, all), 200, Dismissals)).dismissals).toEqual(dismissals)
  const one = `${all}/${dismissals[0]?.id}`
  const left = await expectAnswer(await request(url, one, { method: 'DELETE' }), 200, Dismissals)
  expect(left.dismissals).toEqual([])
  await expectAnswer(await request(url, one, { method: 'DELETE' }), 404, ErrorBody)
})
