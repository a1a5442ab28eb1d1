import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { Scene, type SceneClass } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import type { Heap } from '../heap.ts'
import { openHeap } from '../open-heap.ts'
import { readArray, readElements } from '../record.ts'
import { analysed } from '../testing/analysed.ts'
import { arrayFill, arrayHolders } from './array-fill.ts'
import { CAPACITIES } from './capacities.ts'
import { collectionFill, collectionHolders } from './collection-fill.ts'

const ALL = { filter: '', offset: 0, limit: 1000 }
const zeros = (count: number) => Array<number>(count).fill(0)

interface JavaUtil {
  readonly scene: Scene
  list(members: number, room: number, type?: SceneClass): number
  map(members: number, table: number): number
  set(map: number): number
}

function javaUtil(): JavaUtil {
  const scene = new Scene()
  const arrayList = scene.defineClass('java.util.ArrayList', { fields: { size: 'int', elementData: 'object' } })
  const hashMap = scene.defineClass('java.util.HashMap', { fields: { table: 'object', size: 'int' } })
  const nodes = scene.defineClass('java.util.HashMap$Node[]')
  const hashSet = scene.defineClass('java.util.HashSet', { fields: { map: 'object' } })
  return {
    scene,
    list: (size, room, type = arrayList) => scene.instance(type, { size, elementData: scene.objectArray(zeros(room)) }),
    map: (size, table) =>
      scene.instance(hashMap, { size, table: table === 0 ? 0 : scene.objectArray(zeros(table), nodes) }),
    set: (map) => scene.instance(hashSet, { map }),
  }
}

test('empty collections go with all that is in them, others lose the room that they do not need', async () => {
  const { scene, list, map, set } = javaUtil()
  const order = scene.defineClass('acme.Order', { fields: { lines: 'object', tags: 'object' } })
  scene.keep(scene.instance(order, { lines: list(3, 10), tags: set(map(0, 16)) }))
  scene.keep(scene.instance(order, { lines: list(10, 10), tags: set(map(12, 64)) }))
  scene.keep(map(13, 32))
  const heap = await analysed(scene.bytes())
  const { rows, sums } = collectionFill(heap, ALL)
  const of = (name: string) => rows.find(({ className }) => className === name)
  // 16 + 10 × 4 → 56 bytes, of which 16 + 3 × 4 → 32 are needed.
  expect(of('java.util.ArrayList')).toMatchObject({ objects: 2, empty: 0, used: 13, capacity: 20, bytes: 56 - 32 })
  // 16 + 16 for set, 24 for the map, 16 + 16 × 4 for its table; of 64 buckets 16 are enough for twelve.
  expect(of('java.util.HashSet')).toMatchObject({
    objects: 2,
    empty: 1,
    emptyBytes: 16 + 24 + 80,
    slackBytes: (64 - 16) * 4,
    used: 12,
    capacity: 80,
  })
  // 13 are more than three quarters of 16.
  expect(of('java.util.HashMap')).toMatchObject({ objects: 1, empty: 0, bytes: 0, example: null })
  expect(sums).toEqual({ objects: 5, empty: 1, emptyBytes: 120, slackBytes: 24 + 192, bytes: 336 })
  expect(collectionFill(heap, { ...ALL, filter: 'set' }).total).toBe(1)
  const held = collectionHolders(heap, ALL)
  expect(
    held.rows.map(({ holder, field, className, objects, bytes }) => [
      holder?.className,
      field?.name,
      className,
      objects,
      bytes,
    ]),
  ).toEqual([
    ['acme.Order', 'tags', 'java.util.HashSet', 2, 312],
    ['acme.Order', 'lines', 'java.util.ArrayList', 1, 24],
  ])
  expect(held.sums).toEqual(sums)
})

test('of an empty subclass only the array counts: it may have more than its members', async () => {
  const { scene, list } = javaUtil()
  const own = scene.defineClass('acme.Lines', {
    superclass: scene.class('java.util.ArrayList'),
    fields: { header: 'object' },
  })
  const lines = list(0, 10, own)
  scene.set(lines, 'header', scene.primitiveArray('byte', [1, 2, 3]))
  scene.keep(lines)
  const heap = await analysed(scene.bytes())
  expect(collectionFill(heap, ALL).rows).toMatchObject([{ className: 'acme.Lines', empty: 1, bytes: 56 }])
  // What it has besides is an array of its own.
  expect(arrayFill(heap, ALL).rows.map(({ className, objects, bytes }) => [className, objects, bytes])).toEqual([
    ['byte[]', 1, 0],
  ])
})

test('an array that others have too is not freed', async () => {
  const { scene } = javaUtil()
  const elementData = scene.objectArray(zeros(10))
  scene.keep(scene.instance(scene.class('java.util.ArrayList'), { size: 2, elementData }))
  scene.keep(elementData)
  expect(collectionFill(await analysed(scene.bytes()), ALL).rows).toMatchObject([
    { objects: 1, capacity: 10, bytes: 0 },
  ])
})

test('arrays without contents, and those whose end is null or zero', async () => {
  const { scene, list } = javaUtil()
  const buffer = scene.defineClass('acme.Buffer', { fields: { bytes: 'object' } })
  for (const bytes of [zeros(100), [1, ...zeros(99)], zeros(0), [...zeros(99), 1]])
    scene.keep(scene.instance(buffer, { bytes: scene.primitiveArray('byte', bytes) }))
  scene.keep(scene.objectArray([scene.string('a'), 0, 0, 0, 0, 0, 0, 0]))
  scene.keep(list(1, 10))
  const heap = await analysed(scene.bytes())
  const { rows } = arrayFill(heap, ALL)
  expect(rows).toMatchObject([
    { className: 'byte[]', objects: 4, empty: 2, used: 101, capacity: 300, emptyBytes: 120 + 16, slackBytes: 120 - 24 },
    { className: 'java.lang.Object[]', objects: 1, empty: 0, used: 1, capacity: 8, slackBytes: 48 - 24 },
  ])
  expect(arrayHolders(heap, ALL).rows).toMatchObject([
    { holder: { className: 'acme.Buffer' }, field: { name: 'bytes' }, className: 'byte[]', objects: 3, bytes: 232 },
    { holder: null, className: 'java.lang.Object[]', objects: 1, bytes: 24 },
  ])
})

test('arrays of any heap are as full as one by one', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    const { rows } = arrayFill(heap, ALL)
    const found = new Map(rows.map(({ className, used, empty }) => [className, { used, empty }]))
    expect([seed, found]).toEqual([seed, usedByHand(heap)])
  }
})

/** By class; array by array, element by element. */
function usedByHand(heap: Heap): Map<string, { used: number; empty: number }> {
  const sums = new Map<string, { used: number; empty: number }>()
  for (let index = 1; index <= heap.snapshot.reachableCount; index++) {
    const isClass = heap.snapshot.classNumberOfObject(index) >= 0
    const array = isClass || heap.snapshot.idOf(index) === 0n ? undefined : readArray(heap, index)
    const heldByString = [...heap.snapshot.incoming(index)].some(
      (from) => heap.classes[heap.snapshot.classOf(from)].name === 'java.lang.String',
    )
    if (array === undefined || heldByString) continue
    let used = 0
    for (let place = 0; place < array.length; place++) {
      const { buffer, byteOffset, byteLength } = readElements(heap, array, place, 1)
      if (new Uint8Array(buffer, byteOffset, byteLength).some((byte) => byte !== 0)) used = place + 1
    }
    const { name } = heap.classes[heap.snapshot.classOf(index)]
    const known = sums.get(name) ?? { used: 0, empty: 0 }
    sums.set(name, { used: known.used + used, empty: known.empty + (used === 0 ? 1 : 0) })
  }
  return sums
}

test('a fitting array is the shortest that does not have to grow', () => {
  const needed = (name: string, members: number) => CAPACITIES[name]?.needed?.(members)
  expect([1, 2, 12, 13].map((members) => needed('java.util.HashMap', members))).toEqual([2, 4, 16, 32])
  expect([1, 2, 11, 12].map((members) => needed('java.util.concurrent.ConcurrentHashMap', members))).toEqual([
    2, 4, 16, 32,
  ])
  expect([1, 8, 9].map((members) => needed('java.util.Hashtable', members))).toEqual([2, 11, 12])
  expect([1, 3, 21, 22].map((members) => needed('java.util.IdentityHashMap', members))).toEqual([8, 16, 64, 128])
  expect(needed('java.util.ArrayDeque', 16)).toBe(17)
})

test('without the dump nothing is known', async () => {
  const { snapshot } = await analysed(javaUtil().scene.bytes())
  expect(() => collectionFill(openHeap(snapshot, undefined), ALL)).toThrow('The dump was deleted')
  expect(() => arrayFill(openHeap(snapshot, undefined), ALL)).toThrow('The dump was deleted')
})
