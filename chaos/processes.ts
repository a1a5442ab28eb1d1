/** Processes of this machine, as Linux tells them. */
import { readdirSync, readFileSync } from 'node:fs'

/** Processes of ours, by their command line. */
export const PROGRAMS = { analysis: 'analysis-process', query: 'query-process' }
/** A child notices within moments that its parent is gone. */
export const ORPHAN_MS = 10_000

export interface ProcessFacts {
  readonly pid: number
  readonly parent: number
  /** Its command line. */
  readonly command: string
}

export function listProcesses(): ProcessFacts[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        // It ended meanwhile.
        return []
      }
    })
}

/** Those that a server started, and what these started. */
export function descendantsOf(pid: number): ProcessFacts[] {
  const all = listProcesses()
  const found: ProcessFacts[] = []
  for (let parents = [pid]; parents.length > 0;) {
    const next = all.filter(({ parent }) => parents.includes(parent))
    found.push(...next)
    parents = next.map((child) => child.pid)
  }
  return found
}

/** @returns those that are still there after a while */
export async function survivorsOf(pids: readonly number[], waitMs: number): Promise<ProcessFacts[]> {
  const until = performance.now() + waitMs
  for (;;) {
    const alive = listProcesses().filter(({ pid, command }) => pids.includes(pid) && command !== '')
    if (alive.length === 0 || performance.now() > until) return alive
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
