import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

/** Told, for the log, what becomes of tables of an older version. */
export type TellMigration = (sentence: string) => void

/** Brings the tables up to date: all steps in one transaction, so that a kill leaves the old ones. */
export async function migrateToLatest(db: Kysely<Tables>, tell: TellMigration = () => undefined): Promise<void> {
  const migrator = new Migrator({ db, provider: migrations })
  const steps = await migrator.getMigrations()
  const missing = steps.filter(({ executedAt }) => executedAt === undefined)
  if (missing.length === 0) return
  tell(`The tables are being brought up to date: ${missing.map(({ name }) => name).join(', ')}.`)
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The database could not be brought up to date.')
  tell('The tables are up to date.')
}
