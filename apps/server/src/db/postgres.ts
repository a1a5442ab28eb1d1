/** A PostgreSQL server of the operator's instead of the embedded database: the same tables, migrations and job queue. */
import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool, types } from 'pg'
import type { Database } from './database.ts'
import { migrateToLatest, type TellMigration } from './migrate.ts'
import type { Tables } from './schema.ts'

/** Any number that only Heaptrail uses: `heap` in ASCII. */
const LOCK = 0x68656170
const INT8: number = types.builtins.INT8

/** The database cannot be had; the message is for people. */
export class DatabaseRefused extends Error {}

/** @throws DatabaseRefused */
export async function openPostgres(url: string, tell?: TellMigration): Promise<Database> {
  const owner = await own(url)
  const pool = new Pool({
    connectionString: url,
    // Byte counts fit a double.
    types: { getTypeParser: parserOf },
  })
  // A connection that breaks while nobody uses it is replaced by the next query.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  async function close(): Promise<void> {
    await db.destroy()
    await owner.end()
  }
  try {
    await migrateToLatest(db, tell)
  } catch (error) {
    await close()
    throw error
  }
  return { db, queue: { connectionString: url }, isEmbedded: false, close }
}

function parserOf(id: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return id === INT8 ? Number : (types.getTypeParser(id, format) as (value: string) => unknown)
}

/** What runs when a server starts belongs to a dead one: so there is one server per database. */
async function own(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'for a reason that is not known'
    throw new DatabaseRefused(
      `The database ${withoutPassword(url)} cannot be reached (${reason}). Check HEAPTRAIL_DATABASE_URL.`,
    )
  }
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK])
  if (rows[0]?.mine === true) return client
  await client.end()
  throw new DatabaseRefused(
    `Another Heaptrail server already uses the database ${withoutPassword(url)}. Stop it, or give this one a database of its own.`,
  )
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url)
  return host + pathname
}
