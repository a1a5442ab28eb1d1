/**
 * The embedded database. It never syncs its files, which a killed process survives and a power cut
 * may not. A kill during the very first start would leave half a database, so a new one is made
 * beside its place and then renamed.
 */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { DataDirectory } from '../storage/data-directory.ts'
import { ExclusiveDriver } from './exclusive-driver.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

export interface Database {
  /** For queries. */
  readonly db: Kysely<Tables>
  /** For the job queue, which speaks SQL of its own. */
  readonly pglite: PGlite
  close(): Promise<void>
}

export async function openDatabase(directory: DataDirectory): Promise<Database> {
  if (!existsSync(directory.database)) await createDatabase(directory)
  const pglite = await start(directory.database)
  const db = kyselyOver(pglite)
  await migrate(db)
  return { db, pglite, close: () => pglite.close() }
}

async function createDatabase(directory: DataDirectory): Promise<void> {
  const inTheMaking = path.join(directory.temporary, 'database')
  const pglite = await start(inTheMaking)
  await pglite.close()
  await rename(inTheMaking, directory.database)
}

function start(folder: string): Promise<PGlite> {
  return PGlite.create({
    dataDir: folder,
    // Keeps the process near 190 MB; the tables are small.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    // Byte counts fit a double.
    parsers: { [types.INT8]: Number },
  })
}

function kyselyOver(pglite: PGlite): Kysely<Tables> {
  class Dialect extends PGliteDialect {
    override createDriver() {
      return new ExclusiveDriver({ pglite })
    }
  }
  return new Kysely<Tables>({ dialect: new Dialect({ pglite }) })
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest()
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The database could not be brought up to date.')
}
