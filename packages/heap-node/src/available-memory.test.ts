import type { FreeMemory } from '@heaptrail/heap/memory-needed'
import { expect, test } from 'vitest'
import { availableMemory } from './available-memory.ts'

const GIB = 2 ** 30

function system(files: Readonly<Record<string, string>>): number {
  return availableMemory((path) => files[path]).bytes
}

function limit(files: Readonly<Record<string, string>>): FreeMemory['within'] {
  return availableMemory((path) => files[path]).within
}

const machine = { '/proc/meminfo': `MemTotal:       ${9 * 2 ** 20} kB\nMemAvailable:   ${8 * 2 ** 20} kB\n` }

test('without limits all is free that the machine has', () => {
  expect(system(machine)).toBe(8 * GIB)
  const unlimited = {
    '/proc/self/cgroup': '0::/\n',
    '/sys/fs/cgroup/memory.max': 'max\n',
    '/sys/fs/cgroup/memory.current': '5\n',
  }
  expect(system({ ...machine, ...unlimited })).toBe(8 * GIB)
})

test('the limit of a container counts, less what is in use, page cache not being in use', () => {
  const container = {
    '/proc/self/cgroup': '0::/\n',
    '/sys/fs/cgroup/memory.max': `${4 * GIB}\n`,
    '/sys/fs/cgroup/memory.current': `${3 * GIB}\n`,
    '/sys/fs/cgroup/memory.stat': `anon 1\ninactive_file ${GIB}\nactive_file ${GIB}\n`,
  }
  expect(system({ ...machine, ...container })).toBe(3 * GIB)
  expect(limit(machine)).toEqual({ what: 'machine', bytes: 9 * GIB })
  expect(limit({ ...machine, ...container })).toEqual({ what: 'container', bytes: 4 * GIB })
})

test('the tightest limit of the groups above counts, also of the first version of groups', () => {
  const second = {
    '/proc/self/cgroup': '0::/pods/ours\n',
    '/sys/fs/cgroup/pods/memory.max': `${2 * GIB}\n`,
    '/sys/fs/cgroup/pods/memory.current': `${GIB}\n`,
    '/sys/fs/cgroup/pods/ours/memory.max': 'max\n',
    '/sys/fs/cgroup/pods/ours/memory.current': `${GIB}\n`,
  }
  expect(system({ ...machine, ...second })).toBe(GIB)
  const first = {
    '/proc/self/cgroup': '8:pids:/\n4:cpu,memory:/docker/1\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${2 * GIB}\n`,
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': `${2 * GIB}\n`,
    '/sys/fs/cgroup/memory/memory.stat': `active_file 7\ntotal_inactive_file ${GIB / 4}\ntotal_active_file ${GIB / 4}\n`,
  }
  expect(system({ ...machine, ...first })).toBe(GIB / 2)
})

test('of this machine some memory is free', () => {
  expect(availableMemory().bytes).toBeGreaterThan(0)
})
