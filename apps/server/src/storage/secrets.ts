/** Secrets of the data directory, readable by its owner only; and files that a power cut leaves whole. */
import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from '../errors.ts'

/** Reads the secret in a file, or makes one; 256 random bits. */
export async function readOrMakeSecret(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8')
    if (/^[\w-]{43}$/.test(text)) return text
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
  const secret = randomBytes(32).toString('base64url')
  await writeDurably(file, secret)
  return secret
}

/** After a kill or a power cut the file has its old text or the new one. Readable by its owner only. */
export async function writeDurably(file: string, text: string | Uint8Array): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(aside, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await renameDurably(aside, file)
}

/** After a power cut the file has its new name: what was written into the tables afterwards counts on it. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  // Windows has no folders to open, and some network file systems none to sync; the rename itself has happened.
  const folder = await open(path.dirname(to)).catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
