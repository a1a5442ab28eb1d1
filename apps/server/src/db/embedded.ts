/**
 * The embedded database. It never syncs its files, which a killed process survives and a power cut
 * may not. A kill during the very first start would leave half a database, so a new one is made
 * beside its place and then renamed. What cannot be opened is left as it is, with a way out.
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { fromPglite } from 'pg-boss'
import { isDiskFull } from '../errors.ts'
import { createBackups } from '../storage/backups.ts'
import type { DataDirectory } from '../storage/data-directory.ts'
import { manifestFiles } from '../storage/manifests.ts'
import type { Database } from './database.ts'
import { ExclusiveDriver } from './exclusive-driver.ts'
import { DatabaseNewer, migrateToLatest, type TellMigration } from './migrate.ts'
import type { Tables } from './schema.ts'
import { type ThreadedDatabase, startThreadedDatabase } from './threaded-database.ts'

const PROGRAM = fileURLToPath(new URL('./create-process.ts', import.meta.url))
/** It takes four seconds on an idle machine, and minutes on one that is very busy. */
const CREATE_MS = 600_000

/** The files of the database are damaged, or gone; the message is for people and says what to do. */
export class DatabaseBroken extends Error {}

/** @throws DatabaseBroken, DatabaseNewer */
export async function openEmbedded(directory: DataDirectory, tell?: TellMigration): Promise<Database> {
  const copies = await newestCopy(directory)
  if (!existsSync(directory.database)) {
    // A directory with cases in it once had a database; an empty one would hide that.
    if (copies !== undefined) throw broken(directory, 'it is not there', copies)
    await makeFirst(directory)
  }
  // PGlite would make a new database over the ruins.
  if (!existsSync(path.join(directory.database, 'PG_VERSION')))
    throw broken(directory, 'parts of it are missing', copies)
  return start(directory.database, tell).catch((error: unknown) => {
    if (isDiskFull(error) || error instanceof DatabaseNewer) throw error
    throw broken(
      directory,
      error instanceof Error ? firstLine(error.message) : 'for a reason that is not known',
      copies,
    )
  })
}

async function start(folder: string, tell?: TellMigration): Promise<Database> {
  const pglite = startThreadedDatabase(folder)
  try {
    const db = kyselyOver(pglite)
    await sql`select count(*) from pg_class`.execute(db)
    await migrateToLatest(db, tell)
    return { db, queue: { db: fromPglite(pglite), backend: 'pglite' }, isEmbedded: true, close: () => pglite.close() }
  } catch (error) {
    await pglite.close().catch(() => undefined)
    throw error
  }
}

/** @returns when what could replace the database was made; undefined when there is nothing */
async function newestCopy(directory: DataDirectory): Promise<string | undefined> {
  const [backup] = await createBackups(directory.backups).list()
  if (backup !== undefined) return `the backup ${backup}`
  return (await manifestFiles(directory.manifests).caseIds()).length > 0 ? 'the manifests of the cases' : undefined
}

function broken({ root, database }: DataDirectory, reason: string, copies: string | undefined): DatabaseBroken {
  const what = `The database ${database} cannot be opened: ${reason}. Nothing was changed.`
  if (copies === undefined) {
    return new DatabaseBroken(`${what} There is no backup of it. To start with an empty one, move this folder away.`)
  }
  return new DatabaseBroken(
    `${what} To make it again from ${copies}, run: HEAPTRAIL_DATA_DIR=${root} npm run -s heaptrail -- restore`,
  )
}

/** What PGlite says when PostgreSQL gives up. */
const ABORTED = /^Aborted\(/

function firstLine(text: string): string {
  if (ABORTED.test(text)) return 'its files are damaged'
  return (text.split('\n')[0] ?? '').replace(/\.$/, '').slice(0, 200)
}

async function makeFirst(directory: DataDirectory): Promise<void> {
  const inTheMaking = path.join(directory.temporary, `database-${randomBytes(6).toString('hex')}`)
  await createEmbedded(inTheMaking)
  await rename(inTheMaking, directory.database)
}

/** Makes a new, empty database; in a process of its own, for that takes 400 MB more than using it. */
export async function createEmbedded(folder: string): Promise<void> {
  const child = fork(PROGRAM, [folder, String(process.pid)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: CREATE_MS,
    killSignal: 'SIGKILL',
  })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`The database could not be made. ${stderr}`)
}

export function kyselyOver(pglite: PGlite | ThreadedDatabase): Kysely<Tables> {
  class Dialect extends PGliteDialect {
    override createDriver() {
      return new ExclusiveDriver({ pglite })
    }
  }
  return new Kysely<Tables>({ dialect: new Dialect({ pglite }) })
}
