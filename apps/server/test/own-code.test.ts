import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Case } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapSummary, Histogram } from '@heaptrail/api/heap'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, readCase, request, startTestServer, uploadAndWait } from './running-server.ts'

const DUMP = path.resolve(import.meta.dirname, '../../../packages/fixtures/dumps/known-17.hprof.gz')

test('what a case says is own code counts in its dumps, in no other case, and after a restart', async () => {
  const server = await startTestServer()
  const [caseId, otherId] = [await newCase(server.url), await newCase(server.url)]
  const bytes = await readFile(DUMP)
  const [dump] = await uploadAndWait({ url: server.url, caseId, name: 'known.hprof.gz', bytes })
  const [same] = await uploadAndWait({ url: server.url, caseId: otherId, name: 'known.hprof.gz', bytes })
  const own = async (url: string, id = dump?.id) => {
    const answer = await request(url, `/api/artifacts/${id}/heap`)
    return (await expectAnswer(answer, 200, HeapSummary)).ownPackages
  }
  const learned = await own(server.url)
  expect((await readCase(server.url, caseId)).ownPackages).toBeNull()

  const choose = (packages: unknown, url = server.url) =>
    request(url, `/api/cases/${caseId}/own-code`, { method: 'PUT', json: { packages } })
  const changed = await expectAnswer(await choose(['java.util', 'java.util']), 200, Case)
  expect(changed.ownPackages).toEqual(['java.util'])
  expect(await own(server.url)).toEqual(['java.util'])
  expect(await own(server.url, same?.id)).toEqual(learned)
  const filter = encodeURIComponent('/^java.util.(HashMap|concurrent.ConcurrentHashMap)$/')
  const rows = await request(server.url, `/api/artifacts/${dump?.id}/heap/histogram?filter=${filter}`)
  expect((await expectAnswer(rows, 200, Histogram)).rows.map((row) => row.own)).toEqual([true, true])
  await server.close()

  const again = await startTestServer({ dataDirectory: server.dataDirectory })
  expect(await own(again.url)).toEqual(['java.util'])
  expect((await expectAnswer(await choose(null, again.url), 200, Case)).ownPackages).toBeNull()
  expect(await own(again.url)).toEqual(learned)
})

test('only names of packages are taken, for a case that is there', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  const choose = (id: string, packages: unknown) =>
    request(url, `/api/cases/${id}/own-code`, { method: 'PUT', json: { packages } })
  expect((await choose(caseId, ['com.acme', '(default package)'])).status).toBe(200)
  for (const wrong of [['com..acme'], ['com.acme.*'], ['a b'], [''], 'com.acme', Array(51).fill('a')])
    expect((await choose(caseId, wrong)).status, JSON.stringify(wrong)).toBe(400)
  const gone = await expectAnswer(await choose('A'.repeat(22), []), 404, ErrorBody)
  expect(gone.code).toBe('case-not-found')
})
