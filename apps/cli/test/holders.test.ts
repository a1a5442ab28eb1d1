/** Holders as real programs have them: what bounds them, how many of what they hold, and by whom they are held. */
import type { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { ITEMS, ZEROS, gravest, idOf, program } from './program.ts'

test('a limit that is switched off bounds nothing, though a mark of how high it was stands beside it', async () => {
  const { scene, map, root } = program()
  const manager = scene.defineClass('com.acme.Manager', {
    fields: { sessions: 'object', maxActive: 'int', maxActiveSessions: 'int' },
  })
  root(scene.instance(manager, { sessions: map(ITEMS), maxActive: ITEMS, maxActiveSessions: -1 }))
  expect(await gravest(scene)).toMatchObject({
    id: 'leak-suspect',
    parameters: { items: { className: 'com.acme.Session', count: ITEMS, exact: true }, bound: null },
  })
})

test.each([
  ['above the size', 20_000, 'bounded-holder'],
  ['that was overrun by one, as by caches that evict later', ITEMS, 'bounded-holder'],
  ['that is reached exactly but no round number may be a mark of the most there ever were', ITEMS + 1, 'leak-suspect'],
  ['that was overrun by more is none', 650, 'leak-suspect'],
])('a limit %s', async (_, limit, expected) => {
  const made = program()
  const cache = made.scene.defineClass('com.acme.Cache', { fields: { entries: 'object', maxEntries: 'int' } })
  made.root(made.scene.instance(cache, { entries: made.map(ITEMS + 1), maxEntries: limit }))
  expect(await idOf(made)).toBe(expected)
})

test('a limit in the settings that the holder refers to', async () => {
  const made = program()
  const config = made.scene.defineClass('com.acme.CacheConfig', { fields: { capacity: 'int', port: 'int' } })
  const cache = made.scene.defineClass('com.acme.Cache', { fields: { entries: 'object', config: 'object' } })
  const settings = made.scene.instance(config, { capacity: 1000, port: 8080 })
  made.root(made.scene.instance(cache, { entries: made.map(ITEMS), config: settings }))
  expect(await idOf(made)).toBe('bounded-holder')
})

test('objects of several maps are counted one by one, with those behind others in a bucket', async () => {
  const { scene, map, root } = program()
  scene.defineClass('com.acme.Tenant', { fields: { sessions: 'object' } })
  const tenants = Array.from({ length: 4 }, () =>
    scene.instance(scene.class('com.acme.Tenant'), { sessions: map(ITEMS / 4) }),
  )
  root(scene.objectArray(tenants))
  expect(await gravest(scene)).toMatchObject({
    id: 'leak-suspect',
    parameters: {
      items: { className: 'com.acme.Session', count: ITEMS, exact: true },
      growsThrough: { className: 'com.acme.Tenant', field: 'sessions' },
    },
  })
})

test('very many threads that wait at the same place are told, workers of a pool are not', async () => {
  const waiting = (threads: number): Scene => {
    const { scene, session } = program()
    for (let thread = 0; thread < threads; thread++) {
      const local = scene.instance(session, { data: scene.primitiveArray('byte', ZEROS) })
      const frames = [
        { method: 'wait', type: scene.object },
        { method: 'handle', type: session, locals: [local] },
      ]
      scene.thread(`worker-${thread}`, frames)
    }
    return scene
  }
  expect(await gravest(waiting(600))).toMatchObject({ id: 'thread-pile-up', parameters: { workers: 600 } })
  expect(await gravest(waiting(100))).toMatchObject({ id: 'no-suspect' })
})

test.each([
  ['fills the heap', 6_000_000, 'thread-holds-heap'],
  ['leaves room', 60_000_000, 'working-set'],
])('one thread at work on a list of its own that %s', async (_, maxHeap, expected) => {
  const made = program()
  made.scene.defineClass('jdk.internal.misc.VM', { statics: { directMemory: ['long', BigInt(maxHeap)] } })
  const report = made.scene.defineClass('com.acme.Report')
  made.scene.thread('worker', [{ method: 'write', type: report, locals: [made.map(ITEMS)] }])
  expect(await idOf(made)).toBe(expected)
})
