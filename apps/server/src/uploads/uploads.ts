/** Uploads from their first byte until their artifacts are in the case. */
import type { Kysely } from 'kysely'
import type { Changes } from '../cases/changes.ts'
import type { Tables } from '../db/schema.ts'
import { caseNotFound, hasCode } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Disk } from '../storage/disk.ts'
import type { LocalFile } from '../storage/in-place.ts'
import { displayName } from './display-name.ts'
import type { Incoming, TakeIn } from '../intake/take-in.ts'
import type { UploadFiles } from './upload-files.ts'

/** Uploads on which nobody went on for so long are given up. */
const STALE_MS = 7 * 24 * 3600 * 1000

/** Room is kept for an upload that pauses, but not for ever: whoever goes on later may find that there is none. */
const RESERVED_MS = 3600 * 1000

/** PostgreSQL's code: here, the case was deleted a moment ago. */
const FOREIGN_KEY_VIOLATION = '23503'

export interface UploadsNeeds {
  readonly db: Kysely<Tables>
  readonly files: UploadFiles
  readonly disk: Disk
  readonly changes: Changes
  /** Unpacks in the background; never throws. */
  readonly takeIn: Pick<TakeIn, 'follow' | 'start' | 'stop'>
}

interface NewUpload {
  readonly id: string
  readonly caseId: string
  readonly name: string
  readonly size: number
}

export class Uploads {
  readonly #needs: UploadsNeeds

  /** One after the other, so that two do not get the same room. */
  #beginning: Promise<unknown> = Promise.resolve()

  constructor(needs: UploadsNeeds) {
    this.#needs = needs
  }

  /**
   * Another upload of the case begins. What running ones have announced and not sent yet counts as taken.
   * @param room bytes that it will take of the disk
   * @throws ApiError `disk-full` or `quota-exceeded` when there is no room for it, `case-not-found`
   */
  begin(upload: NewUpload, room = upload.size): Promise<void> {
    const begun = this.#beginning.then(() => this.#begin(upload, room))
    this.#beginning = begun.catch(() => undefined)
    return begun
  }

  async #begin({ id, caseId, name, size }: NewUpload, room: number): Promise<void> {
    const { db, disk, changes } = this.#needs
    await disk.requireRoom(room === 0 ? 0 : room + (await this.#announced()))
    const created_at = new Date().toISOString()
    await db
      .insertInto('uploads')
      .values({ id, case_id: caseId, name, size, created_at, status: 'uploading', problem: null })
      .execute()
      .catch((error: unknown) => {
        throw hasCode(error, FOREIGN_KEY_VIOLATION) ? caseNotFound() : error
      })
    changes.changed(caseId)
  }

  /** Bytes that are on their way; an upload without a file has just begun. */
  async #announced(): Promise<number> {
    const { db, files } = this.#needs
    const rows = await db.selectFrom('uploads').select(['id', 'size']).where('status', '=', 'uploading').execute()
    const counted = rows.map(async ({ id, size }) => {
      const isRunning = ((await files.lastChange(id)) ?? Infinity) > Date.now() - RESERVED_MS
      return isRunning ? size - (await files.receivedBytes(id)) : 0
    })
    return (await Promise.all(counted)).reduce((sum, bytes) => sum + bytes, 0)
  }

  /** A file of this machine becomes artifacts of the case without being copied; what is packed is unpacked. */
  async readInPlace({ path, name, size }: LocalFile, caseId: string): Promise<void> {
    const upload = { id: newId(), caseId, name: displayName(name), size }
    await this.begin(upload, 0)
    try {
      await this.#needs.files.linkTo(path, upload.id)
    } catch (error) {
      await this.discard(upload.id)
      throw error
    }
    await this.complete(upload.id)
  }

  /** More of its bytes have come in. */
  progressed(upload: Incoming): void {
    this.#needs.changes.changed(upload.case_id)
    this.#needs.takeIn.follow(upload)
  }

  /** All its bytes are here. */
  async complete(uploadId: string): Promise<void> {
    const { db, files, changes, takeIn } = this.#needs
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

  /** It runs, is being unpacked, or failed. */
  async exists(uploadId: string): Promise<boolean> {
    const row = await this.#needs.db.selectFrom('uploads').select('id').where('id', '=', uploadId).executeTakeFirst()
    return row !== undefined
  }

  /** The user gave up an upload, or dismisses one that failed. @returns false when there is no such upload */
  async discard(uploadId: string): Promise<boolean> {
    const { db, files, changes, takeIn } = this.#needs
    const row = await db.selectFrom('uploads').select('case_id').where('id', '=', uploadId).executeTakeFirst()
    if (row === undefined) return false
    await takeIn.stop(uploadId)
    await db.deleteFrom('uploads').where('id', '=', uploadId).execute()
    await files.forget(uploadId)
    changes.changed(row.case_id)
    return true
  }

  /** All those of a case that is being deleted. */
  async discardAll(caseId: string): Promise<void> {
    const rows = await this.#needs.db.selectFrom('uploads').select('id').where('case_id', '=', caseId).execute()
    for (const { id } of rows) await this.discard(id)
  }

  /** Before uploads can come in: goes on with what was complete, forgets what was given up. */
  async recover(): Promise<void> {
    const { db, files } = this.#needs
    const rows = await db.selectFrom('uploads').selectAll().where('status', '!=', 'failed').execute()
    const known = new Set(rows.map(({ id }) => id))
    for (const id of await files.ids()) if (!known.has(id)) await files.forget(id)
    for (const row of rows) {
      if ((await files.lastChange(row.id)) === undefined) await this.discard(row.id)
      else if (row.status === 'unpacking' || (await files.receivedBytes(row.id)) === row.size)
        await this.complete(row.id)
    }
  }

  async removeStale(): Promise<void> {
    const { db, files } = this.#needs
    const rows = await db.selectFrom('uploads').select(['id', 'created_at']).where('status', '=', 'uploading').execute()
    for (const { id, created_at } of rows) {
      const lastChange = (await files.lastChange(id)) ?? Date.parse(created_at)
      if (lastChange < Date.now() - STALE_MS) await this.discard(id)
    }
  }
}
