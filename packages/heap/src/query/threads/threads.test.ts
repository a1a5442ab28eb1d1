import { Scene, type SceneClass } from '@heaptrail/fixtures/scene'
import { describe, expect, test } from 'vitest'
import type { Heap } from '../heap.ts'
import { printId } from '../heap.ts'
import { openHeap } from '../open-heap.ts'
import { analysed } from '../testing/analysed.ts'
import type { ThreadsQuery } from './messages.ts'
import { threadDump } from './thread-dump.ts'
import { threadStack } from './thread-stack.ts'
import { threads } from './threads.ts'

const ALL: ThreadsQuery = { offset: 0, limit: 100, sort: 'name', order: 'asc', filter: '' }
const SLEEPING = 0xe1
const PARKED = 0x291

/** java.lang.Thread up to JDK 18. */
function threadClass(scene: Scene): SceneClass {
  return scene.defineClass('java.lang.Thread', {
    fields: {
      name: 'object',
      priority: 'int',
      daemon: 'boolean',
      threadStatus: 'int',
      contextClassLoader: 'object',
      group: 'object',
      parkBlocker: 'object',
      tid: 'long',
    },
  })
}

function names(heap: Heap, query: Partial<ThreadsQuery>): string[] {
  return threads(heap, { ...ALL, ...query }).rows.map(({ name }) => name)
}

test('a thread of JDK 8 says what it is called, what it does and what its frames hold', async () => {
  const scene = new Scene()
  const loader = scene.instance(scene.class('java.lang.ClassLoader'), { name: scene.string('app') })
  const group = scene.instance(scene.defineClass('java.lang.ThreadGroup', { fields: { name: 'object' } }), {
    name: scene.string('pool'),
  })
  const shop = scene.defineClass('acme.Shop')
  const io = scene.defineClass('java.io.Reader')
  const held = scene.primitiveArray('byte', Array(1000).fill(7))
  const small = scene.string('order 17')
  const thread = scene.thread(
    'worker-2',
    [
      { method: 'read', type: io, line: -3 },
      { method: 'serve', type: shop, source: 'Shop.java', line: 17, locals: [held, small, held] },
    ],
    threadClass(scene),
  )
  for (const [field, value] of Object.entries({
    threadStatus: 5,
    daemon: 1,
    priority: 7,
    contextClassLoader: loader,
    group,
  }))
    scene.set(thread, field, value)
  const heap = await analysed(scene.bytes())
  const { rows, counts, states } = threads(heap, ALL)
  expect(rows).toMatchObject([
    {
      name: 'worker-2',
      live: true,
      virtual: false,
      state: 'RUNNABLE',
      wait: null,
      daemon: true,
      priority: 7,
      group: 'pool',
      frames: 2,
      frame: { text: 'acme.Shop.serve(Shop.java:17)', own: true },
      locals: { objects: 2, mostRetained: 1016 },
    },
  ])
  expect(counts).toEqual({ live: 1, virtual: 0, others: 0, omitted: 0 })
  expect(states).toEqual([{ state: 'RUNNABLE', threads: 1 }])

  const stack = threadStack(heap, printId(BigInt(thread)))
  expect(stack.contextClassLoader?.label).toEqual({ kind: 'class-loader', name: 'app' })
  expect(stack.frames.map(({ text, own, locals }) => [text, own, locals.map(({ object }) => object.id)])).toEqual([
    ['java.io.Reader.read(Native Method)', false, []],
    ['acme.Shop.serve(Shop.java:17)', true, [held, small].map((id) => printId(BigInt(id)))],
  ])
  expect(stack.frames[1].locals[0]).toMatchObject({ type: 'Java Local', object: { retained: 1016 } })
  expect(() => threadStack(heap, printId(BigInt(held)))).toThrow('no thread')
})

test('a thread that waits for a lock says which one, and who has it', async () => {
  const scene = new Scene()
  const type = threadClass(scene)
  const frames = [{ method: 'park', type: scene.defineClass('jdk.internal.misc.Unsafe'), line: -3 }]
  const owner = scene.thread('has it', [], type)
  const synchronizer = scene.defineClass('java.util.concurrent.locks.AbstractOwnableSynchronizer', {
    fields: { exclusiveOwnerThread: 'object' },
  })
  const lock = scene.defineClass('java.util.concurrent.locks.ReentrantLock$NonfairSync', { superclass: synchronizer })
  const waiting = scene.thread('wants it', frames, type)
  scene.set(waiting, 'threadStatus', PARKED)
  scene.set(waiting, 'parkBlocker', scene.instance(lock, { exclusiveOwnerThread: owner }))
  const heap = await analysed(scene.bytes())
  const [, row] = threads(heap, ALL).rows
  expect(row).toMatchObject({ state: 'WAITING', wait: 'parked', owner: { label: { kind: 'thread', name: 'has it' } } })
  expect(row.blocker?.className).toBe('java.util.concurrent.locks.ReentrantLock$NonfairSync')
  expect(threadDump(heap).text).toMatch(
    /"wants it" .*\n {3}java.lang.Thread.State: WAITING \(parking\)\n\tat jdk.internal.misc.Unsafe.park\(Native Method\)\n\t- parking to wait for <0x[0-9a-f]+> \(a java.util.concurrent.locks.ReentrantLock\$NonfairSync\), owned by "has it"\n/,
  )
})

/** JDK 19 and later: what only threads of the system have stands in an object of its own. */
test('threads of JDK 21, also virtual ones, whose states the class itself names', async () => {
  const scene = new Scene()
  const type = scene.defineClass('java.lang.Thread', { fields: { name: 'object', holder: 'object', tid: 'long' } })
  const holderType = scene.defineClass('java.lang.Thread$FieldHolder', {
    fields: { priority: 'int', daemon: 'boolean', threadStatus: 'int' },
  })
  const system = scene.thread('system', [], type)
  scene.set(system, 'holder', scene.instance(holderType, { priority: 5, daemon: 0, threadStatus: SLEEPING }))
  const virtual = scene.defineClass('java.lang.VirtualThread', {
    superclass: type,
    fields: { state: 'int', carrierThread: 'object' },
    statics: { NEW: ['int', 0], RUNNING: ['int', 2], PARKED: ['int', 4], TIMED_PARKED: ['int', 7], OFFSET: ['int', 4] },
  })
  const virtualThread = (name: string, state: number) => scene.set(scene.thread(name, [], virtual), 'state', state)
  virtualThread('v1', 2)
  virtualThread('v2', 4)
  virtualThread('v3', 7 + 256)
  virtualThread('v4', 77)
  const { rows, counts } = threads(await analysed(scene.bytes()), ALL)
  expect(
    rows.map(({ name, state, wait, virtual: isVirtual, daemon }) => [name, state, wait, isVirtual, daemon]),
  ).toEqual([
    ['system', 'TIMED_WAITING', 'sleeping', false, false],
    ['v1', 'RUNNABLE', null, true, true],
    ['v2', 'WAITING', 'parked', true, true],
    ['v3', 'TIMED_WAITING', 'parked', true, true],
    ['v4', null, null, true, true],
  ])
  expect(counts).toMatchObject({ live: 5, virtual: 4 })
})

describe('the list', () => {
  async function three(): Promise<Heap> {
    const scene = new Scene()
    const type = threadClass(scene)
    const shop = scene.defineClass('acme.Shop')
    const local = scene.primitiveArray('byte', Array(500).fill(1))
    scene.thread('w-10', [{ method: 'serve', type: shop, locals: [local] }], type)
    scene.thread('w-2', [], type)
    scene.keep(scene.instance(type, { name: scene.string('not begun') }))
    return analysed(scene.bytes())
  }

  test('sorts by every column, numbers in names as numbers', async () => {
    const heap = await three()
    expect(names(heap, {})).toEqual(['not begun', 'w-2', 'w-10'])
    expect(names(heap, { sort: 'retained', order: 'desc' })[0]).toBe('w-10')
    expect(names(heap, { sort: 'locals', order: 'desc' })[0]).toBe('w-10')
    expect(names(heap, { sort: 'frames', order: 'desc' })[0]).toBe('w-10')
    expect(names(heap, { sort: 'name', order: 'desc' })[0]).toBe('w-10')
    expect(names(heap, { offset: 1, limit: 1 })).toEqual(['w-2'])
  })

  test('is filtered by name, state and what stands in the stack', async () => {
    const heap = await three()
    expect(names(heap, { filter: 'W-' })).toEqual(['w-2', 'w-10'])
    expect(names(heap, { filter: 'acme.Shop.serve' })).toEqual(['w-10'])
    expect(names(heap, { filter: '/^NEW$/' })).toHaveLength(3)
  })

  test('names thread objects that do not run, too, and leaves them out of the thread dump', async () => {
    const heap = await three()
    expect(threads(heap, ALL).counts).toMatchObject({ live: 2, others: 1 })
    expect(threadDump(heap)).toMatchObject({ threads: 2, omitted: 0 })
    expect(threadDump(heap).text).not.toContain('not begun')
  })

  test('without the dump there are stacks, but no names and states', async () => {
    const { snapshot } = await three()
    const { rows } = threads(openHeap(snapshot, undefined), { ...ALL, sort: 'frames', order: 'desc' })
    expect(rows[0]).toMatchObject({ name: '', state: null, frames: 1, locals: { objects: 1 } })
  })
})
