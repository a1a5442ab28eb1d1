import { type FileHandle, open, unlink } from 'node:fs/promises'
import type { ArtifactWriter } from './sink.ts'

/**
 * Writes an artifact into a new file; `finish` makes sure that it is on the disk, `discard` removes it. When `finish`
 * fails, the file is gone too.
 * @param durable false: `finish` need not wait for the disk.
 * @throws when the file exists already.
 */
export async function writeToFile(path: string, durable = true): Promise<ArtifactWriter> {
  const file = await open(path, 'wx', 0o600)
  return {
    async write(chunk) {
      let from = 0
      while (from < chunk.length) {
        const { bytesWritten } = await file.write(chunk, from)
        from += bytesWritten
      }
    },
    async finish() {
      try {
        if (durable) await file.sync()
        await file.close()
      } catch (error) {
        await remove(file, path)
        throw error
      }
    },
    discard: () => remove(file, path),
  }
}

async function remove(file: FileHandle, path: string): Promise<void> {
  try {
    await file.close()
  } finally {
    await unlink(path)
  }
}
