/** Uploads from their first byte until their artifacts are in the case. */
import type { Kysely } from 'kysely'
import type { Changes } from '../cases/changes.ts'
import type { Tables, UploadRow } from '../db/schema.ts'
import { ApiError } from '../errors.ts'
import type { UploadFiles } from './upload-files.ts'

/** Uploads on which nobody went on for so long are given up. */
const STALE_MS = 7 * 24 * 3600 * 1000

export interface Uploads {
  /** Another upload of the case begins. @throws ApiError when there is no room for it */
  begin(upload: { id: string; caseId: string; name: string; size: number }): Promise<void>
  progressed(caseId: string): void
  /** All its bytes are here. */
  complete(uploadId: string): Promise<void>
  /** The user gave up an upload, or dismisses one that failed. @returns false when there is no such upload */
  discard(uploadId: string): Promise<boolean>
  /** Those of a case that is being deleted; their rows go with it. */
  discardAll(caseId: string): Promise<void>
  /** After a start: goes on with what was complete, forgets what was given up. */
  recover(): Promise<void>
  removeStale(): Promise<void>
}

export interface UploadsNeeds {
  readonly db: Kysely<Tables>
  readonly files: UploadFiles
  readonly changes: Changes
  /** Unpacks in the background; never throws. */
  readonly takeIn: { start(upload: UploadRow): void; stop(uploadId: string): Promise<void> }
}

export function createUploads({ db, files, changes, takeIn }: UploadsNeeds): Uploads {
  const byId = (uploadId: string) => db.selectFrom('uploads').selectAll().where('id', '=', uploadId).executeTakeFirst()

  async function complete(uploadId: string): Promise<void> {
    const row = await db
      .updateTable('uploads')
      .set({ status: 'unpacking' })
      .where('id', '=', uploadId)
      .where('status', 'in', ['uploading', 'unpacking'])
      .returningAll()
      .executeTakeFirst()
    // Its case was deleted while the last bytes arrived.
    if (row === undefined) return files.forget(uploadId)
    changes.changed(row.case_id)
    takeIn.start(row)
  }

  async function discard(uploadId: string): Promise<boolean> {
    const row = await byId(uploadId)
    if (row === undefined) return false
    await takeIn.stop(uploadId)
    await db.deleteFrom('uploads').where('id', '=', uploadId).execute()
    await files.forget(uploadId)
    changes.changed(row.case_id)
    return true
  }

  return {
    async begin({ id, caseId, name, size }) {
      await files.requireRoom(size)
      const row = {
        id,
        case_id: caseId,
        name,
        size,
        created_at: new Date().toISOString(),
        status: 'uploading' as const,
        problem: null,
      }
      await db.insertInto('uploads').values(row).execute()
      changes.changed(caseId)
    },
    progressed: (caseId) => changes.changed(caseId),
    complete,
    discard,
    async discardAll(caseId) {
      const rows = await db.selectFrom('uploads').select('id').where('case_id', '=', caseId).execute()
      for (const { id } of rows) await discard(id)
    },
    async recover() {
      const rows = await db.selectFrom('uploads').selectAll().where('status', '!=', 'failed').execute()
      const known = new Set(rows.map(({ id }) => id))
      for (const id of await files.ids()) if (!known.has(id)) await files.forget(id)
      for (const row of rows) {
        if ((await files.lastChange(row.id)) === undefined) await discard(row.id)
        else if (row.status === 'unpacking' || (await files.receivedBytes(row.id)) === row.size) await complete(row.id)
      }
    },
    async removeStale() {
      const rows = await db.selectFrom('uploads').select('id').where('status', '=', 'uploading').execute()
      for (const { id } of rows) {
        const lastChange = await files.lastChange(id)
        if (lastChange === undefined || lastChange < Date.now() - STALE_MS) await discard(id)
      }
    },
  }
}

export function uploadNotFound(): ApiError {
  return new ApiError('not-found', 'There is no upload with this id: it is finished, or was given up.')
}
