import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeOldDirectory } from './old-directory.ts'
import { readCase, request, settledCase, startTestServer } from './running-server.ts'

test('a database of the first version is brought up to date, and what its server had not ended is ended', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const dataDirectory = path.join(folder, 'data')
  await makeOldDirectory(dataDirectory, '0001-cases')
  const { url } = await startTestServer({ dataDirectory })
  expect((await readCase(url, 'case-39-of-an-older-server')).title).toBe('case-39')
  const { artifacts } = await settledCase(url, 'busy-of-an-older-server')
  expect(artifacts.map(({ name, state }) => [name, state.status])).toEqual([
    ['dump', 'ready'],
    ['histogram', 'ready'],
  ])
  expect((await request(url, '/api/artifacts/dump-of-an-older-server/heap')).status).toBe(200)
})
