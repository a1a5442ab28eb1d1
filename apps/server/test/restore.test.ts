import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Case } from '@heaptrail/api/cases'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openEmbedded } from '../src/db/embedded.ts'
import { mergeManifests } from '../src/restore/from-manifests.ts'
import { createBackups } from '../src/storage/backups.ts'
import { openDataDirectory } from '../src/storage/data-directory.ts'
import { manifestFiles } from '../src/storage/manifests.ts'
import { jstatLog } from './evidence.ts'
import {
  newCase,
  readCase,
  request,
  settledCase,
  spawnMain,
  startTestServer,
  temporaryDataDirectory,
  uploadAndWait,
} from './running-server.ts'

const CLI = path.resolve(import.meta.dirname, '../src/restore/main.ts')

async function restore(dataDirectory: string, ...options: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [CLI, ...options], {
    env: { ...process.env, HEAPTRAIL_DATA_DIR: dataDirectory },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'close')
  return { code: child.exitCode, output }
}

/** A stopped server's directory: one case is in its only backup, one came after it, one was deleted after it. */
async function usedDirectory(): Promise<{ dataDirectory: string; cases: Case[]; deleted: string }> {
  const one = await startTestServer()
  const { dataDirectory } = one
  const ids = [await newCase(one.url, 'in the backup')]
  await uploadAndWait({ url: one.url, caseId: ids[0] ?? '', name: 'a.log', bytes: jstatLog() })
  const deleted = await newCase(one.url, 'deleted')
  await one.close()
  const kept = await readdir(path.join(dataDirectory, 'backups'))
  const two = await startTestServer({ dataDirectory })
  ids.push(await newCase(two.url, 'after the backup'))
  const bytes = Buffer.from(jstatLog()).subarray(0, 9000)
  await uploadAndWait({ url: two.url, caseId: ids[1] ?? '', name: 'b.log', bytes })
  await request(two.url, `/api/cases/${deleted}`, { method: 'DELETE' })
  await request(two.url, `/api/cases/${ids[0]}`, { method: 'PATCH', json: { title: 'renamed after the backup' } })
  const cases = await Promise.all(ids.map((id) => readCase(two.url, id)))
  await two.close()
  for (const name of await readdir(path.join(dataDirectory, 'backups')))
    if (!kept.includes(name)) await rm(path.join(dataDirectory, 'backups', name))
  return { dataDirectory, cases, deleted }
}

test('a damaged database is refused with a way out, and comes back from the last good backup and the manifests', async () => {
  const { dataDirectory, cases, deleted } = await usedDirectory()
  await truncate(path.join(dataDirectory, 'database', 'global/pg_control'), 100)
  const refused = await spawnMain({ HEAPTRAIL_DATA_DIR: dataDirectory }).ended()
  expect(refused.code).toBe(1)
  expect(refused.output).toMatch(
    /^The database .* cannot be opened: .*Nothing was changed\. .*\.backup, run: .*restore\n$/,
  )

  await writeFile(path.join(dataDirectory, 'backups', '9999.backup'), 'torn')
  const restored = await restore(dataDirectory)
  expect(restored.output).toMatch(
    /The backup 9999\.backup was left out\. .*\nLoaded the backup 20.*\n.*1 cases and 1 artifacts added, 1 dropped/,
  )
  expect(restored.code).toBe(0)
  const { url } = await startTestServer({ dataDirectory })
  for (const { id, title, artifacts } of cases) {
    expect(await settledCase(url, id)).toMatchObject({ title, artifacts })
    expect((await request(url, `/api/artifacts/${artifacts[0]?.id}/jstat`)).status).toBe(200)
  }
  expect((await request(url, `/api/cases/${deleted}`)).status).toBe(404)
  expect((await readdir(dataDirectory)).some((name) => name.startsWith('database.broken-'))).toBe(true)
  await expectRefusalWhileItRuns(dataDirectory)
})

/** While a server runs the directory is its own. */
async function expectRefusalWhileItRuns(dataDirectory: string): Promise<void> {
  const { code, output } = await restore(dataDirectory)
  expect([code, output]).toEqual([1, expect.stringContaining('already uses the data directory')])
}

test.each<[string, (database: string) => Promise<void>]>([
  ['is gone', (database) => rm(database, { recursive: true })],
  ['lost a file', (database) => rm(path.join(database, 'PG_VERSION'))],
  ['lost its log', (database) => rm(path.join(database, 'pg_wal'), { recursive: true })],
])('a database that %s is neither opened nor replaced by an empty one', async (_what, damage) => {
  const directory = await openDataDirectory(await temporaryDataDirectory())
  await mkdir(directory.backups, { recursive: true })
  await createBackups(directory.backups).keep('a backup')
  await damage(directory.database)
  await expect(openEmbedded(directory)).rejects.toThrow(/cannot be opened.*\.backup, run: .*restore$/)
})

test('without any backup the cases are made from their manifests, but for what has no content any more', async () => {
  const { db, close } = await openEmbedded(await openDataDirectory(await temporaryDataDirectory()))
  const files = manifestFiles(path.join(await temporaryDataDirectory(), 'manifests'))
  const artifact = { archive: null, kind: 'jstat-log', created_at: '2026-01-01', damage: null, reason: null }
  const [there, gone] = ['a'.repeat(64), 'b'.repeat(64)]
  await files.write(
    'case-1',
    JSON.stringify({
      format: 1,
      case: { id: 'case-1', title: 'lost', created_at: '2026-01-01', demo: false, own_packages: ['com.acme'] },
      artifacts: [
        { ...artifact, id: 'one', name: 'one.log', size: 1, sha256: there, position: 0 },
        { ...artifact, id: 'two', name: 'two.log', size: 2, sha256: gone, position: 1 },
      ],
      readings: [{ artifact_id: 'one', part: 0, reading: { option: 'gcutil' } }],
      pins: [
        { id: 'pin-1', artifact_id: 'one', place: '/one', title: 'one', created_at: '2026-01-01' },
        { id: 'pin-2', artifact_id: 'two', place: '/two', title: 'two', created_at: '2026-01-01' },
        { id: 'pin-3', artifact_id: null, place: '/all', title: 'all', created_at: '2026-01-02' },
      ],
    }),
  )
  await files.write('case-2', '{"torn')
  const merged = await mergeManifests(db, files, (sha256) => Promise.resolve(sha256 === there))
  expect(merged).toEqual({ casesAdded: 1, artifactsAdded: 1, dropped: 0, unreadable: ['case-2'] })
  expect(await db.selectFrom('artifacts').select(['id', 'status']).execute()).toEqual([{ id: 'one', status: 'queued' }])
  expect(await db.selectFrom('readings').select(['artifact_id', 'reading']).execute()).toEqual([
    { artifact_id: 'one', reading: { option: 'gcutil' } },
  ])
  expect(await db.selectFrom('cases').select('own_packages').execute()).toEqual([{ own_packages: ['com.acme'] }])
  expect(await db.selectFrom('pins').select('title').orderBy('id').execute()).toEqual([
    { title: 'one' },
    { title: 'all' },
  ])
  await close()
})

test('a database that can be opened is not replaced unasked', async () => {
  const { code, output } = await restore(await temporaryDataDirectory())
  expect([code, output]).toEqual([1, expect.stringContaining('can be opened; nothing was changed')])
})

test('a database of a newer version is left to that version', async () => {
  const dataDirectory = await temporaryDataDirectory()
  const { db, close } = await openEmbedded(await openDataDirectory(dataDirectory))
  await sql`insert into kysely_migration (name, timestamp) values ('9999-of-tomorrow', '2100-01-01')`.execute(db)
  await close()
  const sentence = 'The database was used by a newer version of Heaptrail'
  await expect(openEmbedded(await openDataDirectory(dataDirectory))).rejects.toThrow(sentence)
  const { code, output } = await restore(dataDirectory)
  expect([code, output]).toEqual([1, expect.stringContaining(sentence)])
})

test('the last three backups are kept, and none that says nothing new', async () => {
  const folder = path.join(await temporaryDataDirectory(), 'backups')
  const backups = createBackups(folder)
  for (const text of ['a', 'b', 'b', 'c', 'd']) await backups.keep(text)
  const texts = await Promise.all((await backups.list()).map((name) => backups.read(name)))
  expect(texts).toEqual(['d', 'c', 'b'])
  expect(await createBackups(folder).keep('d')).toBeUndefined()
})
