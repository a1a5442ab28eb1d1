/** How much memory this process may still take: what the machine has free, and what the limits of its groups leave. */
import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { dirname, join } from 'node:path'

/** Reads a file of the system; undefined where there is none. */
export type ReadSystemFile = (path: string) => string | undefined

/** Where control groups are, and how they call limit, use and the page cache that is given up first. */
const VERSIONS = [
  { root: '/sys/fs/cgroup', controller: '', limit: 'memory.max', used: 'memory.current', cache: 'inactive_file' },
  {
    root: '/sys/fs/cgroup/memory',
    controller: 'memory',
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cache: 'total_inactive_file',
  },
] as const

/**
 * Bytes. Page cache counts as free: the dump itself fills it, and it goes when it is in the way.
 * @param read for tests
 */
export function availableMemory(read: ReadSystemFile = systemFile): number {
  const free = /^MemAvailable:\s+(\d+) kB$/m.exec(read('/proc/meminfo') ?? '')
  const machine = free === null ? freemem() : Number(free[1]) * 1024
  const groups = read('/proc/self/cgroup') ?? ''
  const left = VERSIONS.flatMap((version) => folders(groups, version).map((folder) => leftIn(folder, version, read)))
  return Math.max(0, Math.min(machine, ...left))
}

type Version = (typeof VERSIONS)[number]

/** The folder of the group of this process and those above it: each can have a limit. */
function folders(groups: string, { root, controller }: Version): string[] {
  const line = groups.split('\n').find((one) => one.split(':')[1]?.split(',').includes(controller))
  const found: string[] = [root]
  let path = line?.split(':').slice(2).join(':') ?? '/'
  for (; path !== '/' && path !== '.' && path !== ''; path = dirname(path)) found.push(join(root, path))
  return found
}

/** Infinity where there is no limit; a group that is not visible from inside of a container has none for us. */
function leftIn(folder: string, version: Version, read: ReadSystemFile): number {
  const limit = Number(read(join(folder, version.limit)) ?? Number.NaN)
  const used = Number(read(join(folder, version.used)) ?? Number.NaN)
  // `max` is no number
  if (!Number.isFinite(limit) || !Number.isFinite(used)) return Infinity
  const statistics = read(join(folder, 'memory.stat')) ?? ''
  const cache = new RegExp(`^${version.cache} (\\d+)$`, 'm').exec(statistics)
  return limit - used + Number(cache?.[1] ?? 0)
}

function systemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
