/** Brings a restored database up to what lies on the disk: the manifests are newer than every backup. */
import { ArtifactKind, InputProblem } from '@heaptrail/api/cases'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { CaseManifest, ManifestArtifact } from '../cases/manifests.ts'
import type { Tables } from '../db/schema.ts'
import type { ManifestFiles } from '../storage/manifests.ts'

const Manifest = z.object({
  format: z.literal(1),
  case: z.object({
    id: z.string(),
    title: z.string(),
    created_at: z.string(),
    demo: z.boolean(),
    own_packages: z.array(z.string()).nullable().optional(),
  }),
  artifacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      archive: z.string().nullable(),
      kind: ArtifactKind,
      size: z.number(),
      sha256: z.string().nullable(),
      created_at: z.string(),
      position: z.number(),
      damage: InputProblem.nullable(),
      reason: z.string().nullable(),
    }),
  ),
  readings: z.array(z.object({ artifact_id: z.string(), part: z.number(), reading: z.unknown() })),
  pins: z
    .array(
      z.object({
        id: z.string(),
        artifact_id: z.string().nullable(),
        place: z.string(),
        title: z.string(),
        created_at: z.string(),
      }),
    )
    .optional(),
  dismissals: z
    .array(
      z.object({
        id: z.string(),
        artifact_id: z.string(),
        part: z.number(),
        finding: z.string(),
        about: z.string().nullable(),
        reason: z.string(),
        created_at: z.string(),
      }),
    )
    .optional(),
})

type HasContent = (sha256: string) => Promise<boolean>

export interface Merged {
  readonly casesAdded: number
  readonly artifactsAdded: number
  /** Cases and artifacts of the backup that had been deleted since. */
  readonly dropped: number
  /** Cases whose manifest cannot be read. */
  readonly unreadable: readonly string[]
}

/** @param hasContent whether a blob is there */
export async function mergeManifests(
  db: Kysely<Tables>,
  files: ManifestFiles,
  hasContent: HasContent,
): Promise<Merged> {
  const ids = await files.caseIds()
  let casesAdded = 0
  let artifactsAdded = 0
  let dropped = 0
  const unreadable: string[] = []
  for (const id of ids) {
    const manifest = await readManifest(files, id)
    if (manifest === undefined) {
      unreadable.push(id)
      continue
    }
    if (await addCase(db, manifest)) casesAdded++
    else await db.updateTable('cases').set({ title: manifest.case.title }).where('id', '=', id).execute()
    dropped += await dropDeletedArtifacts(db, manifest)
    artifactsAdded += await addArtifacts(db, manifest, hasContent)
    await replaceReadings(db, manifest)
    await replaceOwnCode(db, manifest)
    await replacePins(db, manifest)
    await replaceDismissals(db, manifest)
  }
  dropped += await dropDeletedCases(db, new Set(ids), hasContent)
  return { casesAdded, artifactsAdded, dropped, unreadable }
}

async function readManifest(files: ManifestFiles, id: string): Promise<CaseManifest | undefined> {
  try {
    return Manifest.parse(JSON.parse(await files.read(id)))
  } catch {
    return undefined
  }
}

async function addCase(db: Kysely<Tables>, { case: row }: CaseManifest): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cases')
    .values({ ...row, own_packages: chosenIn(row), last_opened_at: new Date().toISOString(), delete_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

async function dropDeletedArtifacts(db: Kysely<Tables>, manifest: CaseManifest): Promise<number> {
  const listed = new Set(manifest.artifacts.map(({ id }) => id))
  const known = await db.selectFrom('artifacts').select('id').where('case_id', '=', manifest.case.id).execute()
  const deleted = known.filter(({ id }) => !listed.has(id))
  for (const { id } of deleted) await db.deleteFrom('artifacts').where('id', '=', id).execute()
  return deleted.length
}

async function addArtifacts(db: Kysely<Tables>, manifest: CaseManifest, hasContent: HasContent): Promise<number> {
  let added = 0
  for (const artifact of manifest.artifacts) {
    if (artifact.sha256 !== null && !(await hasContent(artifact.sha256))) continue
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('artifacts')
      .values(rowOf(artifact, manifest.case.id))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) added++
  }
  return added
}

/** Those of the manifest are newer than those of the backup. */
async function replaceReadings(db: Kysely<Tables>, { case: { id: caseId }, readings }: CaseManifest): Promise<void> {
  const rows = await db.selectFrom('artifacts').select('id').where('case_id', '=', caseId).execute()
  for (const { id } of rows) await db.deleteFrom('readings').where('artifact_id', '=', id).execute()
  const there = new Set(rows.map(({ id }) => id))
  for (const { artifact_id, part, reading } of readings) {
    if (!there.has(artifact_id)) continue
    await db
      .insertInto('readings')
      .values({ artifact_id, part, reading: JSON.stringify(reading) })
      .execute()
  }
}

/** Those of the manifest are newer than those of the backup. */
async function replacePins(db: Kysely<Tables>, { case: { id: case_id }, pins }: CaseManifest): Promise<void> {
  if (pins === undefined) return
  await db.deleteFrom('pins').where('case_id', '=', case_id).execute()
  const rows = await db.selectFrom('artifacts').select('id').where('case_id', '=', case_id).execute()
  const there = new Set<string | null>([null, ...rows.map(({ id }) => id)])
  for (const pin of pins) {
    if (there.has(pin.artifact_id))
      await db
        .insertInto('pins')
        .values({ ...pin, case_id })
        .execute()
  }
}

async function replaceDismissals(
  db: Kysely<Tables>,
  { case: { id: case_id }, dismissals }: CaseManifest,
): Promise<void> {
  if (dismissals === undefined) return
  await db.deleteFrom('dismissals').where('case_id', '=', case_id).execute()
  const rows = await db.selectFrom('artifacts').select('id').where('case_id', '=', case_id).execute()
  const there = new Set(rows.map(({ id }) => id))
  for (const dismissal of dismissals) {
    if (there.has(dismissal.artifact_id))
      await db
        .insertInto('dismissals')
        .values({ ...dismissal, case_id })
        .execute()
  }
}

/** What had content is analysed again, which is a moment's work when its snapshot is there. */
function rowOf({ damage, ...facts }: ManifestArtifact, caseId: string) {
  return {
    ...facts,
    case_id: caseId,
    damage: damage === null ? null : JSON.stringify(damage),
    status: facts.sha256 === null || facts.reason !== null ? ('skipped' as const) : ('queued' as const),
    attempt: 0,
    phase: null,
    fraction: null,
    started_at: null,
    problem: null,
  }
}

/** What was chosen as own code; manifests of older versions say nothing of it. */
async function replaceOwnCode(db: Kysely<Tables>, { case: row }: CaseManifest): Promise<void> {
  if (row.own_packages === undefined) return
  await db
    .updateTable('cases')
    .set({ own_packages: chosenIn(row) })
    .where('id', '=', row.id)
    .execute()
}

function chosenIn({ own_packages }: CaseManifest['case']): string | null {
  return Array.isArray(own_packages) ? JSON.stringify(own_packages) : null
}

/** A case without a manifest whose contents are all gone was deleted after the backup. */
async function dropDeletedCases(
  db: Kysely<Tables>,
  withManifest: ReadonlySet<string>,
  hasContent: HasContent,
): Promise<number> {
  let dropped = 0
  for (const { id } of await db.selectFrom('cases').select('id').execute()) {
    if (withManifest.has(id)) continue
    const rows = await db.selectFrom('artifacts').select('sha256').where('case_id', '=', id).execute()
    const there = await Promise.all(rows.map(async ({ sha256 }) => sha256 !== null && (await hasContent(sha256))))
    if (there.includes(true)) continue
    await db.deleteFrom('cases').where('id', '=', id).execute()
    dropped++
  }
  return dropped
}
