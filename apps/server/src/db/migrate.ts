import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

/** Told, for the log, what becomes of tables of an older version. */
export type TellMigration = (sentence: string) => void

/** A newer version has changed the tables; the message is for people. */
export class DatabaseNewer extends Error {}

/** Brings the tables up to date: all steps in one transaction, so that a kill leaves the old ones. @throws DatabaseNewer */
export async function migrateToLatest(db: Kysely<Tables>, tell: TellMigration = () => undefined): Promise<void> {
  const migrator = new Migrator({ db, provider: migrations })
  const steps = await migrator.getMigrations()
  await refuseNewer(db, new Set(steps.map(({ name }) => name)))
  const missing = steps.filter(({ executedAt }) => executedAt === undefined)
  if (missing.length === 0) return
  tell(`The tables are being brought up to date: ${missing.map(({ name }) => name).join(', ')}.`)
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The database could not be brought up to date.')
  tell('The tables are up to date.')
}

async function refuseNewer(db: Kysely<Tables>, known: ReadonlySet<string>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  if (rows.every(({ name }) => known.has(name))) return
  throw new DatabaseNewer(
    'The database was used by a newer version of Heaptrail, which changed its tables. Nothing was changed now. Start that version, or a later one.',
  )
}
