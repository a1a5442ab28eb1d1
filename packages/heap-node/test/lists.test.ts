/** Threads, GC roots, class loaders, properties and what is unreachable, of dumps of real JVMs; compared with Eclipse MAT's answers. */
import { testWithLarge } from '@heaptrail/fixtures/large'
import { fixtureText, smallDump } from '@heaptrail/fixtures/packed'
import { gcRoots } from '@heaptrail/heap/query/lists/gc-roots'
import type { Heap } from '@heaptrail/heap/query/heap'
import { jvmFacts } from '@heaptrail/heap/query/lists/jvm-facts'
import { classLoaders } from '@heaptrail/heap/query/loaders/class-loaders'
import { duplicateClasses } from '@heaptrail/heap/query/loaders/duplicate-classes'
import { loadedClasses } from '@heaptrail/heap/query/loaders/loaded-classes'
import { properties } from '@heaptrail/heap/query/lists/properties'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import type { ThreadsQuery } from '@heaptrail/heap/query/threads/messages'
import { threadDump } from '@heaptrail/heap/query/threads/thread-dump'
import { threadStack } from '@heaptrail/heap/query/threads/thread-stack'
import { threads } from '@heaptrail/heap/query/threads/threads'
import { unreachable } from '@heaptrail/heap/query/lists/unreachable'
import { describe, expect, test } from 'vitest'

const ALL: ThreadsQuery = { offset: 0, limit: 1000, sort: 'retained', order: 'desc', filter: '' }

interface Truth {
  readonly threads: readonly {
    readonly addr: string
    readonly name: string
    readonly shallow: number
    readonly retained: number
    readonly stack?: readonly { readonly text: string; readonly locals: readonly string[] }[]
  }[]
  readonly gcRoots: { readonly byType: readonly { type: string; rootInfos: number; objects: number }[] }
}

const heaps = new Map<string, Promise<Heap>>()

/** With MAT's sizes; each dump is analysed once. */
function opened(name: string): Promise<Heap> {
  const heap = heaps.get(name) ?? analysed(smallDump(name), { analysis: { sizes: 'mat' } })
  heaps.set(name, heap)
  return heap
}

describe.for(['threads-17', 'classloaders-17', 'vthreads-25'])('%s', (name) => {
  testWithLarge('has the threads, stacks and locals that Eclipse MAT finds', async () => {
    const truth = JSON.parse(fixtureText(`mat-truth/${name}.json.gz`)) as Truth
    const heap = await opened(name)
    const { rows } = threads(heap, ALL)
    expect(new Map(rows.map(({ object, name: text }) => [object.id, text]))).toEqual(
      new Map(truth.threads.map((thread) => [thread.addr, unescaped(thread.name)])),
    )
    for (const { addr, retained, shallow, stack } of truth.threads) {
      const found = threadStack(heap, addr)
      expect([addr, found.thread.object.shallow, found.thread.object.retained]).toEqual([addr, shallow, retained])
      expect(found.frames.map(({ text, locals }) => [lineOf(text), idsOf(locals)])).toEqual(
        (stack ?? []).map(({ text, locals }) => [lineOf(text), [...new Set(locals)].toSorted()]),
      )
    }
  })

  testWithLarge('has as many GC roots of each type as Eclipse MAT counts', async () => {
    const truth = JSON.parse(fixtureText(`mat-truth/${name}.json.gz`)) as Truth
    const { rows } = gcRoots(await opened(name), { offset: 0, limit: 100, open: [] })
    const counted = rows.flatMap((row) => (row.kind === 'type' && !row.ofThreads ? [row] : []))
    expect(
      counted.map(({ type, records, objects }) => ({ type, rootInfos: records, objects })).toSorted(byType),
    ).toEqual(truth.gcRoots.byType.toSorted(byType))
  })
})

/** MAT writes other letters than ASCII as Java's sources may. */
function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function byType(a: { readonly type: string }, b: { readonly type: string }): number {
  return a.type < b.type ? -1 : 1
}

/** Source and line, which both write alike: `Shop.java:17`; MAT writes a native method as `(Shop.java(Native Method))`. */
function lineOf(frame: string): string {
  return /Native Method/.test(frame) ? 'native' : (/\(([^()]*)\)$/.exec(frame)?.[1] ?? '').replace('Unknown Source', '')
}

function idsOf(locals: readonly { readonly object: { readonly id: string } }[]): string[] {
  return locals.map(({ object }) => object.id).toSorted()
}

describe('threads-17', () => {
  test('says who is blocked, who waits for whose lock, and what the workers hold', async () => {
    const heap = await opened('threads-17')
    const { rows, counts } = threads(heap, ALL)
    expect(counts).toEqual({ live: 25, virtual: 0, others: 3, omitted: 0 })
    const of = (name: string) => rows.find((row) => row.name === name)
    expect(of('worker 中文 9')).toMatchObject({
      state: 'WAITING',
      wait: 'object-wait',
      locals: { mostRetained: 1_000_016 },
    })
    for (const name of ['deadlock-A', 'deadlock-B'])
      expect(of(name)).toMatchObject({ state: 'BLOCKED', wait: 'monitor' })
    expect(
      rows.filter(({ owner }) => owner?.label.kind === 'thread' && owner.label.name === 'lock-owner'),
    ).toHaveLength(5)
    expect(of('deep-stack')).toMatchObject({ frames: 505, state: 'TIMED_WAITING', wait: 'sleeping' })
    expect(of('main')).toMatchObject({ daemon: false, priority: 5, group: 'main', number: 1 })
    expect(threadDump(heap).text).toContain('owned by "lock-owner"')
  })

  test('every root record of the dump is in the list of GC roots', async () => {
    expect(gcRoots(await opened('threads-17'), { offset: 0, limit: 10, open: [] }).counts).toEqual({
      roots: 1438,
      records: 1594,
    })
  })

  test('tells the JVM that it is of', async () => {
    const heap = await opened('threads-17')
    expect(jvmFacts(heap)).toMatchObject({ version: '17.0.15', vendor: 'Debian', mainClass: 'scen.Scenarios' })
    expect(jvmFacts(heap).collector).toEqual({ name: 'Serial', beans: ['Copy', 'MarkSweepCompact'] })
    // 512 MiB without one survivor space of the young generation.
    expect(jvmFacts(heap)).toMatchObject({ options: null, processors: 2, maxHeap: 518_979_584 })
    expect(properties(heap, { offset: 0, limit: 1, filter: '', reveal: [] }).counts).toMatchObject({ system: 45 })
  })
})

test('the JVM’s options, and what they say of the collector and the limit of the heap', async () => {
  const facts = jvmFacts(await opened('small-leaky'))
  expect(facts.options).toEqual(expect.arrayContaining(['-Xmx64m', '-XX:+UseSerialGC']))
  expect(facts).toMatchObject({ maxHeap: 64 * 2 ** 20, collector: { name: 'Serial', beans: ['-XX:+UseSerialGC'] } })
  expect(facts.startedAt).toMatch(/^2026-/)
})

test('vthreads-25: 500 virtual threads with what stands on their stacks', async () => {
  const heap = await opened('vthreads-25')
  expect(jvmFacts(heap).collector?.name).toBe('G1')
  const { rows, counts } = threads(heap, { ...ALL, filter: '/^vt-/' })
  expect(counts).toMatchObject({ live: 509, virtual: 500 })
  expect(rows).toHaveLength(500)
  expect(rows.every(({ state, wait, virtual }) => state === 'WAITING' && wait === 'parked' && virtual)).toBe(true)
  const last = rows.find(({ name }) => name === 'vt-499')
  const held = threadStack(heap, last?.object.id ?? '').frames.flatMap(({ locals }) => locals)
  expect(held.map(({ object }) => object.label)).toContainEqual({ kind: 'array', length: 3499 })
})

describe('classloaders-17', () => {
  test('200 plugin loaders, each with its own class of one name', async () => {
    const heap = await opened('classloaders-17')
    const tree = { offset: 0, limit: 1000, shape: 'tree', sort: 'name', order: 'asc', filter: '', closed: [] } as const
    const { rows, counts } = classLoaders(heap, tree)
    expect(counts).toMatchObject({ loaders: 204, duplicateNames: 1 })
    expect(rows.slice(0, 6).map(({ level, name, classes }) => [level, name, classes])).toEqual([
      [1, 'bootstrap', 1469],
      [2, null, 0],
      [2, 'platform', 0],
      [3, 'app', 5],
      [4, 'plugin-loader-0', 1],
      [4, 'plugin-loader-1', 1],
    ])
    expect(rows.filter(({ name }) => name?.startsWith('plugin-loader-'))).toHaveLength(200)
    const plugin = rows.find(({ name }) => name === 'plugin-loader-7')
    expect(plugin).toMatchObject({ instances: 1, duplicates: 1 })
    // with the 10,240 bytes that its class keeps
    expect(plugin?.retained).toBeGreaterThan(10_240)
    const query = { ...tree, shape: undefined, sort: 'class', loader: plugin?.id ?? '' } as const
    expect(loadedClasses(heap, query).rows).toMatchObject([{ className: 'scen.Plugin', loaders: 200 }])
    expect(duplicateClasses(heap, { offset: 0, limit: 10, filter: '', open: [] }).rows).toMatchObject([
      { kind: 'name', className: 'scen.Plugin', loaders: 200, objects: 200 },
    ])
  })
})

test('known-17-all: what is unreachable by class, as the whole is counted', async () => {
  const heap = await opened('known-17-all')
  const answer = unreachable(heap, { offset: 0, limit: 1000, sort: 'shallow', order: 'desc', filter: '', open: [] })
  expect(answer.sums).toEqual(answer.all)
  expect(answer.rows).toContainEqual(expect.objectContaining({ className: 'scen.Known$Garbage', objects: 1000 }))
})
