/** Memory of another process, as Linux tells it. */
import { readFileSync } from 'node:fs'

export interface ProcessMemory {
  /** Bytes in memory now, and the most there ever were (VmHWM): its own, and those of files that it has mapped. */
  readonly rss: number
  readonly peak: number
  /** Of `rss`, what is the process's own: heap, buffers, stacks. The rest is program code, shared with other processes. */
  readonly own: number
}

/** @returns undefined where there is no /proc, and when the process has ended */
export function memoryOfProcess(pid: number): ProcessMemory | undefined {
  let status: string
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return undefined
  }
  const bytes = (name: string): number =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
  return { rss: bytes('VmRSS'), peak: bytes('VmHWM'), own: bytes('RssAnon') }
}
