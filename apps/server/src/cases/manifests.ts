/**
 * Keeps the manifests as new as the tables: what a case consists of, without what changes all the time
 * (progress, attempts, when it was opened). Written a moment after a change.
 */
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { ArtifactRow, CaseRow, DismissalTable, PinRow, Tables } from '../db/schema.ts'
import type { ManifestFiles } from '../storage/manifests.ts'
import type { Changes } from './changes.ts'

export interface CaseManifest {
  readonly format: 1
  readonly case: Pick<CaseRow, 'id' | 'title' | 'created_at' | 'demo'> & Partial<Pick<CaseRow, 'own_packages'>>
  readonly artifacts: readonly ManifestArtifact[]
  /** What people said of its texts. */
  readonly readings: readonly { readonly artifact_id: string; readonly part: number; readonly reading: unknown }[]
  /** Manifests of the first versions have none. */
  readonly pins?: readonly ManifestPin[] | undefined
  readonly dismissals?: readonly ManifestDismissal[] | undefined
}

export type ManifestArtifact = Pick<
  ArtifactRow,
  'id' | 'name' | 'archive' | 'kind' | 'size' | 'sha256' | 'created_at' | 'position' | 'damage' | 'reason'
>

export type ManifestPin = Omit<PinRow, 'case_id'>
export type ManifestDismissal = Omit<DismissalTable, 'case_id'>

export interface Manifests {
  /** Brings all of them up to date, and goes on doing so. */
  begin(): Promise<void>
  /** Waits until what has changed is written. */
  close(): Promise<void>
}

interface ManifestsNeeds {
  readonly db: Kysely<Tables>
  readonly files: ManifestFiles
  readonly changes: Changes
  readonly log: FastifyBaseLogger
}

export function createManifests({ db, files, changes, log }: ManifestsNeeds): Manifests {
  /** As last written, by case. */
  const written = new Map<string, string>()
  const dirty = new Set<string>()
  let writing: Promise<void> | undefined

  async function write(caseId: string): Promise<void> {
    const manifest = await manifestOf(db, caseId)
    if (manifest === undefined) {
      written.delete(caseId)
      return files.remove(caseId)
    }
    const text = `${JSON.stringify(manifest, undefined, 1)}\n`
    if (written.get(caseId) === text) return
    await files.write(caseId, text)
    written.set(caseId, text)
  }

  async function writeDirty(): Promise<void> {
    for (const caseId of dirty) {
      dirty.delete(caseId)
      await write(caseId).catch((error: unknown) => log.error({ err: error, caseId }, 'a manifest was not written'))
    }
    writing = undefined
  }

  const stopListening = changes.listen((caseId) => {
    dirty.add(caseId)
    writing ??= writeDirty()
  })

  return {
    async begin() {
      const rows = await db.selectFrom('cases').select('id').execute()
      const ids = new Set([...rows.map(({ id }) => id), ...(await files.caseIds())])
      for (const caseId of ids) {
        const before = await files.read(caseId).catch(() => undefined)
        if (before !== undefined) written.set(caseId, before)
        dirty.add(caseId)
      }
      await (writing ??= writeDirty())
    },
    async close() {
      stopListening()
      await writing
    },
  }
}

async function manifestOf(db: Kysely<Tables>, caseId: string): Promise<CaseManifest | undefined> {
  const row = await db
    .selectFrom('cases')
    .select(['id', 'title', 'created_at', 'demo', 'own_packages'])
    .where('id', '=', caseId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const artifacts = await db
    .selectFrom('artifacts')
    .select(['id', 'name', 'archive', 'kind', 'size', 'sha256', 'created_at', 'position', 'damage', 'reason'])
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('position')
    .execute()
  const readings = await db
    .selectFrom('readings')
    .innerJoin('artifacts', 'artifacts.id', 'readings.artifact_id')
    .select(['artifact_id', 'part', 'reading'])
    .where('case_id', '=', caseId)
    .orderBy('artifact_id')
    .orderBy('part')
    .execute()
  const pins = await db
    .selectFrom('pins')
    .select(['id', 'artifact_id', 'place', 'title', 'created_at'])
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const dismissals = await db
    .selectFrom('dismissals')
    .select(['id', 'artifact_id', 'part', 'finding', 'about', 'reason', 'created_at'])
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return { format: 1, case: row, artifacts, readings, pins, dismissals }
}
