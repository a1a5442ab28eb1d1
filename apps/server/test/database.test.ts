import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { ExclusiveDriver } from '../src/db/exclusive-driver.ts'

interface Tables {
  notes: { text: string }
}

async function database(): Promise<Kysely<Tables>> {
  const pglite = await PGlite.create()
  onTestFinished(() => pglite.close())
  class Dialect extends PGliteDialect {
    override createDriver() {
      return new ExclusiveDriver({ pglite })
    }
  }
  const db = new Kysely<Tables>({ dialect: new Dialect({ pglite }) })
  await sql`create table notes (text text)`.execute(db)
  return db
}

test('what is written beside a transaction does not vanish with its rollback', async () => {
  const db = await database()
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
  const db = await database()
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
