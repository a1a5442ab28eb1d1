/**
 * Contents by their SHA-256, and the snapshots made of them. Nothing else touches these files.
 * Who still needs a content is asked of the artifacts, not counted here: a count can drift, the
 * tables cannot. Storing with its table row, and looking for and deleting what nobody needs, exclude
 * each other, so that a content is never deleted between being stored and being named.
 */
import { lstat, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { DataDirectory } from './data-directory.ts'
import { hasCode } from '../errors.ts'
import { renameDurably, writeDurably } from './secrets.ts'

export interface Blobs {
  /** A path for a file in the making, on the same file system. */
  temporaryPath(): string
  /** A folder in the making. */
  temporaryFolder(): Promise<string>
  path(sha256: string): string
  has(sha256: string): Promise<boolean>
  /** It was deleted; or a file that is read in place is not there any more, or not as it was. */
  isLost(sha256: string): Promise<boolean>
  /** Its bytes. @throws ENOENT */
  read(sha256: string): Promise<{ readonly size: number; readonly bytes: Readable }>
  /** @param variant what tells snapshots of the same dump apart: letters, digits, hyphens */
  snapshotPath(sha256: string, variant: string): string
  hasSnapshot(sha256: string, variant: string): Promise<boolean>
  /** Moves finished files to their places (or drops them when the content is there already), then runs `name`. */
  keep<T>(contents: readonly { file: string; sha256: string }[], name: () => Promise<T>): Promise<T>
  /** Snapshots of the same analysis in another version of the format go. @param variant version, and `-` with options */
  keepSnapshot(file: string, sha256: string, variant: string): Promise<void>
  /** Bytes of the snapshots, by the SHA-256 of their dump; at most a second old. */
  snapshotBytes(): Promise<ReadonlyMap<string, number>>
  deleteSnapshot(sha256: string, variant: string): Promise<void>
  /** Deletes all contents and snapshots that `needed` does not list, by their SHA-256. */
  deleteExcept(needed: () => Promise<Needed>): Promise<void>
}

export interface Needed {
  readonly contents: ReadonlySet<string>
  readonly snapshots: ReadonlySet<string>
}

export function createBlobs(directory: DataDirectory): Blobs {
  const exclusively = createMutex()
  const temporaryPath = () => path.join(directory.temporary, randomBytes(12).toString('hex'))
  const blobPath = (sha256: string) => path.join(directory.blobs, sha256)
  const snapshotPath = (sha256: string, variant: string) =>
    path.join(directory.snapshots, `${sha256}.${variant}.snapshot`)
  return {
    temporaryPath,
    async temporaryFolder() {
      const folder = temporaryPath()
      await mkdir(folder)
      return folder
    },
    path: blobPath,
    has: (sha256) => exists(blobPath(sha256)),
    isLost: async (sha256) => isChanged(blobPath(sha256)),
    async read(sha256) {
      const file = await open(blobPath(sha256))
      return { size: (await file.stat()).size, bytes: file.createReadStream() }
    },
    snapshotPath,
    hasSnapshot: (sha256, variant) => exists(snapshotPath(sha256, variant)),
    keep: (contents, name) =>
      exclusively(async () => {
        for (const { file, sha256 } of contents) {
          await keepOne(file, blobPath(sha256))
        }
        return name()
      }),
    async keepSnapshot(file, sha256, variant) {
      await moveDurably(file, snapshotPath(sha256, variant))
      await deleteOtherVersions(directory.snapshots, sha256, variant)
    },
    snapshotBytes: atMostEverySecond(() => bytesByContent(directory.snapshots)),
    deleteSnapshot: (sha256, variant) => rm(snapshotPath(sha256, variant), { force: true }),
    deleteExcept: (needed) =>
      exclusively(async () => {
        const { contents, snapshots } = await needed()
        for (const [folder, keep] of [
          [directory.snapshots, snapshots],
          [directory.blobs, contents],
        ] as const) {
          const unneeded = (await readdir(folder)).filter((name) => !keep.has(name.split('.')[0] ?? ''))
          for (const name of unneeded) await rm(path.join(folder, name), { force: true })
        }
      }),
  }
}

/** Files of the same analysis by another version of the program, whose format nobody reads any more. */
async function deleteOtherVersions(folder: string, sha256: string, variant: string): Promise<void> {
  const [version = '', ...options] = variant.split('-')
  const names = (await readdir(folder)).filter((name) => {
    const [content, other = ''] = name.split('.')
    const [otherVersion, ...otherOptions] = other.split('-')
    return content === sha256 && otherVersion !== version && otherOptions.join('-') === options.join('-')
  })
  for (const name of names) await rm(path.join(folder, name), { force: true })
}

/** Into its place, unless the same content is there. A copy of ours is better than a file that others may change. */
async function keepOne(file: string, place: string): Promise<void> {
  const isElsewhere = (await lstat(file)).isSymbolicLink()
  if ((await exists(place)) && (isElsewhere || !(await lstat(place)).isSymbolicLink())) return rm(file)
  if (!isElsewhere) {
    await moveDurably(file, place)
    return rm(place + ORIGIN, { force: true })
  }
  const { size, mtimeMs } = await stat(file)
  await writeDurably(place + ORIGIN, JSON.stringify({ size, mtimeMs }))
  await renameDurably(file, place)
}

/** Beside the link to a file that is read in place: how it was. */
const ORIGIN = '.origin'
const Origin = z.object({ size: z.number(), mtimeMs: z.number() })

async function isChanged(place: string): Promise<boolean> {
  const link = await lstat(place).catch(() => undefined)
  if (link === undefined) return true
  if (!link.isSymbolicLink()) return false
  const now = await stat(place).catch(() => undefined)
  const then = Origin.parse(JSON.parse(await readFile(place + ORIGIN, 'utf8')))
  return now?.size !== then.size || now.mtimeMs !== then.mtimeMs
}

async function bytesByContent(folder: string): Promise<ReadonlyMap<string, number>> {
  const bytes = new Map<string, number>()
  for (const name of await readdir(folder)) {
    const sha256 = name.split('.')[0] ?? ''
    const facts = await stat(path.join(folder, name)).catch(() => undefined)
    bytes.set(sha256, (bytes.get(sha256) ?? 0) + (facts?.size ?? 0))
  }
  return bytes
}

function atMostEverySecond<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined
  return () => {
    const now = performance.now()
    if (last === undefined || now - last.at > 1000) last = { at: now, answer: read() }
    return last.answer
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

/** After a power cut the file is there whole, or not at all. */
async function moveDurably(from: string, to: string): Promise<void> {
  const file = await open(from, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await renameDurably(from, to)
}

function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
