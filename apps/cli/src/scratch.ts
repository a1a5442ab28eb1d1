import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `heaptrail-<process>-<when it started>-XXXXXX` */
const OURS = /^heaptrail-(\d+)-(\d*)-\w{6}$/

/** Runs `use` with a folder of its own, which is gone afterwards, however `use` ends; after a SIGKILL the next run removes it. */
export async function withScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  sweep(tmpdir())
  const folder = await mkdtemp(join(tmpdir(), `heaptrail-${process.pid}-${startOf(process.pid) ?? ''}-`))
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

/** Removes the folders of processes that are no more. */
function sweep(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const [, pid, started] = OURS.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid), started ?? '')) continue
    try {
      rmSync(join(temporary, name), { recursive: true, force: true })
    } catch {
      // It belongs to another user, whose next run removes it.
    }
  }
}

function isAlive(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return started === '' || startOf(pid) === started
}

/** In ticks since the machine started, so that a process number that was given again is noticed; undefined where nobody tells. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
