/** How much memory this process may still take: what the machine has free, and what the limits of its groups leave. */
import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { FreeMemory } from '@heaptrail/heap/memory-needed'

/** Reads a file of the system; undefined where there is none. */
export type ReadSystemFile = (path: string) => string | undefined

/** Where control groups are, and how they call limit, use and page cache, which goes when it is in the way. */
const VERSIONS = [
  {
    root: '/sys/fs/cgroup',
    controller: '',
    limit: 'memory.max',
    used: 'memory.current',
    cache: ['inactive_file', 'active_file'],
  },
  {
    root: '/sys/fs/cgroup/memory',
    controller: 'memory',
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cache: ['total_inactive_file', 'total_active_file'],
  },
] as const

/**
 * Page cache counts as free, also what of it was used twice: the dump itself, which was written, scanned and read, fills it.
 * @param read for tests
 */
export function availableMemory(read: ReadSystemFile = systemFile): FreeMemory {
  const groups = read('/proc/self/cgroup') ?? ''
  const left = VERSIONS.flatMap((version) =>
    folders(groups, version).flatMap((folder) => leftIn(folder, version, read)),
  )
  const { bytes, within } = [machine(read), ...left].reduce((least, one) => (one.bytes < least.bytes ? one : least))
  return { bytes: Math.max(0, bytes), within }
}

type Limited = Required<FreeMemory>

function machine(read: ReadSystemFile): Limited {
  const text = read('/proc/meminfo') ?? ''
  const bytes = (name: string): number | undefined => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)
    return found === null ? undefined : Number(found[1]) * 1024
  }
  return {
    bytes: bytes('MemAvailable') ?? freemem(),
    within: { what: 'machine', bytes: bytes('MemTotal') ?? totalmem() },
  }
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

/** Nothing where there is no limit; a group that is not visible from inside of a container has none for us. */
function leftIn(folder: string, version: Version, read: ReadSystemFile): Limited[] {
  const limit = Number(read(join(folder, version.limit)) ?? Number.NaN)
  const used = Number(read(join(folder, version.used)) ?? Number.NaN)
  // `max` is no number
  if (!Number.isFinite(limit) || !Number.isFinite(used)) return []
  const statistics = read(join(folder, 'memory.stat')) ?? ''
  const cache = version.cache.map((name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0))
  const bytes = limit - used + cache.reduce((sum, part) => sum + part, 0)
  return [{ bytes, within: { what: 'container', bytes: limit } }]
}

function systemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
