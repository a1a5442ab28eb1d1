/** The real server in a process of its own, with an empty data directory that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const PROGRAM = resolve(import.meta.dirname, '../../apps/server/src/main.ts')

export interface BenchServer {
  readonly url: string
  readonly pid: number
  /** Ends it and takes its data away. */
  end(): Promise<void>
}

/**
 * @param program announces its address as `npm start` does
 * @param settings environment variables
 */
export async function startServer(
  program = PROGRAM,
  args: readonly string[] = [],
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-bench-'))
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      ...process.env,
      HEAPTRAIL_PORT: '0',
      HEAPTRAIL_DATA_DIR: folder,
      // All viewers have one address.
      HEAPTRAIL_REQUESTS_PER_MINUTE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    url: await addressOf(child),
    pid: child.pid ?? 0,
    async end() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no stdout.')
  for await (const line of createInterface(child.stdout)) {
    const url = /^Heaptrail is ready: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The server ended before it was ready.')
}

/** Bytes of memory in use by a process and by those of its query processes (Linux). */
export function memoryOf(pid: number): { server: number; query: number } {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isQueryProcessOf(pid, name))
  return { server: residentBytes(String(pid)), query: children.reduce((sum, child) => sum + residentBytes(child), 0) }
}

/** Hundredths of a second: what Linux counts in. */
const TICKS = 100

/** Processor time of a process so far (Linux). */
export function cpuSecondsOf(pid: number): number {
  const stat = readProc(String(pid), 'stat')
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return (user + system) / TICKS
}

function isQueryProcessOf(pid: number, child: string): boolean {
  const stat = readProc(child, 'stat')
  const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
  return parent === String(pid) && readProc(child, 'cmdline').includes('query-process')
}

function residentBytes(pid: string): number {
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(readProc(pid, 'status'))?.[1] ?? 0) * 1024
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}
