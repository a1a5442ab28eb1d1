/** A PostgreSQL server of Debian's package, started on loopback for a test. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

const VERSIONS = '/usr/lib/postgresql'

/** Folder of the newest one's programs; undefined when none is installed, or root has no other user to run it as. */
export const postgresPrograms = findPrograms()

function findPrograms(): string | undefined {
  try {
    const newest = readdirSync(VERSIONS)
      .toSorted((a, b) => Number(a) - Number(b))
      .at(-1)
    if (newest === undefined || (process.getuid?.() === 0 && idOf('u') === undefined)) return undefined
    return path.join(VERSIONS, newest, 'bin')
  } catch {
    return undefined
  }
}

function idOf(which: 'u' | 'g'): number | undefined {
  try {
    return Number(execFileSync('id', [`-${which}`, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return undefined
  }
}

/** PostgreSQL refuses to be run by root. */
function user(): { uid?: number; gid?: number } {
  const [uid, gid] = [idOf('u'), idOf('g')]
  return process.getuid?.() === 0 && uid !== undefined && gid !== undefined ? { uid, gid } : {}
}

/** Ends with the test. @returns the URL of an empty database */
export async function startPostgres(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'heaptrail-pg-'))
  const { uid, gid } = user()
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  const bin = (program: string) => path.join(postgresPrograms ?? '', program)
  const data = path.join(folder, 'data')
  execFileSync(bin('initdb'), ['-D', data, '-U', 'heaptrail', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...user(),
    cwd: folder,
    stdio: 'ignore',
  })
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off']
  for (;;) {
    const port = await freePort()
    const server = spawn(bin('postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...user(),
      cwd: folder,
      stdio: 'ignore',
    })
    const ended = once(server, 'exit')
    // Somebody else may have taken the port meanwhile: then it ends, and another one is tried.
    if (!(await answers(server, () => execFileSync(bin('pg_isready'), ['-h', folder, '-p', String(port)])))) continue
    onTestFinished(async () => {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    })
    return `postgresql://heaptrail@127.0.0.1:${port}/postgres`
  }
}

/** Waits until it does. @returns false when it has ended instead */
async function answers(server: ChildProcess, ask: () => void): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    try {
      ask()
      return true
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return false
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
