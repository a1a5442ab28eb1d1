import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ExclusiveDriver } from '../src/db/exclusive-driver.ts'
import { startThreadedDatabase, type ThreadedDatabase } from '../src/db/threaded-database.ts'

interface Tables {
  notes: { text: string }
}

let folder = ''
let pglite: ThreadedDatabase
let db: Kysely<Tables>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-test-'))
  pglite = startThreadedDatabase(path.join(folder, 'database'))
  class Dialect extends PGliteDialect {
    override createDriver() {
      return new ExclusiveDriver({ pglite })
    }
  }
  db = new Kysely<Tables>({ dialect: new Dialect({ pglite }) })
  await sql`create table notes (text text unique)`.execute(db)
})

beforeEach(async () => void (await sql`delete from notes`.execute(db)))

afterAll(async () => {
  await pglite.close()
  await rm(folder, { recursive: true, force: true })
})

test('what is written beside a transaction does not vanish with its rollback', async () => {
  const started = Promise.withResolvers<void>()
  const mayFail = Promise.withResolvers<void>()
  const failing = db.transaction().execute(async (tx) => {
    await tx.insertInto('notes').values({ text: 'inside' }).execute()
    started.resolve()
    await mayFail.promise
    throw new Error('rolled back')
  })
  await started.promise
  const beside = db.insertInto('notes').values({ text: 'beside' }).execute()
  mayFail.resolve()
  await expect(failing).rejects.toThrow('rolled back')
  await beside
  expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ text: 'beside' }])
})

test('two transactions follow each other', async () => {
  const append = (text: string) =>
    db.transaction().execute(async (tx) => {
      const { length } = await tx.selectFrom('notes').selectAll().execute()
      await tx
        .insertInto('notes')
        .values({ text: `${text} after ${length}` })
        .execute()
    })
  await Promise.all([append('a'), append('b'), append('c')])
  expect(await db.selectFrom('notes').selectAll().execute()).toEqual([
    { text: 'a after 0' },
    { text: 'b after 1' },
    { text: 'c after 2' },
  ])
})

test('an error says by its code what is wrong, and the next query is answered', async () => {
  await db.insertInto('notes').values({ text: 'once' }).execute()
  await expect(db.insertInto('notes').values({ text: 'once' }).execute()).rejects.toMatchObject({ code: '23505' })
  const failing = db.transaction().execute(async (tx) => {
    await tx.insertInto('notes').values({ text: 'twice' }).execute()
    await tx.insertInto('notes').values({ text: 'once' }).execute()
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ text: 'once' }])
})

test('who listens is told', async () => {
  const told = Promise.withResolvers<string>()
  await pglite.listen('work', told.resolve)
  await sql`select pg_notify('work', 'there is some')`.execute(db)
  expect(await told.promise).toBe('there is some')
})

test('what is asked after the end fails', async () => {
  const other = startThreadedDatabase(path.join(folder, 'database', 'PG_VERSION'))
  await expect(other.query('select 1')).rejects.toThrow('ErrnoError')
  await other.close().catch(() => undefined)
  expect(other.closed).toBe(true)
  await expect(other.query('select 1')).rejects.toThrow('The database is closed.')
})
