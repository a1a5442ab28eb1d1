import { readFileSync } from 'node:fs'

/** The most memory that this process had at a time, in bytes: VmHWM where Linux tells it, else what libuv knows. */
export function peakMemoryBytes(): number {
  if (process.platform === 'linux') {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    if (found !== null) return Number(found[1]) * 1024
  }
  return process.resourceUsage().maxRSS * 1024
}
