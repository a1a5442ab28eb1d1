/** Where everything of a server lies. Nothing is ever written outside. */
import { access, constants, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { hasCode } from '../errors.ts'
import path from 'node:path'

export interface DataDirectory {
  readonly root: string
  readonly database: string
  /** Unfinished tus uploads: `<upload id>` and `<upload id>.json`. */
  readonly uploads: string
  /** Unpacked artifacts by content: `<SHA-256>`. */
  readonly blobs: string
  /** `<SHA-256 of the dump>.<format version>.snapshot` */
  readonly snapshots: string
  /** What each case consists of, `<case id>.json`: enough to make the tables again. */
  readonly manifests: string
  /** Copies of what the tables hold. */
  readonly backups: string
  /** What signs the cookies of this server; only its owner can read it. */
  readonly secret: string
  /** Files in the making; emptied at every start. */
  readonly temporary: string
}

/** @throws DirectoryUnusable with a sentence for people */
export async function openDataDirectory(root: string): Promise<DataDirectory> {
  const directory: DataDirectory = {
    root,
    database: path.join(root, 'database'),
    uploads: path.join(root, 'uploads'),
    blobs: path.join(root, 'blobs'),
    snapshots: path.join(root, 'snapshots'),
    manifests: path.join(root, 'manifests'),
    backups: path.join(root, 'backups'),
    secret: path.join(root, 'secret'),
    temporary: path.join(root, 'temporary'),
  }
  try {
    await mkdir(root, { recursive: true, mode: 0o700 })
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new DirectoryUnusable(
      `The data directory ${root} cannot be used (${reasonOf(error)}). Set HEAPTRAIL_DATA_DIR to a directory that may be written.`,
    )
  }
  return directory
}

/** The directory can neither be made nor written. */
export class DirectoryUnusable extends Error {}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'for a reason that is not known'
}

/** Makes the folders and throws away what an earlier run left half done. Only for the owner of the lock. */
export async function prepareFolders(directory: DataDirectory): Promise<void> {
  await rm(directory.temporary, { recursive: true, force: true })
  for (const folder of [
    directory.uploads,
    directory.blobs,
    directory.snapshots,
    directory.manifests,
    directory.backups,
    directory.temporary,
  ]) {
    await mkdir(folder, { recursive: true })
  }
  for (const folder of [directory.root, directory.blobs, directory.manifests, directory.backups])
    await removeUnfinished(folder)
}

/** What a kill left of a small file in the making (`writeDurably`). Another server that starts right now has such a file too, for its lock. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => UNFINISHED.test(name) && !name.startsWith('server.lock'))
  for (const name of names) await rm(path.join(folder, name), { force: true })
}

const UNFINISHED = /\.[0-9a-f]{12}$/

/**
 * Moves a folder to a new place, or out of the way under a name that is free.
 * @returns where it is now; undefined when there was none
 */
export async function moveAside(
  folder: string,
  to = `${folder}.broken-${new Date().toISOString().replaceAll(':', '-')}`,
): Promise<string | undefined> {
  try {
    await rename(folder, to)
    return to
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Afterwards a power cut takes nothing of the files in it. */
export async function syncFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = await open(path.join(entry.parentPath, entry.name), 'r')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  }
}
