/** What can be done with one artifact, and with all that a case holds. */
import type { Artifact } from '@heaptrail/api/cases'
import type { Kysely } from 'kysely'
import type { ArtifactRow, Tables } from '../db/schema.ts'
import { ApiError, artifactNotFound } from '../errors.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { toArtifact } from './artifact-state.ts'
import type { Changes } from './changes.ts'

export interface Artifacts {
  /** @throws ApiError `artifact-not-found` */
  row(artifactId: string): Promise<ArtifactRow>
  read(artifactId: string): Promise<Artifact>
  remove(artifactId: string): Promise<void>
  /** @throws ApiError `not-running` when its analysis neither waits nor runs */
  cancel(artifactId: string): Promise<Artifact>
  /** @throws ApiError `not-ready` when there is nothing to try again */
  retry(artifactId: string): Promise<Artifact>
  /** A case with everything in it. @returns false when there is no such case */
  removeCase(caseId: string): Promise<boolean>
  /** Deletes the contents that no artifact names. */
  removeUnneeded(): Promise<void>
}

export interface ArtifactsNeeds {
  readonly db: Kysely<Tables>
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly uploads: Uploads
  readonly changes: Changes
  /** Called before files of an artifact may go away. */
  readonly letGo: (row: ArtifactRow) => Promise<void>
}

export function createArtifacts({ db, blobs, jobs, uploads, changes, letGo }: ArtifactsNeeds): Artifacts {
  async function row(artifactId: string): Promise<ArtifactRow> {
    const found = await db.selectFrom('artifacts').selectAll().where('id', '=', artifactId).executeTakeFirst()
    if (found === undefined) throw artifactNotFound()
    return found
  }

  async function neededContents(): Promise<ReadonlySet<string>> {
    const rows = await db.selectFrom('artifacts').select('sha256').where('sha256', 'is not', null).distinct().execute()
    return new Set(rows.flatMap(({ sha256 }) => sha256 ?? []))
  }

  const removeUnneeded = () => blobs.deleteExcept(neededContents)

  return {
    row,
    removeUnneeded,
    read: async (artifactId) => toArtifact(await row(artifactId)),
    async remove(artifactId) {
      const artifact = await row(artifactId)
      await db.deleteFrom('artifacts').where('id', '=', artifactId).execute()
      changes.changed(artifact.case_id)
      await jobs.stop(artifactId)
      await letGo(artifact)
      await removeUnneeded()
    },
    async cancel(artifactId) {
      const artifact = await db
        .updateTable('artifacts')
        .set({ status: 'cancelled' })
        .where('id', '=', artifactId)
        .where('status', 'in', ['queued', 'analysing'])
        .returningAll()
        .executeTakeFirst()
      if (artifact === undefined) {
        await row(artifactId)
        throw new ApiError('not-running', 'There is nothing to cancel: the analysis neither waits nor runs.')
      }
      changes.changed(artifact.case_id)
      await jobs.stop(artifactId)
      return toArtifact(artifact)
    },
    async retry(artifactId) {
      const artifact = await db
        .updateTable('artifacts')
        .set({ status: 'queued', problem: null, phase: null, fraction: null })
        .where('id', '=', artifactId)
        .where('status', 'in', ['failed', 'cancelled'])
        .where('sha256', 'is not', null)
        .returningAll()
        .executeTakeFirst()
      if (artifact === undefined) {
        await row(artifactId)
        throw new ApiError('not-ready', 'Only an analysis that failed or was cancelled can be tried again.')
      }
      changes.changed(artifact.case_id)
      await jobs.enqueue(artifact)
      return toArtifact(artifact)
    },
    async removeCase(caseId) {
      await uploads.discardAll(caseId)
      const artifacts = await db.selectFrom('artifacts').selectAll().where('case_id', '=', caseId).execute()
      const { numDeletedRows } = await db.deleteFrom('cases').where('id', '=', caseId).executeTakeFirst()
      if (numDeletedRows === 0n) return false
      changes.changed(caseId)
      for (const artifact of artifacts) {
        await jobs.stop(artifact.id)
        await letGo(artifact)
      }
      await removeUnneeded()
      return true
    },
  }
}
