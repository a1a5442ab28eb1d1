import { Scene } from '@heaptrail/fixtures/scene'
import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { expect, test } from 'vitest'
import { type Heap, printId } from '../heap.ts'
import { analysed } from '../testing/analysed.ts'
import type { OwnerRow, OwnersQuery } from './messages.ts'
import { owners } from './owners.ts'

function ask(heap: Heap, className: string, query: Partial<OwnersQuery> = {}) {
  const type = heap.classes.find(({ name }) => name === className)
  const classId = printId(type?.id ?? 0n)
  return owners(heap, { classId, by: 'owner', filter: '', offset: 0, limit: 100, ...query })
}

const lineOf = ({ holder, field, through, objects }: OwnerRow) =>
  [`${holder?.className}#${field?.name}`, through && `${through.className}#${through.field}`, objects] as const

/** An order with a name and a list of pictures, a cache in a static field, and bytes that a GC root refers to. */
function shop() {
  const scene = new Scene()
  const bytes = (count: number) =>
    scene.primitiveArray(
      'byte',
      Array.from({ length: count }, () => 1),
    )
  const list = scene.defineClass('java.util.ArrayList', { fields: { size: 'int', elementData: 'object' } })
  const order = scene.defineClass('acme.Order', { fields: { id: 'int', name: 'object', pictures: 'object' } })
  const pictures = scene.instance(list, { size: 2, elementData: scene.objectArray([bytes(500), bytes(300)]) })
  const first = scene.instance(order, { name: scene.string('a name'), pictures })
  const second = scene.instance(order, { name: scene.string('another') })
  const cached = bytes(1000)
  scene.defineClass('acme.Cache', { statics: { newest: ['object', cached] } })
  const lonely = bytes(50)
  for (const id of [first, second, lonely]) scene.keep(id)
  return { scene, cached, second }
}

test('the owner of bytes is the object beyond strings, arrays and collections, and its field', async () => {
  const { scene, cached } = shop()
  const heap = await analysed(scene.bytes())
  const { rows, sums, measure, className } = ask(heap, 'byte[]')
  expect(rows.map(lineOf)).toEqual([
    ['acme.Cache#newest', null, 1],
    ['acme.Order#pictures', 'java.lang.Object[]#[]', 2],
    ['undefined#undefined', null, 1],
    ['acme.Order#name', 'java.lang.String#value', 2],
  ])
  expect(rows[0]).toMatchObject({ field: { kind: 'static' }, largest: printId(BigInt(cached)), estimated: false })
  const type = heap.classes.find(({ name }) => name === 'byte[]')
  expect([className, measure, sums]).toEqual(['byte[]', 'shallow', { objects: type?.instances, bytes: type?.shallow }])
})

test('what refers to them directly is told too, and found by its name', async () => {
  const heap = await analysed(shop().scene.bytes())
  expect(ask(heap, 'byte[]', { by: 'direct' }).rows.map(lineOf)).toEqual([
    ['acme.Cache#newest', null, 1],
    ['java.lang.Object[]#[]', null, 2],
    ['undefined#undefined', null, 1],
    ['java.lang.String#value', null, 2],
  ])
  const found = ask(heap, 'byte[]', { filter: 'order#p' })
  expect([found.total, found.rows.map(lineOf)]).toEqual([1, [['acme.Order#pictures', 'java.lang.Object[]#[]', 2]]])
  expect(ask(heap, 'java.lang.String')).toMatchObject({ measure: 'retained', total: 1 })
  expect(() => ask(heap, 'no.such.Class')).toThrow('There is no class 0x0')
})

test('bytes that can be reached past their owner are counted as shared', async () => {
  const { scene, second } = shop()
  const borrowed = scene.primitiveArray('byte', [1, 2, 3])
  scene.set(second, 'pictures', borrowed)
  const user = scene.defineClass('acme.User', { fields: { picture: 'object' } })
  scene.keep(scene.instance(user, { picture: borrowed }))
  const heap = await analysed(scene.bytes())
  const shared = ask(heap, 'byte[]').rows.filter((row) => row.shared > 0)
  expect(shared).toHaveLength(1)
  expect(shared[0]?.shared).toBe(heap.snapshot.shallowSize(heap.snapshot.indexOf(BigInt(borrowed))))
})

test('a list of many nodes leads to its owner, and no object is counted twice', async () => {
  const scene = new Scene()
  const node = scene.defineClass('java.util.LinkedList$Node', { fields: { item: 'object', next: 'object' } })
  let next = 0
  for (let place = 0; place < 20_000; place++)
    next = scene.instance(node, { item: scene.primitiveArray('int', [place]), next })
  const queue = scene.defineClass('acme.Queue', { fields: { first: 'object', last: 'object' } })
  scene.keep(scene.instance(queue, { first: next }))
  const heap = await analysed(scene.bytes())
  const { rows } = ask(heap, 'int[]')
  expect(rows.map(lineOf)).toEqual([['acme.Queue#first', 'java.util.LinkedList$Node#item', 20_000]])
})

test('fields of very many objects follow from a sample, whose parts add up', async () => {
  const scene = new Scene()
  const pair = scene.defineClass('acme.Pair', { fields: { big: 'object', small: 'object' } })
  for (let count = 0; count < 6000; count++) {
    const big = scene.primitiveArray('int', [1, 2, 3, 4, 5, 6, 7, 8])
    scene.keep(scene.instance(pair, { big, small: scene.primitiveArray('int', [count]) }))
  }
  const heap = await analysed(scene.bytes())
  const { rows, sums } = ask(heap, 'int[]')
  expect(rows.map(({ field, estimated }) => [field?.name, estimated])).toEqual([
    ['big', true],
    ['small', true],
  ])
  const type = heap.classes.find(({ name }) => name === 'int[]')
  expect(sums).toEqual({ objects: 12_000, bytes: type?.shallow })
  for (const { objects } of rows) expect(Math.abs(objects - 6000)).toBeLessThan(600)
})

test('in any heap the owners of a class have all of its objects', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    for (const type of heap.classes.filter(({ instances }) => instances > 0))
      for (const by of ['owner', 'direct'] as const) {
        const { sums, measure } = ask(heap, type.name, { by })
        const bytes = measure === 'shallow' ? type.shallow : sums.bytes
        expect([seed, type.name, sums]).toEqual([seed, type.name, { objects: type.instances, bytes }])
      }
  }
})
