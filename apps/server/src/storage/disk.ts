/**
 * Room for what comes in. Whatever writes much is asked beforehand whether it will fit, and stopped while it
 * writes when the disk gets too full, before the database has no room for its next change.
 */
import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { ApiError, diskFull, hasCode } from '../errors.ts'
import type { DataDirectory } from './data-directory.ts'

export interface DiskUse {
  /** Bytes that are free on the disk, of those that it has. */
  readonly free: number
  readonly size: number
  /** Bytes that Heaptrail takes, by what for. */
  readonly uploads: number
  readonly contents: number
  readonly snapshots: number
  readonly database: number
  readonly used: number
}

export interface DiskLimits {
  /** Bytes that stay free for the database. */
  readonly minFreeBytes: number
  /** Bytes that uploads, contents and snapshots may take; undefined: no limit but the disk's. */
  readonly quotaBytes: number | undefined
}

export interface Guard {
  /** Aborts with the `disk-full` error. */
  readonly signal: AbortSignal
  release(): void
}

export interface Disk {
  /** @throws ApiError `disk-full` or `quota-exceeded` when so many more bytes do not fit */
  requireRoom(bytes: number): Promise<void>
  /** For as long as something writes. */
  guard(): Guard
  /** There is less free than has to stay free. */
  isNearlyFull(): Promise<boolean>
  /** Bytes. */
  free(): Promise<number>
  use(): Promise<DiskUse>
}

const LOOK_MS = 250

export function createDisk(directory: DataDirectory, limits: DiskLimits): Disk {
  const guarded = new Set<AbortController>()
  let timer: NodeJS.Timeout | undefined

  async function free(): Promise<number> {
    const { bavail, bsize } = await statfs(directory.root)
    return bavail * bsize
  }

  async function look(): Promise<void> {
    if ((await free()) >= limits.minFreeBytes) return
    for (const abort of guarded) abort.abort(diskFull())
  }

  async function use(): Promise<DiskUse> {
    const { bavail, blocks, bsize } = await statfs(directory.root)
    const [uploads, temporary, contents, snapshots, database, backups] = await Promise.all(
      [
        directory.uploads,
        directory.temporary,
        directory.blobs,
        directory.snapshots,
        directory.database,
        directory.backups,
      ].map(bytesBelow),
    )
    const parts = {
      uploads: (uploads ?? 0) + (temporary ?? 0),
      contents: contents ?? 0,
      snapshots: snapshots ?? 0,
      database: (database ?? 0) + (backups ?? 0),
    }
    const used = parts.uploads + parts.contents + parts.snapshots + parts.database
    return { free: bavail * bsize, size: blocks * bsize, ...parts, used }
  }

  return {
    free,
    use,
    isNearlyFull: async () => (await free()) < limits.minFreeBytes,
    async requireRoom(bytes) {
      if ((await free()) - limits.minFreeBytes < bytes) throw diskFull()
      const { quotaBytes } = limits
      if (quotaBytes === undefined) return
      const { uploads, contents, snapshots } = await use()
      if (uploads + contents + snapshots + bytes > quotaBytes) throw quotaExceeded(quotaBytes)
    },
    guard() {
      const abort = new AbortController()
      guarded.add(abort)
      // A look that fails says nothing about the disk; whatever is wrong is told by the writing itself.
      timer ??= setInterval(() => void look().catch(() => undefined), LOOK_MS).unref()
      return {
        signal: abort.signal,
        release() {
          guarded.delete(abort)
          if (guarded.size > 0) return
          clearInterval(timer)
          timer = undefined
        },
      }
    },
  }
}

function quotaExceeded(quotaBytes: number): ApiError {
  return new ApiError(
    'quota-exceeded',
    `This server keeps at most ${Math.round(quotaBytes / 2 ** 30)} GiB (HEAPTRAIL_QUOTA_GIB), and this does not fit. Delete cases that are no longer needed, and try again.`,
  )
}

/** Bytes of the files in a folder and below; what disappears meanwhile counts nothing. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(orNothing)
  let bytes = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const facts = await stat(path.join(entry.parentPath, entry.name)).catch(orNothing)
    if (!Array.isArray(facts)) bytes += facts.size
  }
  return bytes
}

function orNothing(error: unknown): never[] {
  if (hasCode(error, 'ENOENT')) return []
  throw error
}
