/** A new database from the last backup that can be read, and from the manifests; the old one is kept aside. */
import path from 'node:path'
import type { Kysely } from 'kysely'
import { BackupUnusable, loadBackup } from '../db/backup-text.ts'
import { createEmbedded, DatabaseBroken, kyselyOver, openEmbedded } from '../db/embedded.ts'
import type { Tables } from '../db/schema.ts'
import { startDatabase } from '../db/start.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { createBackups, type Backups } from '../storage/backups.ts'
import { createBlobs } from '../storage/blobs.ts'
import {
  moveAside,
  openDataDirectory,
  prepareFolders,
  syncFolder,
  type DataDirectory,
} from '../storage/data-directory.ts'
import { lockDirectory } from '../storage/lock.ts'
import { manifestFiles } from '../storage/manifests.ts'
import { mergeManifests } from './from-manifests.ts'

/** There is nothing to do, or nothing to do it from; the message says which. */
export class RestoreRefused extends Error {}

/**
 * @param anyway also when the database can be opened
 * @returns sentences that say what was done
 */
export async function restore(root: string, anyway: boolean): Promise<string[]> {
  const directory = await openDataDirectory(root)
  const unlock = lockDirectory(directory.root)
  try {
    await prepareFolders(directory)
    if (!anyway) await expectBroken(directory)
    return await rebuild(directory)
  } finally {
    unlock()
  }
}

async function expectBroken(directory: DataDirectory): Promise<void> {
  try {
    const { close } = await openEmbedded(directory)
    await close()
  } catch (error) {
    if (error instanceof DatabaseBroken) return
    throw error
  }
  throw new RestoreRefused(
    `The database in ${directory.root} can be opened; nothing was changed. To go back to the last backup all the same, add --anyway.`,
  )
}

async function rebuild(directory: DataDirectory): Promise<string[]> {
  const files = manifestFiles(directory.manifests)
  const backups = createBackups(directory.backups)
  if ((await backups.list()).length + (await files.caseIds()).length === 0) {
    throw new RestoreRefused(
      `There is neither a backup nor a manifest of a case in ${directory.root}. To start with an empty database, move ${directory.database} away.`,
    )
  }
  const fresh = path.join(directory.temporary, 'restored')
  const sentences: string[] = []
  await inNewDatabase(fresh, async (db) => {
    sentences.push(...(await loadNewest(db, backups)))
    const merged = await mergeManifests(db, files, createBlobs(directory).has)
    sentences.push(
      `From the manifests beside the contents: ${merged.casesAdded} cases and ${merged.artifactsAdded} artifacts added, ${merged.dropped} dropped that had been deleted since.`,
    )
    for (const id of merged.unreadable) sentences.push(`The manifest of case ${id} cannot be read.`)
  })
  await syncFolder(fresh)
  const aside = await moveAside(directory.database)
  await moveAside(fresh, directory.database)
  if (aside !== undefined) sentences.push(`The old database was kept as ${aside}. Delete it when nothing is missed.`)
  return sentences
}

async function inNewDatabase(folder: string, fill: (db: Kysely<Tables>) => Promise<void>): Promise<void> {
  await createEmbedded(folder)
  const pglite = await startDatabase(folder)
  try {
    await fill(kyselyOver(pglite))
  } finally {
    await pglite.close()
  }
}

/** The newest backup that can be loaded; without one the tables stay empty. */
async function loadNewest(db: Kysely<Tables>, backups: Backups): Promise<string[]> {
  const sentences: string[] = []
  for (const name of await backups.list()) {
    try {
      await loadBackup(db, await backups.read(name))
      return [...sentences, `Loaded the backup ${name}.`]
    } catch (error) {
      // A transaction fills the tables, so that nothing of a bad one stays.
      const reason = error instanceof BackupUnusable ? error.message : 'It is damaged.'
      sentences.push(`The backup ${name} was left out. ${reason}`)
    }
  }
  await migrateToLatest(db)
  return [...sentences, 'There is no backup that can be loaded.']
}
