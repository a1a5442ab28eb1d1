import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs `use` with a folder of its own, which is gone afterwards, however `use` ends. */
export async function withScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'heaptrail-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  // A second Ctrl-C ends the process without unwinding.
  process.once('exit', remove)
  try {
    return await use(folder)
  } finally {
    process.off('exit', remove)
    remove()
  }
}
