/** Every step from an empty database to the present one. Steps that were released are never edited. */
import { sql, type Kysely } from 'kysely'
import type { Migration, MigrationProvider } from 'kysely/migration'

const cases: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('cases')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('last_opened_at', 'text', (column) => column.notNull())
      .addColumn('demo', 'boolean', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('uploads')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id').onDelete('cascade'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('size', 'int8', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('problem', 'jsonb')
      .execute()
    await createArtifacts(db)
    await db.schema
      .createTable('views')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute()
    await sql`create index cases_by_opening on cases (last_opened_at desc)`.execute(db)
    await sql`create index uploads_by_case on uploads (case_id)`.execute(db)
    await sql`create index artifacts_by_case on artifacts (case_id)`.execute(db)
    await sql`create index artifacts_by_content on artifacts (sha256)`.execute(db)
  },
}

async function createArtifacts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('artifacts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('archive', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('size', 'int8', (column) => column.notNull())
    .addColumn('sha256', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('position', 'int4', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempt', 'int4', (column) => column.notNull().defaultTo(0))
    .addColumn('phase', 'text')
    .addColumn('fraction', 'float8')
    .addColumn('started_at', 'text')
    .addColumn('damage', 'jsonb')
    .addColumn('problem', 'jsonb')
    .addColumn('reason', 'text')
    .execute()
}

const sessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute()
  },
}

const retention: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('cases').addColumn('delete_at', 'text').execute()
  },
}

/** Texts of jmap and top, which the first version kept without reading them, are read now. */
const readings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('readings')
      .addColumn('artifact_id', 'text', (column) => column.notNull().references('artifacts.id').onDelete('cascade'))
      .addColumn('part', 'int4', (column) => column.notNull())
      .addColumn('reading', 'jsonb', (column) => column.notNull())
      .addPrimaryKeyConstraint('readings_by_part', ['artifact_id', 'part'])
      .execute()
    await sql`update artifacts set status = 'queued', reason = null
      where kind in ('class-histogram', 'top-output') and status = 'skipped' and sha256 is not null`.execute(db)
  },
}

const pins: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pins')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id').onDelete('cascade'))
      .addColumn('artifact_id', 'text', (column) => column.references('artifacts.id').onDelete('cascade'))
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute()
    await sql`create index pins_by_case on pins (case_id)`.execute(db)
  },
}

const dismissals: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('dismissals')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id').onDelete('cascade'))
      .addColumn('artifact_id', 'text', (column) => column.notNull().references('artifacts.id').onDelete('cascade'))
      .addColumn('part', 'int4', (column) => column.notNull())
      .addColumn('finding', 'text', (column) => column.notNull())
      .addColumn('about', 'text')
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute()
    await sql`create index dismissals_by_case on dismissals (case_id)`.execute(db)
  },
}

const ownCode: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('cases').addColumn('own_packages', 'jsonb').execute()
  },
}

const deletedContents: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('artifacts')
      .addColumn('content_deleted', 'boolean', (column) => column.notNull().defaultTo(false))
      .execute()
  },
}

export const migrations: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '0001-cases': cases,
      '0002-sessions': sessions,
      '0003-retention': retention,
      '0004-readings': readings,
      '0005-pins': pins,
      '0006-dismissals': dismissals,
      '0007-own-code': ownCode,
      '0008-deleted-contents': deletedContents,
    }),
}
