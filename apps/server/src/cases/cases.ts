/** Cases as the API shows them, read from the tables. */
import type { Case, Cases } from '@heaptrail/api/cases'
import type { Window } from '@heaptrail/api/page'
import type { Kysely } from 'kysely'
import type { ArtifactRow, CaseRow, Tables, UploadRow } from '../db/schema.ts'
import { newId } from '../ids.ts'
import { toArtifact } from './artifact-state.ts'
import { toUpload, type UploadProgress } from './upload-state.ts'

export interface CaseStore {
  create(title: string | undefined, options?: { demo: boolean }): Promise<string>
  exists(caseId: string): Promise<boolean>
  read(caseId: string): Promise<Case | undefined>
  list(window: Window): Promise<Cases>
  /** @returns false when there is no such case */
  rename(caseId: string, title: string): Promise<boolean>
  opened(caseId: string): Promise<void>
  /** The demo case, as long as it was not deleted. */
  demo(): Promise<string | undefined>
  /** Cases in which something is going on. */
  running(): Promise<string[]>
}

export function createCaseStore(db: Kysely<Tables>, progress: UploadProgress): CaseStore {
  async function complete(rows: readonly CaseRow[]): Promise<Case[]> {
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const uploads = await db
      .selectFrom('uploads')
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy('created_at')
      .execute()
    const artifacts = await db
      .selectFrom('artifacts')
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy('created_at')
      .orderBy('position')
      .execute()
    return Promise.all(rows.map((row) => toCase(row, uploads, artifacts, progress)))
  }

  return {
    async create(title, { demo } = { demo: false }) {
      const id = newId()
      const now = new Date().toISOString()
      const row = { id, title: title ?? untitled(now), created_at: now, last_opened_at: now, demo }
      await db.insertInto('cases').values(row).execute()
      return id
    },
    async exists(caseId) {
      return (await db.selectFrom('cases').select('id').where('id', '=', caseId).executeTakeFirst()) !== undefined
    },
    async read(caseId) {
      const rows = await db.selectFrom('cases').selectAll().where('id', '=', caseId).execute()
      return (await complete(rows))[0]
    },
    async list({ offset, limit }) {
      const { total } = await db
        .selectFrom('cases')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await db
        .selectFrom('cases')
        .selectAll()
        .orderBy('last_opened_at', 'desc')
        .orderBy('id')
        .offset(offset)
        .limit(limit)
        .execute()
      return { total, offset, rows: await complete(rows) }
    },
    async rename(caseId, title) {
      const result = await db.updateTable('cases').set({ title }).where('id', '=', caseId).executeTakeFirst()
      return result.numUpdatedRows > 0n
    },
    async opened(caseId) {
      await db.updateTable('cases').set({ last_opened_at: new Date().toISOString() }).where('id', '=', caseId).execute()
    },
    async demo() {
      return (await db.selectFrom('cases').select('id').where('demo', '=', true).executeTakeFirst())?.id
    },
    async running() {
      const uploads = await db.selectFrom('uploads').select('case_id').where('status', '!=', 'failed').execute()
      const artifacts = await db
        .selectFrom('artifacts')
        .select('case_id')
        .where('status', 'in', ['queued', 'analysing'])
        .execute()
      return [...new Set([...uploads, ...artifacts].map(({ case_id }) => case_id))]
    },
  }
}

/** In no language: a case that nobody named is known by when it was made. */
function untitled(now: string): string {
  return now.slice(0, 16).replace('T', ' ')
}

async function toCase(
  row: CaseRow,
  uploads: readonly UploadRow[],
  artifacts: readonly ArtifactRow[],
  progress: UploadProgress,
): Promise<Case> {
  const ofCase = ({ case_id }: { case_id: string }) => case_id === row.id
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at,
    lastOpenedAt: row.last_opened_at,
    uploads: await Promise.all(uploads.filter(ofCase).map((upload) => toUpload(upload, progress))),
    artifacts: artifacts.filter(ofCase).map(toArtifact),
  }
}
