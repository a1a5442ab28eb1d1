/** What dumps of real programs taught, in heaps of a few classes each. */
import { expect, test } from 'vitest'
import { ITEMS, ZEROS, gravest, idOf, program } from './program.ts'

test('a log that drops what is beyond its bytes is bounded, and so are the parts of which it is made', async () => {
  const made = program()
  const { scene } = made
  scene.defineClass('com.acme.Segment', { fields: { records: 'object' } })
  scene.defineClass('com.acme.Log', { fields: { segments: 'object', retentionBytes: 'long', bytes: 'long' } })
  const segments = Array.from({ length: 4 }, () =>
    scene.instance(scene.class('com.acme.Segment'), { records: made.map(ITEMS / 4) }),
  )
  const log = (bytes: number) =>
    scene.instance(scene.class('com.acme.Log'), {
      segments: scene.objectArray(segments),
      retentionBytes: 6_000_000,
      bytes,
    })
  made.root(log(5_900_000))
  expect(await idOf(made)).toBe('bounded-holder')
})

test('a limit of bytes of which nothing says how much is used bounds nothing', async () => {
  const made = program()
  const log = made.scene.defineClass('com.acme.Log', {
    fields: { records: 'object', maxBytes: 'long', usedBytes: 'long' },
  })
  made.root(made.scene.instance(log, { records: made.map(ITEMS), maxBytes: 6_000_000, usedBytes: 12 }))
  expect(await idOf(made)).toBe('leak-suspect')
})

test('a cache that is limited by weight, which its segments count', async () => {
  const made = program()
  const { scene } = made
  const segment = scene.defineClass('com.google.common.cache.LocalCache$Segment', {
    fields: { totalWeight: 'long', count: 'int', table: 'object' },
  })
  const cache = scene.defineClass('com.google.common.cache.LocalCache', {
    fields: { segments: 'object', maxWeight: 'long' },
  })
  const segments = [1, 2].map(() =>
    scene.instance(segment, { totalWeight: 2_800_000, count: ITEMS / 2, table: made.map(ITEMS / 2) }),
  )
  made.root(scene.instance(cache, { segments: scene.objectArray(segments), maxWeight: 5_800_000 }))
  expect(await gravest(scene)).toMatchObject({ id: 'no-suspect' })
  expect(await idOf(made)).toBe('bounded-holder')
})

test('nobody can add to a map that only its unmodifiable view refers to', async () => {
  const view = (others: boolean) => {
    const made = program()
    const { scene } = made
    const type = scene.defineClass('java.util.Collections$UnmodifiableMap', { fields: { m: 'object' } })
    const tariffs = scene.defineClass('com.acme.Tariffs', { fields: { byZip: 'object', loading: 'object' } })
    const map = made.map(ITEMS)
    const seen = scene.instance(type, { m: map })
    made.root(scene.instance(tariffs, { byZip: seen, loading: others ? map : 0 }))
    return made
  }
  expect(await idOf(view(false))).toBe('bounded-holder')
  expect(await idOf(view(true))).toBe('leak-suspect')
})

test('what a thread at work has still to do is its working set; a queue that it waits beside is a backlog', async () => {
  const crawling = (top: string) => {
    const { scene, session } = program()
    const sessions = Array.from({ length: ITEMS }, () =>
      scene.instance(session, { data: scene.primitiveArray('byte', ZEROS) }),
    )
    const deque = scene.defineClass('java.util.ArrayDeque', {
      fields: { elements: 'object', head: 'int', tail: 'int' },
    })
    const frontier = scene.instance(deque, { elements: scene.objectArray(sessions), head: 0, tail: ITEMS - 1 })
    const crawler = scene.defineClass('com.acme.Crawler')
    const frames = [
      { method: top, type: top === 'wait' ? scene.object : crawler },
      { method: 'run', type: crawler, locals: [frontier] },
    ]
    scene.thread('crawler', frames)
    return scene
  }
  expect(await gravest(crawling('next'))).toMatchObject({ id: 'no-suspect' })
  expect(await gravest(crawling('wait'))).toMatchObject({ id: 'queue-backlog' })
})

test('what threads work on together, in no collection, is their working set, though one of them waits for the other', async () => {
  const { scene, session } = program()
  const unit = scene.defineClass('com.acme.Unit', { fields: { methods: 'object' } })
  const units = Array.from({ length: 40 }, () => {
    const methods = Array.from({ length: 20 }, () =>
      scene.instance(session, { data: scene.primitiveArray('byte', ZEROS) }),
    )
    return scene.instance(unit, { methods: scene.objectArray(methods) })
  })
  const compiler = scene.defineClass('com.acme.Compiler', { fields: { units: 'object' } })
  for (const top of [scene.object, compiler]) {
    const local = scene.instance(compiler, { units: scene.objectArray(units) })
    scene.thread('compiler', [
      { method: 'wait', type: top },
      { method: 'run', type: compiler, locals: [local] },
    ])
  }
  expect(await gravest(scene)).toMatchObject({ id: 'no-suspect' })
})

test('classes of one name that old deployments left behind, though each is small and no list has them', async () => {
  const { scene } = program()
  const loader = scene.defineClass('com.acme.AppLoader', {
    superclass: scene.class('java.lang.ClassLoader'),
    fields: { classes: 'object' },
  })
  const task = scene.defineClass('com.acme.CleanerThread', {
    superclass: scene.class('java.lang.Thread'),
    fields: { application: 'object' },
  })
  const DEPLOYMENTS = 12
  for (let deployment = 0; deployment < DEPLOYMENTS; deployment++) {
    const of = scene.instance(loader)
    const data = scene.objectArray(Array.from({ length: 50 }, () => scene.primitiveArray('byte', ZEROS)))
    const type = scene.defineClass('com.acme.Application', { loaderId: of, statics: { DATA: ['object', data] } })
    scene.set(of, 'classes', scene.objectArray([type.id]))
    const thread = scene.thread(`cleaner-${deployment}`, [{ method: 'run', type: task }], task)
    scene.set(thread, 'application', of)
  }
  expect(await gravest(scene)).toMatchObject({
    id: 'class-loader-suspect',
    parameters: {
      items: { className: 'com.acme.Application', count: DEPLOYMENTS, loaders: DEPLOYMENTS },
      // The list that each loader has of its classes is nobody's mistake.
      culprit: { className: 'com.acme.CleanerThread', field: 'application' },
    },
  })
})

test('items of the program are counted themselves, not the nodes of the queue that has them', async () => {
  const { scene, session, root } = program()
  const node = scene.defineClass('java.util.concurrent.ConcurrentLinkedQueue$Node', {
    fields: { item: 'object', next: 'object' },
  })
  const queue = scene.defineClass('java.util.concurrent.ConcurrentLinkedQueue', { fields: { head: 'object' } })
  let next = 0
  for (let place = 0; place < ITEMS; place++) {
    const item = scene.instance(session, { data: scene.primitiveArray('byte', ZEROS) })
    next = scene.instance(node, { item, next })
  }
  // Its head has no item.
  root(scene.instance(queue, { head: scene.instance(node, { next }) }))
  expect(await gravest(scene)).toMatchObject({
    id: 'queue-backlog',
    parameters: { items: { className: 'com.acme.Session', count: ITEMS, exact: true } },
  })
})

test('the tree of a library in an object that the program holds is no suspect while it has few nodes, and never critical', async () => {
  const database = (depth: number) => {
    const { scene, root } = program()
    const page = scene.defineClass('org.h2.mvstore.Page', { fields: { children: 'object', data: 'object' } })
    const tree = (levels: number): number => {
      const children = levels === 0 ? [] : Array.from({ length: 6 }, () => tree(levels - 1))
      const data = scene.primitiveArray('byte', depth === 3 ? [...ZEROS, ...ZEROS, ...ZEROS] : ZEROS)
      return scene.instance(page, { children: children.length === 0 ? 0 : scene.objectArray(children), data })
    }
    const connection = scene.defineClass('org.h2.jdbc.JdbcConnection', { fields: { root: 'object' } })
    const store = scene.defineClass('com.acme.Store', { fields: { connection: 'object' } })
    root(scene.instance(store, { connection: scene.instance(connection, { root: tree(depth) }) }))
    return scene
  }
  expect(await gravest(database(3))).toMatchObject({ id: 'no-suspect' })
  expect(await gravest(database(4))).toMatchObject({ id: 'leak-suspect', severity: 'warning' })
})

test('in a heap with much room a map of the program is a warning, in a full one it is critical', async () => {
  const filled = (maxHeap: number) => {
    const { scene, map, root } = program()
    scene.defineClass('jdk.internal.misc.VM', { statics: { directMemory: ['long', BigInt(maxHeap)] } })
    root(map(ITEMS))
    return scene
  }
  const severity = async (maxHeap: number) => (await gravest(filled(maxHeap))).severity
  expect([await severity(7_000_000), await severity(40_000_000)]).toEqual(['critical', 'warning'])
})
