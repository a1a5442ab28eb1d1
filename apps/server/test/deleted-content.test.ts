import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Artifact } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { expect, test } from 'vitest'
import { chainDump, jstatLog } from './evidence.ts'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

test('without the file of a dump its analysis answers, but for contents; another case keeps its own', async () => {
  const { url, dataDirectory, close } = await startTestServer()
  const bytes = chainDump(1000)
  const blobs = () => readdir(path.join(dataDirectory, 'blobs'))
  const [dump] = await uploadAndWait({ url, caseId: await newCase(url), name: 'chain.hprof', bytes })
  const [other] = await uploadAndWait({ url, caseId: await newCase(url), name: 'same.hprof', bytes })
  expect(dump).toMatchObject({ contentKept: true })
  const content = `/api/artifacts/${dump?.id}/content`
  const deleted = await expectAnswer(await request(url, content, { method: 'DELETE' }), 200, Artifact)
  expect(deleted).toMatchObject({ contentKept: false, state: { status: 'ready' } })
  expect((await expectAnswer(await request(url, content), 410, ErrorBody)).code).toBe('gone')
  expect(await blobs(), 'the other case still has it').toHaveLength(1)
  expect((await request(url, `/api/artifacts/${other?.id}/content`)).status).toBe(200)

  expect((await request(url, `/api/artifacts/${other?.id}/content`, { method: 'DELETE' })).status).toBe(200)
  expect(await blobs()).toEqual([])
  await close()
  // It stays so after another start, which deletes what nobody needs.
  const again = await startTestServer({ dataDirectory })
  const heap = `/api/artifacts/${dump?.id}/heap`
  const tree = await request(again.url, `${heap}/dominators`)
  const { rows } = (await tree.json()) as { rows: { id: string }[] }
  const object = `${heap}/objects/${rows[0]?.id}`
  for (const route of [heap, `${heap}/histogram`, `${object}/paths`])
    expect([route, (await request(again.url, route)).status]).toEqual([route, 200])
  for (const route of [`${object}/fields`, content])
    expect((await expectAnswer(await request(again.url, route), 410, ErrorBody)).code).toBe('gone')
  const more = await request(again.url, `/api/artifacts/${dump?.id}/analyses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ keepUnreachable: true }),
  })
  expect((await expectAnswer(more, 410, ErrorBody)).code).toBe('gone')
})

test('only the file of a dump can be deleted without its artifact', async () => {
  const { url } = await startTestServer()
  const [log] = await uploadAndWait({ url, caseId: await newCase(url), name: 'a.log', bytes: jstatLog() })
  const answer = await request(url, `/api/artifacts/${log?.id}/content`, { method: 'DELETE' })
  expect((await expectAnswer(answer, 409, ErrorBody)).code).toBe('wrong-kind')
})
