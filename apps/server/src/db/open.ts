/**
 * The embedded database. It never syncs its files, which a killed process survives and a power cut
 * may not. A kill during the very first start would leave half a database, so a new one is made
 * beside its place and then renamed.
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fork } from 'node:child_process'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { DataDirectory } from '../storage/data-directory.ts'
import { ExclusiveDriver } from './exclusive-driver.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'
import { startDatabase } from './start.ts'

const PROGRAM = fileURLToPath(new URL('./create-process.ts', import.meta.url))
/** It takes four seconds on an idle machine. */
const CREATE_MS = 120_000

export interface Database {
  /** For queries. */
  readonly db: Kysely<Tables>
  /** For the job queue, which speaks SQL of its own. */
  readonly pglite: PGlite
  close(): Promise<void>
}

export async function openDatabase(directory: DataDirectory): Promise<Database> {
  if (!existsSync(directory.database)) await createDatabase(directory)
  const pglite = await startDatabase(directory.database)
  const db = kyselyOver(pglite)
  await migrate(db)
  return { db, pglite, close: () => pglite.close() }
}

/** In a process of its own: making a database takes 400 MB more than using it. */
async function createDatabase(directory: DataDirectory): Promise<void> {
  const inTheMaking = path.join(directory.temporary, 'database')
  const child = fork(PROGRAM, [inTheMaking], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: CREATE_MS,
    killSignal: 'SIGKILL',
  })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`The database could not be made. ${stderr}`)
  await rename(inTheMaking, directory.database)
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
