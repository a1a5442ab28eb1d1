/**
 * `node old-directory.ts FOLDER`: data directories as older versions left them, one for each schema of the database but
 * the newest, `FOLDER/<last migration>`: cases with nothing but a title, and one with a dump whose analysis was
 * interrupted and a class histogram, which the first versions did not read. Prints their names.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Migrator } from 'kysely/migration'
import { createEmbedded, kyselyOver } from '../src/db/embedded.ts'
import { migrations } from '../src/db/migrations.ts'
import { startDatabase } from '../src/db/start.ts'
import { chainDump } from './evidence.ts'

const CASES = 40
const NODES = 15_000
const WHEN = '2026-01-01T00:00:00.000Z'
const READS_HISTOGRAMS = '0004'
const HISTOGRAM = ` num     #instances         #bytes  class name
----------------------------------------------
   1:            12            960  java.lang.Object
Total            12            960
`

export async function makeOldDirectory(folder: string, schema: string): Promise<void> {
  for (const part of ['blobs', 'temporary', 'uploads']) mkdirSync(path.join(folder, part), { recursive: true })
  const dump = keepBlob(folder, chainDump(NODES))
  const histogram = keepBlob(folder, Buffer.from(HISTOGRAM))
  await createEmbedded(path.join(folder, 'database'))
  const pglite = await startDatabase(path.join(folder, 'database'))
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row)
    const places = names.map((_, index) => `$${index + 1}`)
    return pglite.query(`insert into ${table} (${names.join()}) values (${places.join()})`, Object.values(row))
  }
  const insertArtifact = (name: string, row: Record<string, unknown>) =>
    insert('artifacts', { id: idOf(name), name, case_id: idOf('busy'), created_at: WHEN, position: 0, ...row })
  try {
    const { error } = await new Migrator({ db: kyselyOver(pglite), provider: migrations }).migrateTo(schema)
    if (error !== undefined) throw new Error(`a database of ${schema} could not be made`, { cause: error })
    for (const title of ['busy', ...Array.from({ length: CASES }, (_, index) => `case-${index}`)])
      await insert('cases', { id: idOf(title), title, created_at: WHEN, last_opened_at: WHEN, demo: false })
    await insertArtifact('dump', { kind: 'heap-dump', ...dump, status: 'analysing', started_at: WHEN })
    const status = schema < READS_HISTOGRAMS ? 'skipped' : 'queued'
    await insertArtifact('histogram', { kind: 'class-histogram', ...histogram, status, reason: 'It is not read yet.' })
  } finally {
    await pglite.close()
  }
}

/** Long enough for an id. */
function idOf(name: string): string {
  return `${name}-of-an-older-server`
}

function keepBlob(folder: string, bytes: Uint8Array): { sha256: string; size: number } {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(path.join(folder, 'blobs', sha256), bytes)
  return { sha256, size: bytes.length }
}

/** @returns the last migration of each */
export async function makeOldDirectories(folder: string): Promise<string[]> {
  const schemas = Object.keys(await migrations.getMigrations()).slice(0, -1)
  for (const schema of schemas) await makeOldDirectory(path.join(folder, schema), schema)
  return schemas
}

if (import.meta.main) console.log((await makeOldDirectories(process.argv[2] ?? '')).join('\n'))
