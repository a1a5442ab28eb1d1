/** What can be done with one artifact, and with all that a case holds. */
import type { Artifact, ArtifactKind } from '@heaptrail/api/cases'
import type { Insertable, Kysely } from 'kysely'
import type { ArtifactRow, ArtifactTable, Tables } from '../db/schema.ts'
import { ApiError, artifactNotFound, caseNotFound } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Jobs, Queued } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { toArtifact } from './artifact-state.ts'
import type { Changes } from './changes.ts'

export interface ArtifactsNeeds {
  readonly db: Kysely<Tables>
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly uploads: Uploads
  readonly changes: Changes
  /** Called before files of an artifact may go away. */
  readonly letGo: (row: ArtifactRow) => Promise<void>
}

export class Artifacts {
  readonly #needs: ArtifactsNeeds

  constructor(needs: ArtifactsNeeds) {
    this.#needs = needs
  }

  /** @throws ApiError `artifact-not-found` */
  async row(artifactId: string): Promise<ArtifactRow> {
    const found = await this.#needs.db
      .selectFrom('artifacts')
      .selectAll()
      .where('id', '=', artifactId)
      .executeTakeFirst()
    if (found === undefined) throw artifactNotFound()
    return found
  }

  /** All of a case, in the order in which they came. @throws ApiError `case-not-found` */
  async ofCase(caseId: string): Promise<ArtifactRow[]> {
    const rows = await this.#needs.db
      .selectFrom('artifacts')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('created_at')
      .orderBy('position')
      .execute()
    if (rows.length > 0) return rows
    const found = await this.#needs.db.selectFrom('cases').select('id').where('id', '=', caseId).executeTakeFirst()
    if (found === undefined) throw caseNotFound()
    return []
  }

  async read(artifactId: string): Promise<Artifact> {
    return toArtifact(await this.row(artifactId))
  }

  async remove(artifactId: string): Promise<void> {
    const artifact = await this.row(artifactId)
    await this.#needs.db.deleteFrom('artifacts').where('id', '=', artifactId).execute()
    this.#needs.changes.changed(artifact.case_id)
    await this.#stopUsing(artifact)
    await this.removeUnneeded()
  }

  /** @throws ApiError `not-running` when its analysis neither waits nor runs */
  async cancel(artifactId: string): Promise<Artifact> {
    const artifact = await this.#needs.db
      .updateTable('artifacts')
      .set({ status: 'cancelled' })
      .where('id', '=', artifactId)
      .where('status', 'in', ['queued', 'analysing'])
      .returningAll()
      .executeTakeFirst()
    if (artifact === undefined) {
      await this.row(artifactId)
      throw new ApiError('not-running', 'There is nothing to cancel: the analysis neither waits nor runs.')
    }
    this.#needs.changes.changed(artifact.case_id)
    await this.#needs.jobs.stop(artifactId)
    return toArtifact(artifact)
  }

  /** @throws ApiError `not-ready` when there is nothing to try again */
  async retry(artifactId: string): Promise<Artifact> {
    const artifact = await this.#needs.db
      .updateTable('artifacts')
      .set({ status: 'queued', problem: null, phase: null, fraction: null })
      .where('id', '=', artifactId)
      .where('status', 'in', ['failed', 'cancelled'])
      .where('sha256', 'is not', null)
      .returningAll()
      .executeTakeFirst()
    if (artifact === undefined) {
      await this.row(artifactId)
      throw new ApiError('not-ready', 'Only an analysis that failed or was cancelled can be tried again.')
    }
    this.#needs.changes.changed(artifact.case_id)
    await this.#needs.jobs.enqueue(artifact)
    return toArtifact(artifact)
  }

  /** All ready artifacts with this content wait for another analysis. */
  async analyseAgain(sha256: string): Promise<void> {
    const rows = await this.#needs.db
      .updateTable('artifacts')
      .set({ status: 'queued', problem: null })
      .where('sha256', '=', sha256)
      .where('status', '=', 'ready')
      .returningAll()
      .execute()
    for (const row of rows) {
      this.#needs.changes.changed(row.case_id)
      await this.#needs.jobs.enqueue(row)
    }
  }

  /** A text that is also of other kinds gets an artifact for each, beside its own, once. */
  async addKinds(artifact: ArtifactRow, kinds: readonly ArtifactKind[]): Promise<void> {
    if (kinds.length === 0) return
    const { db, changes, jobs } = this.#needs
    const added = await db.transaction().execute(async (tx) => {
      const siblings = await tx
        .selectFrom('artifacts')
        .select('kind')
        .where('case_id', '=', artifact.case_id)
        .where('sha256', '=', artifact.sha256)
        .where('created_at', '=', artifact.created_at)
        .where('position', '=', artifact.position)
        .execute()
      const missing = kinds.filter((kind) => !siblings.some((sibling) => sibling.kind === kind))
      const rows = missing.map((kind) => siblingOf(artifact, kind))
      if (rows.length > 0) await tx.insertInto('artifacts').values(rows).execute()
      return rows
    })
    if (added.length === 0) return
    changes.changed(artifact.case_id)
    for (const { id, kind } of added) await jobs.enqueue({ id, kind })
  }

  /** A case with everything in it. @returns false when there is no such case */
  async removeCase(caseId: string): Promise<boolean> {
    const { db, uploads, changes } = this.#needs
    await uploads.discardAll(caseId)
    const artifacts = await db.selectFrom('artifacts').selectAll().where('case_id', '=', caseId).execute()
    const { numDeletedRows } = await db.deleteFrom('cases').where('id', '=', caseId).executeTakeFirst()
    if (numDeletedRows === 0n) return false
    changes.changed(caseId)
    for (const artifact of artifacts) await this.#stopUsing(artifact)
    await this.removeUnneeded()
    return true
  }

  /** Deletes the contents that no artifact names. */
  async removeUnneeded(): Promise<void> {
    const rowsWithContent = () =>
      this.#needs.db.selectFrom('artifacts').select('sha256').where('sha256', 'is not', null).distinct().execute()
    await this.#needs.blobs.deleteExcept(async () => {
      const rows = await rowsWithContent()
      return new Set(rows.flatMap(({ sha256 }) => sha256 ?? []))
    })
  }

  async #stopUsing(artifact: ArtifactRow): Promise<void> {
    await this.#needs.jobs.stop(artifact.id)
    await this.#needs.letGo(artifact)
  }
}

function siblingOf(artifact: ArtifactRow, kind: ArtifactKind): Insertable<ArtifactTable> & Queued {
  return {
    ...artifact,
    id: newId(),
    kind,
    status: 'queued',
    attempt: 0,
    phase: null,
    fraction: null,
    started_at: null,
    damage: artifact.damage === null ? null : JSON.stringify(artifact.damage),
    problem: null,
    reason: null,
  }
}
