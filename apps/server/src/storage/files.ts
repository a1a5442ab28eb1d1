/** Reading whole files: the demo's evidence, the built page, texts. */
import { readFileSync } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from '../errors.ts'

export interface FileFacts {
  readonly name: string
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** Files of a folder by name, without hidden ones and notes in Markdown. */
export async function listFiles(folder: string): Promise<FileFacts[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && !name.endsWith('.md')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name)
      return { name, path: file, size: (await stat(file)).size }
    }),
  )
}

/** @returns undefined when there is no such file */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Blocks: for threads that do nothing else. */
export function readBytes(file: string): Uint8Array {
  return readFileSync(file)
}

/** @returns the first bytes of a file, fewer when it is shorter; undefined when there is no such file */
export async function readHead(file: string, bytes: number): Promise<Uint8Array | undefined> {
  try {
    await using handle = await open(file)
    const target = new Uint8Array(bytes)
    const { bytesRead } = await handle.read(target, 0, bytes, 0)
    return target.subarray(0, bytesRead)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
