/** Cases as the API shows them, read from the tables. */
import type { Case, Cases, Upload } from '@heaptrail/api/cases'
import type { Window } from '@heaptrail/api/page'
import type { Kysely } from 'kysely'
import type { ArtifactRow, CaseRow, Tables } from '../db/schema.ts'
import { newId } from '../ids.ts'
import { toArtifacts } from './artifact-state.ts'
import { toPin } from './pins.ts'
import { toUpload, type UploadProgress } from './upload-state.ts'

/** What the tables do not know of a case. */
export interface CaseFacts extends UploadProgress {
  /** Bytes, by the SHA-256 of the dump. */
  snapshotBytes(): Promise<ReadonlyMap<string, number>>
  /** When a case is deleted, if nobody opens it. */
  deleteAt(row: Pick<CaseRow, 'last_opened_at' | 'delete_at'>): string | undefined
}

export class CaseStore {
  readonly #db: Kysely<Tables>
  readonly #facts: CaseFacts

  constructor(db: Kysely<Tables>, facts: CaseFacts) {
    this.#db = db
    this.#facts = facts
  }

  /** @returns its id */
  async create(title: string | undefined): Promise<string> {
    const id = newId()
    const now = new Date().toISOString()
    const row = {
      id,
      title: title ?? untitled(now),
      created_at: now,
      last_opened_at: now,
      demo: false,
      delete_at: null,
    }
    await this.#db.insertInto('cases').values(row).execute()
    return id
  }

  async exists(caseId: string): Promise<boolean> {
    const row = await this.#db.selectFrom('cases').select('id').where('id', '=', caseId).executeTakeFirst()
    return row !== undefined
  }

  async read(caseId: string): Promise<Case | undefined> {
    const rows = await this.#db.selectFrom('cases').selectAll().where('id', '=', caseId).execute()
    return (await this.#complete(rows))[0]
  }

  /** The one opened last comes first. */
  async list({ offset, limit }: Window): Promise<Cases> {
    const { total } = await this.#db
      .selectFrom('cases')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await this.#db
      .selectFrom('cases')
      .selectAll()
      .orderBy('last_opened_at', 'desc')
      .orderBy('id')
      .offset(offset)
      .limit(limit)
      .execute()
    return { total, offset, rows: await this.#complete(rows) }
  }

  /** @returns false when there is no such case */
  async rename(caseId: string, title: string): Promise<boolean> {
    const result = await this.#db.updateTable('cases').set({ title }).where('id', '=', caseId).executeTakeFirst()
    return result.numUpdatedRows > 0n
  }

  /** @param packages null: each heap tells by itself. @returns false when there is no such case */
  async chooseOwnCode(caseId: string, packages: readonly string[] | null): Promise<boolean> {
    const own_packages = packages === null ? null : JSON.stringify([...new Set(packages)])
    const { numUpdatedRows } = await this.#db
      .updateTable('cases')
      .set({ own_packages })
      .where('id', '=', caseId)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  async opened(caseId: string): Promise<void> {
    const now = new Date().toISOString()
    await this.#db.updateTable('cases').set({ last_opened_at: now, delete_at: null }).where('id', '=', caseId).execute()
  }

  /** The demo case, as long as it was not deleted. */
  async demo(): Promise<string | undefined> {
    return (await this.#db.selectFrom('cases').select('id').where('demo', '=', true).executeTakeFirst())?.id
  }

  /** From now on it is the demo case. */
  async becomeDemo(caseId: string): Promise<void> {
    await this.#db.updateTable('cases').set({ demo: true }).where('id', '=', caseId).execute()
  }

  /** Cases in which something is going on. */
  async running(): Promise<string[]> {
    const uploads = await this.#db.selectFrom('uploads').select('case_id').where('status', '!=', 'failed').execute()
    const artifacts = await this.#db
      .selectFrom('artifacts')
      .select('case_id')
      .where('status', 'in', ['queued', 'analysing'])
      .execute()
    return [...new Set([...uploads, ...artifacts].map(({ case_id }) => case_id))]
  }

  async #complete(rows: readonly CaseRow[]): Promise<Case[]> {
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const uploads = await this.#db
      .selectFrom('uploads')
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy('created_at')
      .execute()
    const artifacts = await this.#db
      .selectFrom('artifacts')
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy('created_at')
      .orderBy('position')
      .execute()
    const pins = await this.#db
      .selectFrom('pins')
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    const snapshots = await this.#facts.snapshotBytes()
    const uploadsOf = Map.groupBy(uploads, ({ case_id }) => case_id)
    const artifactsOf = Map.groupBy(artifacts, ({ case_id }) => case_id)
    const pinsOf = Map.groupBy(pins, ({ case_id }) => case_id)
    return Promise.all(
      rows.map(async (row): Promise<Case> => {
        const found = artifactsOf.get(row.id) ?? []
        const uploading = (uploadsOf.get(row.id) ?? []).map((upload) => toUpload(upload, this.#facts))
        return toCase(row, await Promise.all(uploading), found, {
          pins: (pinsOf.get(row.id) ?? []).map(toPin),
          storedBytes: bytesOf(found, snapshots),
          deleteAt: this.#facts.deleteAt(row) ?? null,
        })
      }),
    )
  }
}

/** In no language: a case that nobody named is known by when it was made. */
function untitled(now: string): string {
  return now.slice(0, 16).replace('T', ' ')
}

function toCase(
  row: CaseRow,
  uploads: Upload[],
  artifacts: readonly ArtifactRow[],
  { storedBytes, deleteAt, pins }: Pick<Case, 'storedBytes' | 'deleteAt' | 'pins'>,
): Case {
  const arrived = uploads.map(({ size, state }) => (state.status === 'uploading' ? state.receivedBytes : size))
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at,
    lastOpenedAt: row.last_opened_at,
    storedBytes: arrived.reduce((sum, bytes) => sum + bytes, storedBytes),
    deleteAt,
    uploads,
    artifacts: toArtifacts(artifacts),
    pins,
    ownPackages: row.own_packages,
    demo: row.demo,
  }
}

/** Each content once, with its snapshots. */
function bytesOf(artifacts: readonly ArtifactRow[], snapshots: ReadonlyMap<string, number>): number {
  const bytes = new Map<string, number>()
  for (const { sha256, size } of artifacts) {
    if (sha256 !== null) bytes.set(sha256, size + (snapshots.get(sha256) ?? 0))
  }
  return bytes.values().reduce((sum, each) => sum + each, 0)
}
