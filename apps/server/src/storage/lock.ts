/**
 * One server per data directory. The embedded database takes no lock of its own, and two servers on
 * one directory would destroy it. The lock names the process and when it started, so that a lock
 * left by a killed server is taken over even when its process number was given to another process.
 */
import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'

const Owner = z.object({ pid: z.number().int().min(1), started: z.string() })
type Owner = z.infer<typeof Owner>

/** Not when any process started. */
const ENDED = 'ended'

/** Another server owns the directory. */
export class DirectoryInUse extends Error {}

/** Takes the directory for this process. @returns how to give it back */
export function lockDirectory(root: string): () => void {
  const file = path.join(root, 'server.lock')
  const self: Owner = { pid: process.pid, started: startOf(process.pid) ?? '' }
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createExclusively(file, JSON.stringify(self))) return () => release(file, self)
    const text = readIfThere(file)
    if (text === undefined) continue
    const owner = parseOwner(text)
    if (owner !== undefined && isAlive(owner)) throw new DirectoryInUse(inUse(root, owner.pid))
    moveAway(file, text)
  }
  throw new DirectoryInUse(inUse(root, undefined))
}

function inUse(root: string, pid: number | undefined): string {
  const who = pid === undefined ? 'Another Heaptrail server' : `Another Heaptrail server (process ${pid})`
  return `${who} already uses the data directory ${root}. Stop it, or set HEAPTRAIL_DATA_DIR to another directory.`
}

/** The file is there with its text, or not at all: nobody may find a lock without its owner. */
function createExclusively(file: string, text: string): boolean {
  const aside = asideOf(file)
  try {
    writeFileSync(aside, text)
    linkSync(aside, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    if (isCode(error, 'EPERM') || isCode(error, 'ENOTSUP') || isCode(error, 'EOPNOTSUPP')) return createHere(file, text)
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** For file systems without hard links. */
function createHere(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function asideOf(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}`
}

/** Removes a stale lock, unless another process has replaced it since it was read. */
function moveAway(file: string, seen: string): void {
  const aside = asideOf(file)
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = readIfThere(aside)
  rmSync(aside, { force: true })
  if (moved !== undefined && moved !== seen) createExclusively(file, moved)
}

function release(file: string, self: Owner): void {
  const owner = parseOwner(readIfThere(file) ?? '')
  if (owner?.pid === self.pid && owner.started === self.started) rmSync(file, { force: true })
}

function parseOwner(text: string): Owner | undefined {
  try {
    return Owner.parse(JSON.parse(text))
  } catch {
    // A kill in the middle of writing leaves half a file: as good as none.
    return undefined
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    if (!isCode(error, 'EPERM')) return false
  }
  const started = startOf(owner.pid)
  return started === undefined || owner.started === '' || started === owner.started
}

/** When a process started, in the words of the operating system; undefined where that cannot be learned. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readIfThere(`/proc/${pid}/stat`)
    // The second field is the program's name in parentheses, which may itself hold blanks and parentheses.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only nobody has asked how.
    return fields?.[0] === 'Z' ? ENDED : fields?.[19]
  }
  if (process.platform === 'win32') return undefined
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5000 }).trim()
  } catch {
    return undefined
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return undefined
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
