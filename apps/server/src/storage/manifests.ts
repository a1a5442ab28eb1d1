/** A file per case beside the blobs, from which the case can be made again when the database is lost. */
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from '../errors.ts'
import { writeDurably } from './secrets.ts'

export interface ManifestFiles {
  /** Ids of the cases that have one. */
  caseIds(): Promise<string[]>
  /** Whole or not at all, and on the disk. */
  write(caseId: string, text: string): Promise<void>
  read(caseId: string): Promise<string>
  remove(caseId: string): Promise<void>
}

const SUFFIX = '.json'

export function manifestFiles(folder: string): ManifestFiles {
  const file = (caseId: string) => path.join(folder, caseId + SUFFIX)
  return {
    async caseIds() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return []
        throw error
      })
      return names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length))
    },
    write: (caseId, text) => writeDurably(file(caseId), text),
    read: (caseId) => readFile(file(caseId), 'utf8'),
    remove: (caseId) => rm(file(caseId), { force: true }),
  }
}
