import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../src/db/postgres.ts'
import { chainDump, jstatLog } from './evidence.ts'
import { postgresPrograms, startPostgres } from './postgres-server.ts'
import { newCase, readCase, request, settledCase, startTestServer, upload, uploadAndWait } from './running-server.ts'

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

describe.skipIf(postgresPrograms === undefined)('on PostgreSQL (needs Debian’s package postgresql)', () => {
  test('the same code keeps cases, runs analyses, and finds all again after a restart', async () => {
    const databaseUrl = await startPostgres()
    const dataDirectory = await emptyFolder()
    const first = await startTestServer({ databaseUrl, dataDirectory, accessKey: 'a-key-that-nobody-guesses' })
    await first.close()
    const second = await startTestServer({ databaseUrl, dataDirectory })
    const caseId = await newCase(second.url, 'on PostgreSQL')
    const [log] = await uploadAndWait({ url: second.url, caseId, name: 'a.log', bytes: jstatLog() })
    await upload({ url: second.url, caseId, name: 'chain.hprof', bytes: chainDump(2000) })
    const before = await settledCase(second.url, caseId)
    expect(before.artifacts.map(({ kind, state }) => [kind, state.status])).toEqual([
      ['jstat-log', 'ready'],
      ['heap-dump', 'ready'],
    ])
    // Two servers would take each other's jobs.
    await expect(openPostgres(databaseUrl)).rejects.toThrow(
      'Another Heaptrail server already uses the database 127.0.0.1',
    )
    await second.close()

    const third = await startTestServer({ databaseUrl, dataDirectory })
    const { artifacts, title } = await readCase(third.url, caseId)
    expect([title, artifacts]).toEqual(['on PostgreSQL', before.artifacts])
    expect((await request(third.url, `/api/artifacts/${log?.id}/jstat`)).status).toBe(200)
    expect(await readdir(dataDirectory)).not.toContain('database')
    expect((await request(third.url, `/api/cases/${caseId}`, { method: 'DELETE' })).status).toBe(204)
    expect(await readdir(path.join(dataDirectory, 'blobs'))).toEqual([])
  })
})

test('a database that cannot be reached is one sentence, without the password', async () => {
  const opening = openPostgres('postgresql://heaptrail:secret@127.0.0.1:1/heaps')
  await expect(opening).rejects.toThrow(
    'The database 127.0.0.1:1/heaps cannot be reached (ECONNREFUSED). Check HEAPTRAIL_DATABASE_URL.',
  )
})
