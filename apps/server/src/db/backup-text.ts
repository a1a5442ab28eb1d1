/**
 * All rows of our tables as lines of JSON, and back. Rows and not files of the database, so that a backup is
 * small, can be read, and can be loaded by a later version, which brings its tables up to date afterwards.
 */
import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { z } from 'zod'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

/** Whose rows are not worth keeping: everybody gives the key again. */
const LEFT_OUT = ['sessions', 'kysely_migration', 'kysely_migration_lock']
const ROWS_PER_LINE = 1000

const Header = z.object({ heaptrail: z.literal('backup'), format: z.literal(1), migration: z.string() })
const Rows = z.object({ table: z.string().regex(/^\w+$/), rows: z.array(z.record(z.string(), z.unknown())) })
const End = z.object({ rows: z.number() })

/** A backup that cannot be loaded, with a sentence why. */
export class BackupUnusable extends Error {}

export async function backupText(db: Kysely<Tables>): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const executed = await new Migrator({ db: tx, provider: migrations }).getMigrations()
    const migration = executed.findLast(({ executedAt }) => executedAt !== undefined)?.name ?? ''
    const lines: unknown[] = [{ heaptrail: 'backup', format: 1, migration }]
    let count = 0
    for (const table of await tableNames(tx)) {
      const { rows } = await sql<{ row: unknown }>`
        select to_jsonb(t) as row from ${sql.table(table)} t order by to_jsonb(t)::text`.execute(tx)
      count += rows.length
      for (let from = 0; from < rows.length; from += ROWS_PER_LINE) {
        lines.push({ table, rows: rows.slice(from, from + ROWS_PER_LINE).map(({ row }) => row) })
      }
    }
    lines.push({ rows: count })
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  })
}

async function tableNames(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db)
  return rows.map(({ name }) => name).filter((name) => !LEFT_OUT.includes(name))
}

/** Fills an empty database. @throws BackupUnusable */
export async function loadBackup(db: Kysely<Tables>, text: string): Promise<void> {
  const lines = text.split('\n').slice(0, -1).map(parseLine)
  const header = Header.safeParse(lines[0])
  const end = End.safeParse(lines.at(-1))
  if (!header.success || !end.success) throw new BackupUnusable('It is cut off, or no backup of Heaptrail.')
  const parts = lines.slice(1, -1).map((line) => Rows.parse(line))
  const migrator = new Migrator({ db, provider: migrations })
  const known = await migrator.getMigrations()
  if (!known.some(({ name }) => name === header.data.migration))
    throw new BackupUnusable('It was made by a newer version of Heaptrail.')
  throwIfFailed(await migrator.migrateTo(header.data.migration))
  await db.transaction().execute(async (tx) => {
    // Rows may name rows that follow.
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const { table, rows } of parts) {
      await sql`insert into ${sql.table(table)}
        select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
    }
  })
  throwIfFailed(await migrator.migrateToLatest())
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BackupUnusable('It is damaged.')
  }
}

function throwIfFailed({ error }: { error?: unknown }): void {
  if (error !== undefined) throw error instanceof Error ? error : new Error('A migration failed.')
}
