import { describe, expect, test } from 'vitest'
import { Storage } from '@heaptrail/api/storage'
import { createChanges } from '../src/cases/changes.ts'
import { createRetention, deletionOf } from '../src/cases/retention.ts'
import { openEmbedded } from '../src/db/embedded.ts'
import { openDataDirectory } from '../src/storage/data-directory.ts'
import { jstatLog } from './evidence.ts'
import {
  expectAnswer,
  newCase,
  readCase,
  request,
  startTestServer,
  temporaryDataDirectory,
  uploadAndWait,
} from './running-server.ts'

const DAY_MS = 24 * 3600 * 1000
const START = Date.parse('2026-01-01T00:00:00.000Z')
const days = (count: number) => new Date(START + count * DAY_MS).toISOString()

describe('retention', () => {
  test('a case is marked when its days are over, goes a day later, and stays when it is opened meanwhile', async () => {
    const { db, close } = await openEmbedded(await openDataDirectory(await temporaryDataDirectory()))
    const row = { title: 'a case', created_at: days(0), last_opened_at: days(0), demo: false, delete_at: null }
    await db
      .insertInto('cases')
      .values(['old', 'opened'].map((id) => ({ ...row, id })))
      .execute()
    await db
      .insertInto('cases')
      .values({ ...row, id: 'new', last_opened_at: days(20) })
      .execute()
    const removed: string[] = []
    const clock = { now: START + 29 * DAY_MS }
    const retention = createRetention({
      db,
      changes: createChanges(),
      retentionDays: 30,
      now: () => clock.now,
      artifacts: {
        async removeCase(id) {
          removed.push(id)
          await db.deleteFrom('cases').where('id', '=', id).execute()
          return true
        },
      },
    })
    expect(await retention.enforce()).toEqual({ marked: 0, first: undefined, deleted: 0 })
    clock.now = START + 31 * DAY_MS
    expect(await retention.enforce()).toEqual({ marked: 2, first: days(32), deleted: 0 })
    await db
      .updateTable('cases')
      .set({ delete_at: null, last_opened_at: days(31) })
      .where('id', '=', 'opened')
      .execute()
    clock.now = START + 32 * DAY_MS
    expect(await retention.enforce()).toMatchObject({ marked: 0, deleted: 1 })
    expect(removed).toEqual(['old'])
    await close()
  })

  test('everybody sees beforehand when a case will go', () => {
    const row = { last_opened_at: days(0), delete_at: null }
    expect(deletionOf(row, undefined)).toBeUndefined()
    expect(deletionOf(row, 30, START)).toBe(days(31))
    // The setting is new, and its days are over already.
    expect(deletionOf(row, 30, START + 100 * DAY_MS)).toBe(days(101))
    expect(deletionOf({ ...row, delete_at: days(5) }, 30)).toBe(days(5))
  })

  test('a case tells it, and opening the case puts it off', async () => {
    const { url } = await startTestServer({ retentionDays: 30 })
    const caseId = await newCase(url)
    const { deleteAt } = await readCase(url, caseId)
    expect(Date.parse(deleteAt ?? '') - Date.now()).toBeGreaterThan(30.9 * DAY_MS)
  })
})

test('what a case takes of the disk is seen, and what all take', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  const log = jstatLog()
  await uploadAndWait({ url, caseId, name: 'a.log', bytes: log })
  await uploadAndWait({ url, caseId, name: 'the same.log', bytes: log })
  expect((await readCase(url, caseId)).storedBytes).toBe(log.length)
  const storage = await expectAnswer(await request(url, '/api/storage'), 200, Storage)
  expect(storage).toMatchObject({ contents: log.length, snapshots: 0, uploads: 0, quota: null, retentionDays: null })
  expect(storage.used).toBe(storage.contents + storage.database)
})
