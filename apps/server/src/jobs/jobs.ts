/**
 * Runs analyses. The artifact's row says what is to be done, the queue only when: whoever takes a job first
 * claims the row, and every later write carries the number of its attempt, so that a late one changes nothing.
 */
import type { AnalysisPhase, InputProblem } from '@heaptrail/api/cases'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { Changes } from '../cases/changes.ts'
import type { ArtifactRow, Tables } from '../db/schema.ts'
import { diskFull, isDiskFull } from '../errors.ts'
import type { Disk } from '../storage/disk.ts'
import type { Queue, QueueName } from './queue.ts'

export type Outcome =
  | { readonly kind: 'ready'; readonly partial: InputProblem | undefined }
  | { readonly kind: 'failed'; readonly problem: InputProblem }

export interface AnalysisTask {
  readonly artifact: ArtifactRow
  /** When it fires everything of this analysis ends, and its files go. */
  readonly signal: AbortSignal
  /** `fraction` of the whole analysis. */
  readonly onProgress: (phase: AnalysisPhase, fraction: number) => void
}

/** An artifact whose status is `queued`. */
export type Queued = Pick<ArtifactRow, 'id' | 'kind'>

export interface JobsNeeds {
  readonly db: Kysely<Tables>
  readonly queue: Queue
  readonly disk: Disk
  readonly changes: Changes
  readonly log: FastifyBaseLogger
  /** Told of each analysis that has ended, and how many seconds it took. */
  readonly ended: (kind: ArtifactRow['kind'], outcome: Outcome['kind'], seconds: number) => void
  readonly analyse: (task: AnalysisTask) => Promise<Outcome>
  /** Heap analyses at the same time. */
  readonly atOnce: number
}

/** So often the table learns of progress, which costs the event loop a millisecond each time. */
const PROGRESS_MS = 300
const TEXTS_AT_ONCE = 2
const INTERNAL = 'The analysis ended with an internal error. The log of the server has the details.'

const NO_ROOM: Outcome = { kind: 'failed', problem: { message: diskFull().message } }

export class Jobs {
  readonly #needs: JobsNeeds
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>()
  #closing = false

  constructor(needs: JobsNeeds) {
    this.#needs = needs
  }

  enqueue({ id, kind }: Queued): Promise<void> {
    return this.#needs.queue.send(queueOf(kind), id)
  }

  /** Ends the analysis of an artifact, if one runs. */
  async stop(artifactId: string): Promise<void> {
    const state = this.#running.get(artifactId)
    state?.abort.abort()
    await state?.done
  }

  /** Begins to work: first with what an earlier run of the server left waiting or interrupted. */
  async start(): Promise<void> {
    const { db, queue, atOnce } = this.#needs
    await db
      .updateTable('artifacts')
      .set({ status: 'queued', phase: null, fraction: null })
      .where('status', '=', 'analysing')
      .execute()
    const waiting = await db
      .selectFrom('artifacts')
      .select(['id', 'kind'])
      .where('status', '=', 'queued')
      .orderBy('created_at')
      .orderBy('position')
      .execute()
    for (const artifact of waiting) await this.enqueue(artifact)
    await queue.work('analyse-heap', atOnce, (artifactId) => this.#work(artifactId))
    await queue.work('read-text', TEXTS_AT_ONCE, (artifactId) => this.#work(artifactId))
  }

  /** Ends all analyses; they start again with the next start of the server. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#needs.queue.stop()
    await Promise.all(Array.from(this.#running.keys(), (artifactId) => this.stop(artifactId)))
  }

  async #work(artifactId: string): Promise<void> {
    // Cancelled and at once started again: the attempt before still has to end.
    while (this.#running.has(artifactId)) await this.#running.get(artifactId)?.done
    if (this.#closing) return
    const abort = new AbortController()
    const done = this.#run(artifactId, abort.signal)
      .catch((error: unknown) =>
        this.#needs.log.error({ err: error, artifactId }, 'the state of an analysis was not noted'),
      )
      .finally(() => this.#running.delete(artifactId))
    this.#running.set(artifactId, { abort, done })
    await done
  }

  async #run(artifactId: string, signal: AbortSignal): Promise<void> {
    const { changes, analyse, disk, log } = this.#needs
    const artifact = await this.#claim(artifactId)
    // Cancelled or deleted while it waited.
    if (artifact === undefined || signal.aborted) return
    changes.changed(artifact.case_id)
    const room = disk.guard()
    try {
      const all = AbortSignal.any([signal, room.signal])
      const told = await analyse({ artifact, signal: all, onProgress: this.#progressOf(artifact) })
      const outcome = room.signal.aborted && told.kind === 'failed' ? NO_ROOM : told
      if (!signal.aborted) await this.#finish(artifact, outcome)
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error, artifactId }, 'an analysis failed')
      await this.#finish(artifact, {
        kind: 'failed',
        problem: { message: room.signal.aborted || isDiskFull(error) ? diskFull().message : INTERNAL },
      })
    } finally {
      room.release()
    }
  }

  #claim(artifactId: string): Promise<ArtifactRow | undefined> {
    return this.#needs.db
      .updateTable('artifacts')
      .set(({ eb }) => ({
        status: 'analysing',
        attempt: eb('attempt', '+', 1),
        phase: null,
        fraction: 0,
        started_at: new Date().toISOString(),
        problem: null,
      }))
      .where('id', '=', artifactId)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst()
  }

  /** Only while this attempt is the one that runs. */
  #update({ id, attempt }: ArtifactRow) {
    const table = this.#needs.db.updateTable('artifacts')
    return table.where('id', '=', id).where('attempt', '=', attempt).where('status', '=', 'analysing')
  }

  async #finish(artifact: ArtifactRow, outcome: Outcome): Promise<void> {
    const seconds = (Date.now() - Date.parse(artifact.started_at ?? artifact.created_at)) / 1000
    this.#needs.ended(artifact.kind, outcome.kind, seconds)
    const problem = outcome.kind === 'failed' ? outcome.problem : outcome.partial
    await this.#update(artifact)
      .set({
        status: outcome.kind,
        problem: problem === undefined ? null : JSON.stringify(problem),
        phase: null,
        fraction: null,
      })
      .execute()
    this.#needs.changes.changed(artifact.case_id)
  }

  #progressOf(artifact: ArtifactRow): AnalysisTask['onProgress'] {
    const { changes, log } = this.#needs
    let lastWrite = 0
    let lastPhase: string | undefined
    let highest = 0
    return (phase, fraction) => {
      const now = performance.now()
      if (phase === lastPhase && now - lastWrite < PROGRESS_MS) return
      lastWrite = now
      lastPhase = phase
      highest = Math.max(highest, Math.min(fraction, 1))
      this.#update(artifact)
        .set({ phase, fraction: highest })
        .execute()
        .then(() => changes.changed(artifact.case_id))
        .catch((error: unknown) => log.error({ err: error }, 'progress could not be noted'))
    }
  }
}

/** Texts are read in a moment and need not wait for dumps. */
function queueOf(kind: ArtifactRow['kind']): QueueName {
  return kind === 'heap-dump' ? 'analyse-heap' : 'read-text'
}
