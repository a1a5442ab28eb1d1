/** A disk that can be filled: a tmpfs, which only root may mount. */
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject, onTestFinished } from 'vitest'

const MIB = 2 ** 20

export const canMount = process.platform === 'linux' && process.getuid?.() === 0

export interface SmallDisk {
  /** A data directory with an empty database. */
  readonly dataDirectory: string
  /** Bytes that are free. */
  free(): Promise<number>
  /** Takes all but so many bytes; again and again, each time anew. */
  fillUpTo(freeBytes: number): Promise<void>
}

/** @param freeMib room beside the empty database */
export async function smallDisk(freeMib: number): Promise<SmallDisk> {
  const root = await mkdtemp(path.join(tmpdir(), 'heaptrail-disk-'))
  // Sparse files of the database take less than they seem to.
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1g', 'tmpfs', root])
  onTestFinished(async () => {
    execFileSync('umount', ['-l', root])
    await rm(root, { recursive: true, force: true })
  })
  const dataDirectory = path.join(root, 'data')
  const filler = path.join(root, 'filler')
  await cp(inject('freshDataDirectory'), dataDirectory, { recursive: true })
  const free = async () => {
    const { bavail, bsize } = await statfs(root)
    return bavail * bsize
  }
  const taken = Math.ceil((2 ** 30 - (await free())) / MIB)
  execFileSync('mount', ['-o', `remount,size=${taken + freeMib}m`, root])
  return {
    dataDirectory,
    free,
    async fillUpTo(freeBytes) {
      await writeFile(filler, '')
      const size = Math.max(0, (await free()) - freeBytes)
      await writeFile(filler, Buffer.alloc(size)).catch(() => undefined)
      if (size === 0) await truncate(filler, 0)
    },
  }
}
