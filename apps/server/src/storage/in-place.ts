/** Files of this machine that are read where they lie, without a copy. */
import { constants } from 'node:fs'
import { access, readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { ApiError } from '../errors.ts'

export interface LocalFile {
  /** Without symbolic links. */
  readonly path: string
  readonly name: string
  /** Bytes. */
  readonly size: number
}

/** @throws ApiError `unreadable-input` when it is no file that the server may read */
export async function localFile(file: string): Promise<LocalFile> {
  try {
    const real = await realpath(file)
    const facts = await stat(real)
    if (!facts.isFile()) throw new Error('not a file')
    await access(real, constants.R_OK)
    return { path: real, name: path.basename(file), size: facts.size }
  } catch {
    throw new ApiError('unreadable-input', 'There is no such file, or the server may not read it.')
  }
}

export interface ImportFolder {
  readonly folder: string
  /** Stays out when it lies in there: its secret opens every file of the machine. */
  readonly dataDirectory: string
}

/**
 * A file of the import folder, whatever links lie in it.
 * @throws ApiError `bad-request` for all others, there or not, and for hidden ones
 */
export async function fileOfFolder({ folder, dataDirectory }: ImportFolder, relative: string): Promise<LocalFile> {
  const outside = new ApiError('bad-request', 'Only files of the import folder can be opened.')
  if (!isInside(folder, path.resolve(folder, relative))) throw outside
  const found = await localFile(path.resolve(folder, relative))
  const [real, data] = await Promise.all([realpath(folder), realpath(dataDirectory)])
  if (!isInside(real, found.path) || isHidden(path.relative(real, found.path))) throw outside
  if (isInside(real, data) && isInside(data, found.path)) throw outside
  return found
}

function isHidden(relative: string): boolean {
  return relative.split(path.sep).some((name) => name.startsWith('.'))
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}

/**
 * Files of the import folder and below, by path, without hidden ones; links are not followed.
 * @throws when the folder cannot be read
 */
export async function filesBelow({ folder, dataDirectory }: ImportFolder): Promise<{ path: string; size: number }[]> {
  const found: { path: string; size: number }[] = []
  const data = path.relative(await realpath(folder), await realpath(dataDirectory))
  // Not by readdir's `recursive`, which walks through links to folders: what lies outside would be listed.
  async function look(below: string): Promise<void> {
    for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
      const file = path.join(below, entry.name)
      if (isHidden(entry.name) || file === data) continue
      // What others remove meanwhile, or let nobody read, is not there.
      if (entry.isDirectory()) await look(file).catch(() => undefined)
      else if (entry.isFile()) {
        const facts = await stat(path.join(folder, file)).catch(() => undefined)
        if (facts !== undefined) found.push({ path: file, size: facts.size })
      }
    }
  }
  await look('')
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
