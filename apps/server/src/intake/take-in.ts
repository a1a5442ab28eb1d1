/**
 * A complete upload → artifacts in its case. Nothing is seen of it before all of it is unpacked: then its
 * contents move to their places, and its artifacts come and the upload goes in one transaction. So whatever
 * is killed in between, the upload is either as complete as before, or taken in.
 */
import type { InputProblem } from '@heaptrail/api/cases'
import type { Damage, IntakeEntry, IntakeReport } from '@heaptrail/intake/report'
import { unpack } from '@heaptrail/intake/unpack'
import type { FastifyBaseLogger } from 'fastify'
import type { Insertable, Kysely } from 'kysely'
import type { Changes } from '../cases/changes.ts'
import type { ArtifactTable, Tables, UploadRow } from '../db/schema.ts'
import { diskFull, isDiskFull } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Queued } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import type { Disk } from '../storage/disk.ts'
import { openStaging } from '../storage/staging.ts'
import type { UploadFiles } from '../uploads/upload-files.ts'
import { rowOf } from './artifact-rows.ts'

export interface TakeIn {
  /** Unpacks in the background. */
  start(upload: UploadRow): void
  /** Waits until nothing of it runs any more. */
  stop(uploadId: string): Promise<void>
  /** 0 to 1; 0 for an upload that is not being unpacked. */
  fraction(uploadId: string): number
  stopAll(): Promise<void>
}

export interface TakeInNeeds {
  readonly db: Kysely<Tables>
  readonly files: UploadFiles
  readonly blobs: Blobs
  readonly disk: Disk
  readonly changes: Changes
  readonly log: FastifyBaseLogger
  /** The artifact waits for its analysis. */
  readonly enqueue: (artifact: Queued) => Promise<void>
  /** Deletes the contents that no artifact names. */
  readonly removeUnneeded: () => Promise<void>
}

interface Running {
  readonly abort: AbortController
  readonly done: Promise<void>
  fraction: number
}

export function createTakeIn(needs: TakeInNeeds): TakeIn {
  const { db, files, changes, log } = needs
  const running = new Map<string, Running>()

  async function run(upload: UploadRow, signal: AbortSignal): Promise<void> {
    const room = needs.disk.guard()
    try {
      const queued = await takeIn(needs, upload, AbortSignal.any([signal, room.signal]), (fraction) => {
        const state = running.get(upload.id)
        if (state === undefined) return
        state.fraction = fraction
        changes.changed(upload.case_id)
      })
      changes.changed(upload.case_id)
      for (const artifact of queued) await needs.enqueue(artifact)
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error, uploadId: upload.id }, 'an upload could not be taken in')
      await fail(upload, {
        message:
          room.signal.aborted || isDiskFull(error)
            ? diskFull().message
            : 'The upload could not be unpacked: the server failed. Its log has the details.',
      })
    } finally {
      room.release()
    }
  }

  async function fail(upload: UploadRow, problem: InputProblem): Promise<void> {
    await db
      .updateTable('uploads')
      .set({ status: 'failed', problem: JSON.stringify(problem) })
      .where('id', '=', upload.id)
      .execute()
    await files.forget(upload.id)
    changes.changed(upload.case_id)
  }

  async function stop(uploadId: string): Promise<void> {
    const state = running.get(uploadId)
    state?.abort.abort()
    await state?.done
  }

  return {
    start(upload) {
      if (running.has(upload.id)) return
      const abort = new AbortController()
      const done = run(upload, abort.signal)
        .catch((error: unknown) =>
          log.error({ err: error, uploadId: upload.id }, 'the failure of an upload could not be noted'),
        )
        .finally(() => running.delete(upload.id))
      running.set(upload.id, { abort, done, fraction: 0 })
    },
    stop,
    fraction: (uploadId) => running.get(uploadId)?.fraction ?? 0,
    async stopAll() {
      await Promise.all(Array.from(running.keys(), stop))
    },
  }
}

/** @returns the artifacts that are to be analysed */
async function takeIn(
  { db, files, blobs, removeUnneeded }: TakeInNeeds,
  upload: UploadRow,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Queued[]> {
  const input = files.path(upload.id)
  const staging = await openStaging(blobs, input)
  try {
    const report = await unpack({ path: input, name: upload.name }, staging.sink, {
      signal,
      onProgress: (read, total) => onProgress(total === 0 ? 1 : read / total),
    })
    const rows = rowsOf(report, upload)
    const named = await blobs.keep(staging.contents(), () => nameThem(db, upload, rows, failureOf(report, rows)))
    await files.forget(upload.id)
    if (!named) {
      await removeUnneeded()
      return []
    }
    return rows.filter(({ status }) => status === 'queued')
  } finally {
    await staging.remove()
  }
}

type NewArtifact = Insertable<ArtifactTable>

function rowsOf(report: IntakeReport, upload: UploadRow): NewArtifact[] {
  const telling = report.entries.filter((entry: IntakeEntry) => entry.outcome !== 'skipped' || !entry.trivial)
  return telling.map((entry, position) =>
    rowOf(entry, { id: newId(), caseId: upload.case_id, position, now: new Date().toISOString() }),
  )
}

/** What stays to be told of the upload itself, beside its artifacts. */
function failureOf(report: IntakeReport, rows: readonly NewArtifact[]): InputProblem | undefined {
  const { damage } = report
  // An artifact that was skipped because of it tells it already.
  if (damage !== undefined && !rows.some(({ reason }) => reason === damage.message)) return problemOf(damage)
  return rows.length === 0 ? { message: report.problem ?? 'There is nothing in it.' } : undefined
}

function problemOf({ message, byte }: Damage): InputProblem {
  return { message, byte }
}

/** A statement of PostgreSQL has at most 65,535 values; an archive may hold ten thousand entries. */
const ROWS_PER_STATEMENT = 1000

/** @returns false when the upload was deleted meanwhile */
function nameThem(
  db: Kysely<Tables>,
  upload: UploadRow,
  rows: NewArtifact[],
  failure: InputProblem | undefined,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const still = await tx.selectFrom('uploads').select('id').where('id', '=', upload.id).executeTakeFirst()
    if (still === undefined) return false
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      const some = rows.slice(from, from + ROWS_PER_STATEMENT)
      await tx.insertInto('artifacts').values(some).execute()
    }
    if (failure === undefined) await tx.deleteFrom('uploads').where('id', '=', upload.id).execute()
    else
      await tx
        .updateTable('uploads')
        .set({ status: 'failed', problem: JSON.stringify(failure) })
        .where('id', '=', upload.id)
        .execute()
    return true
  })
}
