/** Files of the backups: `<time>.backup`, each whole or not there, the newest last. */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { hasCode } from '../errors.ts'
import { writeDurably } from './secrets.ts'

const KEPT = 3
const SUFFIX = '.backup'

export interface Backups {
  /** Newest first. */
  list(): Promise<string[]>
  /** Writes and syncs one, unless the newest says the same; keeps the last three. @returns its name, when it was written */
  keep(text: string): Promise<string | undefined>
  /** @throws when it is damaged */
  read(name: string): Promise<string>
}

export function createBackups(folder: string): Backups {
  async function list(): Promise<string[]> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return []
      throw error
    })
    return names
      .filter((name) => name.endsWith(SUFFIX))
      .toSorted()
      .toReversed()
  }

  const read = async (name: string) => (await promisify(gunzip)(await readFile(path.join(folder, name)))).toString()
  let newest: string | undefined

  return {
    list,
    read,
    async keep(text) {
      const hash = hashOf(text)
      newest ??= await newestHash(await list(), read)
      if (hash === newest) return undefined
      const name = `${new Date().toISOString().replaceAll(':', '-')}${SUFFIX}`
      await writeDurably(path.join(folder, name), await promisify(gzip)(text))
      newest = hash
      for (const old of (await list()).slice(KEPT)) await rm(path.join(folder, old), { force: true })
      return name
    },
  }
}

async function newestHash([name]: string[], read: (name: string) => Promise<string>): Promise<string | undefined> {
  if (name === undefined) return undefined
  // A damaged one is like none; a better one follows.
  return read(name).then(hashOf, () => undefined)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
