/**
 * An upload → artifacts in its case. Nothing is seen of it before all of it is unpacked: then its
 * contents move to their places, and its artifacts come and the upload goes in one transaction. So whatever
 * is killed in between, the upload is either as complete as before, or taken in.
 *
 * Unpacking begins while the upload still runs, as far as its bytes have come in, so that little is left to do after the
 * last one. Where that ends early, for whatever reason, the complete upload is taken in from its beginning.
 */
import type { InputProblem } from '@heaptrail/api/cases'
import type { Damage, IntakeEntry, IntakeReport } from '@heaptrail/intake/report'
import type { IntakeLimits } from '@heaptrail/intake/limits'
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
import { type ArtifactWatcher, openStaging } from '../storage/staging.ts'
import { NothingArrives, type UploadArrival, uploadArrival } from '../uploads/upload-arrival.ts'
import type { UploadFiles } from '../uploads/upload-files.ts'
import { rowOf } from './artifact-rows.ts'

export type Incoming = Pick<UploadRow, 'id' | 'case_id' | 'name' | 'size'>

export interface TakeIn {
  /** Bytes of an upload have come in: begins to unpack them, unless that is under way. */
  follow(upload: Incoming): void
  /** Unpacks in the background what is complete, or goes on with it. */
  start(upload: Incoming): void
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
  /** Wants to be told of dumps as they come in. */
  readonly early: {
    watch(uploadId: string, file: string): ArtifactWatcher | undefined
    forget(uploadId: string): Promise<void>
  }
  /** Uploads that are unpacked while they run, at the same time. */
  readonly followAtOnce: number
  readonly limits: IntakeLimits
  readonly patienceMs?: number
}

/** An upload on which nothing arrives for so long holds no process and no memory any more. */
const PATIENCE_MS = 60_000
/** An upload that is broken off again and again is not unpacked again and again. */
const MOST_BEGINNINGS = 3

interface Running {
  readonly abort: AbortController
  readonly done: Promise<void>
  /** Of an upload whose bytes are unpacked as they come in. */
  readonly arrival: UploadArrival | undefined
  fraction: number
}

export function createTakeIn(needs: TakeInNeeds): TakeIn {
  return new UploadsTakenIn(needs)
}

class UploadsTakenIn implements TakeIn {
  readonly #needs: TakeInNeeds
  readonly #running = new Map<string, Running>()
  /** How often a running upload was begun to be unpacked. */
  readonly #beginnings = new Map<string, number>()

  constructor(needs: TakeInNeeds) {
    this.#needs = needs
  }

  follow(upload: Incoming): void {
    const begun = this.#beginnings.get(upload.id) ?? 0
    const following = [...this.#running.values()].filter(({ arrival }) => arrival !== undefined).length
    if (this.#running.has(upload.id) || begun === MOST_BEGINNINGS || following >= this.#needs.followAtOnce) return
    this.#beginnings.set(upload.id, begun + 1)
    this.#begin(upload, true)
  }

  start(upload: Incoming): void {
    const state = this.#running.get(upload.id)
    if (state === undefined) this.#begin(upload, false)
    else state.arrival?.complete()
  }

  async stop(uploadId: string): Promise<void> {
    // What ended early begins again when the upload was complete.
    for (let state = this.#running.get(uploadId); state !== undefined; state = this.#running.get(uploadId)) {
      state.abort.abort()
      await state.done
    }
    this.#beginnings.delete(uploadId)
  }

  fraction(uploadId: string): number {
    return this.#running.get(uploadId)?.fraction ?? 0
  }

  async stopAll(): Promise<void> {
    await Promise.all(Array.from(this.#running.keys(), (uploadId) => this.stop(uploadId)))
  }

  #begin(upload: Incoming, isArriving: boolean): void {
    const { files, log, patienceMs = PATIENCE_MS } = this.#needs
    const { id, size } = upload
    const abort = new AbortController()
    const { signal } = abort
    const receivedBytes = () => files.receivedBytes(id)
    const arrival = isArriving ? uploadArrival({ size, receivedBytes, signal, patienceMs }) : undefined
    const done = this.#run(upload, signal, arrival)
      .catch((error: unknown) => {
        log.error({ err: error, uploadId: id }, 'the failure of an upload could not be noted')
        return true
      })
      .then((isOver) => {
        this.#running.delete(id)
        if (isOver) this.#beginnings.delete(id)
        else if (arrival?.isComplete === true) this.#begin(upload, false)
      })
    this.#running.set(id, { abort, done, arrival, fraction: 0 })
  }

  /** @returns whether it came to an end: else it has to be taken in from its beginning when it is complete */
  async #run(upload: Incoming, signal: AbortSignal, arrival: UploadArrival | undefined): Promise<boolean> {
    const { changes, disk, early, enqueue, log } = this.#needs
    const room = disk.guard()
    try {
      const either = AbortSignal.any([signal, room.signal])
      const queued = await takeIn(this.#needs, upload, either, arrival, (fraction) => {
        const state = this.#running.get(upload.id)
        if (state === undefined) return
        state.fraction = fraction
        changes.changed(upload.case_id)
      })
      changes.changed(upload.case_id)
      for (const artifact of queued) await enqueue(artifact)
      return true
    } catch (error) {
      await early.forget(upload.id)
      if (signal.aborted) return true
      if (arrival !== undefined) {
        if (!(error instanceof NothingArrives)) log.warn({ err: error, uploadId: upload.id }, 'an upload is read later')
        return false
      }
      log.error({ err: error, uploadId: upload.id }, 'an upload could not be taken in')
      await this.#fail(upload, room.signal.aborted || isDiskFull(error) ? diskFull().message : UNFORESEEN)
      return true
    } finally {
      room.release()
    }
  }

  async #fail(upload: Incoming, message: string): Promise<void> {
    const { db, files, changes } = this.#needs
    const problem: InputProblem = { message }
    await db
      .updateTable('uploads')
      .set({ status: 'failed', problem: JSON.stringify(problem) })
      .where('id', '=', upload.id)
      .execute()
    await files.forget(upload.id)
    changes.changed(upload.case_id)
  }
}

const UNFORESEEN = 'The upload could not be unpacked: the server failed. Its log has the details.'

/** @returns the artifacts that are to be analysed */
async function takeIn(
  { db, files, blobs, removeUnneeded, early, limits }: TakeInNeeds,
  upload: Incoming,
  signal: AbortSignal,
  arrival: UploadArrival | undefined,
  onProgress: (fraction: number) => void,
): Promise<Queued[]> {
  const input = files.path(upload.id)
  const staging = await openStaging(blobs, input, ({ kind }, file) =>
    kind === 'heap-dump' && arrival?.isComplete === false ? early.watch(upload.id, file) : undefined,
  )
  try {
    const report = await unpack({ path: input, name: upload.name, ...(arrival && { arrival }) }, staging.sink, {
      signal,
      limits,
      onProgress: (read, total) => onProgress(total === 0 ? 1 : read / total),
    })
    await arrival?.completed()
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

function rowsOf(report: IntakeReport, upload: Incoming): NewArtifact[] {
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
  upload: Incoming,
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
