/** What can be done with one artifact, and with all that a case holds. */
import type { AnalysisOptions } from '@heaptrail/api/analysis-options'
import type { Artifact, ArtifactKind } from '@heaptrail/api/cases'
import { parseHeapRef, printHeapRef } from '@heaptrail/api/heap-ref'
import type { Insertable, Kysely } from 'kysely'
import type { ArtifactRow, ArtifactTable, Tables } from '../db/schema.ts'
import { ApiError, artifactNotFound, caseNotFound } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Jobs, Queued } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { isFurther, toArtifact } from './artifact-state.ts'
import type { Changes } from './changes.ts'
import { requireKind } from './ready.ts'

export interface ArtifactsNeeds {
  readonly db: Kysely<Tables>
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly uploads: Uploads
  readonly changes: Changes
  /** Called before files of an artifact may go away. */
  readonly letGo: (row: ArtifactRow) => Promise<void>
  /** Deletes the snapshot of a further analysis. */
  readonly forgetSnapshot: (row: ArtifactRow) => Promise<void>
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

  /** What somebody chose as own code in the case of this artifact. */
  async ownPackages(artifactId: string): Promise<readonly string[] | undefined> {
    const found = await this.#needs.db
      .selectFrom('artifacts')
      .innerJoin('cases', 'cases.id', 'artifacts.case_id')
      .select('own_packages')
      .where('artifacts.id', '=', artifactId)
      .executeTakeFirst()
    return found?.own_packages ?? undefined
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
    if (rows.length > 0) return rows.filter((row) => !isFurther(row))
    const found = await this.#needs.db.selectFrom('cases').select('id').where('id', '=', caseId).executeTakeFirst()
    if (found === undefined) throw caseNotFound()
    return []
  }

  /** @param ref of the artifact, or of one of its further analyses */
  async read(ref: string): Promise<Artifact> {
    const { artifactId } = parseHeapRef(ref)
    return toArtifact(await this.row(artifactId), await this.#further(artifactId))
  }

  /** An artifact with all its analyses, or one of the further analyses alone. */
  async remove(ref: string): Promise<void> {
    const artifact = await this.row(ref)
    const rows = [artifact, ...(isFurther(artifact) ? [] : await this.#further(ref))]
    for (const { id } of rows) await this.#needs.db.deleteFrom('artifacts').where('id', '=', id).execute()
    this.#needs.changes.changed(artifact.case_id)
    for (const row of rows) {
      await this.#stopUsing(row)
      if (isFurther(row) && (await this.#sameAnalyses(row)).length === 0) await this.#needs.forgetSnapshot(row)
    }
    await this.removeUnneeded()
  }

  /**
   * Deletes the bytes of a dump, unless another artifact needs them; its analyses stay, and answer all but questions for
   * contents of objects.
   * @throws ApiError `wrong-kind`, `not-ready` while an analysis still needs them
   */
  async removeContent(artifactId: string): Promise<Artifact> {
    const artifact = await this.row(artifactId)
    requireKind(artifact, 'heap-dump')
    const rows = [artifact, ...(await this.#further(artifactId))]
    if (artifact.status !== 'ready' || rows.some(({ status }) => status === 'queued' || status === 'analysing'))
      throw new ApiError('not-ready', 'The file of a dump can be deleted when its analyses are ready.')
    await this.#needs.db
      .updateTable('artifacts')
      .set({ content_deleted: true })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute()
    this.#needs.changes.changed(artifact.case_id)
    for (const row of rows) await this.#needs.letGo(row)
    await this.removeUnneeded()
    return this.read(artifactId)
  }

  /** Analyses a dump once more, unless there is an analysis with these options. @throws ApiError `wrong-kind`, `not-ready` */
  async analyseWith(artifactId: string, options: AnalysisOptions): Promise<Artifact> {
    const artifact = await this.row(artifactId)
    requireKind(artifact, 'heap-dump')
    if (artifact.sha256 === null || artifact.content_deleted)
      throw new ApiError('gone', 'The file of this dump is not kept here any more: upload it again to analyse it.')
    const id = printHeapRef(artifactId, options)
    const row = { ...siblingOf(artifact, 'heap-dump'), id }
    const added = await this.#needs.db
      .insertInto('artifacts')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (added !== undefined) {
      this.#needs.changes.changed(artifact.case_id)
      await this.#needs.jobs.enqueue(row)
    }
    return this.read(artifactId)
  }

  async #further(artifactId: string): Promise<ArtifactRow[]> {
    const rows = await this.#needs.db
      .selectFrom('artifacts')
      .selectAll()
      .where(({ eb, fn }) => eb(fn<number>('strpos', ['id', eb.val(`${artifactId}~`)]), '=', 1))
      .execute()
    return rows
  }

  /** Rows that the snapshot of this one serves as well. */
  async #sameAnalyses({ sha256, id }: ArtifactRow): Promise<ArtifactRow[]> {
    const rows = await this.#needs.db.selectFrom('artifacts').selectAll().where('sha256', '=', sha256).execute()
    return rows.filter((row) => keyOf(row.id) === keyOf(id))
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
    return this.read(artifactId)
  }

  /** @throws ApiError `not-ready` when there is nothing to try again */
  async retry(artifactId: string): Promise<Artifact> {
    const artifact = await this.#needs.db
      .updateTable('artifacts')
      .set({ status: 'queued', problem: null, phase: null, fraction: null })
      .where('id', '=', artifactId)
      .where('status', 'in', ['failed', 'cancelled'])
      .where('sha256', 'is not', null)
      .where('content_deleted', '=', false)
      .returningAll()
      .executeTakeFirst()
    if (artifact === undefined) {
      await this.row(artifactId)
      throw new ApiError('not-ready', 'Only an analysis that failed or was cancelled can be tried again.')
    }
    this.#needs.changes.changed(artifact.case_id)
    await this.#needs.jobs.enqueue(artifact)
    return this.read(artifactId)
  }

  /** All ready artifacts with the content and the options of this one wait for another analysis. */
  async analyseAgain(artifact: Pick<ArtifactRow, 'id' | 'sha256'>): Promise<void> {
    const rows = await this.#needs.db
      .updateTable('artifacts')
      .set({ status: 'queued', problem: null })
      .where('sha256', '=', artifact.sha256)
      .where(({ eb, fn }) => eb(fn<string>('split_part', ['id', eb.val('~'), eb.val(2)]), '=', keyOf(artifact.id)))
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

  /** Deletes the contents that no artifact names, or only such whose bytes were deleted. */
  async removeUnneeded(): Promise<void> {
    const rowsWithContent = () =>
      this.#needs.db
        .selectFrom('artifacts')
        .select(['sha256', 'content_deleted'])
        .where('sha256', 'is not', null)
        .distinct()
        .execute()
    await this.#needs.blobs.deleteExcept(async () => {
      const rows = await rowsWithContent()
      const kept = rows.filter(({ content_deleted }) => !content_deleted)
      return {
        contents: new Set(kept.flatMap(({ sha256 }) => sha256 ?? [])),
        snapshots: new Set(rows.flatMap(({ sha256 }) => sha256 ?? [])),
      }
    })
  }

  async #stopUsing(artifact: ArtifactRow): Promise<void> {
    await this.#needs.jobs.stop(artifact.id)
    await this.#needs.letGo(artifact)
  }
}

/** Of the options in the id of a row. */
function keyOf(id: string): string {
  return id.split('~')[1] ?? ''
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
