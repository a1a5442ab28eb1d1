import { open, unlink } from 'node:fs/promises'
import type { ArtifactWriter } from './sink.ts'

/**
 * Writes an artifact into a new file; `finish` makes sure that it is on the disk, `discard` removes it.
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
      if (durable) await file.sync()
      await file.close()
    },
    async discard() {
      await file.close()
      await unlink(path)
    },
  }
}
