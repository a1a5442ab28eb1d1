/** Where everything of a server lies. Nothing is ever written outside. */
import { access, constants, mkdir, rm } from 'node:fs/promises'
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
    directory.backups,
    directory.temporary,
  ]) {
    await mkdir(folder, { recursive: true })
  }
}
