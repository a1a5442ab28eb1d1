import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, test } from 'vitest'
import { dominatorAncestors, dominators } from '../dominators/dominators.ts'
import { printId } from '../heap.ts'
import { histogram } from '../classes/histogram.ts'
import type { HistogramQuery } from '../messages.ts'
import { objectsOfClass } from '../classes/objects-of-class.ts'
import { summary } from './summary.ts'
import { analysed } from '../testing/analysed.ts'

/*
 *   root ─ A ─┬─ B ─ D (100 ints)
 *             └─ C        E is shared by B and C
 */
const DIAMOND = 'root -> A:x.A\nA -> B:x.B C:x.C\nB -> D:x.D E:x.E\nC -> E'

describe('dominator tree', () => {
  test('a level comes by falling retained size, in windows, with the sum of what is not shown', async () => {
    const heap = heapFromText(DIAMOND)
    const opened = await analysed(heap.bytes)
    const level = dominators(opened, { parent: printId(BigInt(heap.id('A'))), offset: 0, limit: 1 })
    expect(level.total).toBe(3)
    expect(level.rows.map((row) => [row.className, row.children])).toEqual([['x.B', 1]])
    const others = dominators(opened, { parent: printId(BigInt(heap.id('A'))), offset: 1, limit: 10 })
    expect(others.rows.map((row) => row.className).toSorted()).toEqual(['x.C', 'x.E'])
    expect(level.rest).toEqual({ objects: 2, retained: others.rows[0].retained + others.rows[1].retained })
    expect(others.rest).toEqual({ objects: 0, retained: 0 })
  })

  test('the rest is right from both ends of a long list', async () => {
    const names = Array.from({ length: 50 }, (_, node) => `L${node}`)
    const heap = heapFromText(`root -> A\nA:x.A -> ${names.map((name) => `${name}:x.Leaf`).join(' ')}`)
    const opened = await analysed(heap.bytes)
    const parent = printId(BigInt(heap.id('A')))
    const leaf = dominators(opened, { parent, offset: 0, limit: 1 }).rows[0].retained
    for (const offset of [0, 10, 30, 48])
      expect(dominators(opened, { parent, offset, limit: 2 }).rest).toEqual({
        objects: 48 - offset,
        retained: (48 - offset) * leaf,
      })
  })

  test('the way to an object gives each ancestor its place among its siblings', async () => {
    const heap = heapFromText(DIAMOND)
    const opened = await analysed(heap.bytes)
    const { rows, shortened } = dominatorAncestors(opened, printId(BigInt(heap.id('D'))))
    expect(rows.map((row) => row.object.className)).toEqual(['x.A', 'x.B', 'x.D'])
    expect(shortened).toBe(false)
    for (const [depth, { object, position }] of rows.entries()) {
      const parent = depth === 0 ? {} : { parent: rows[depth - 1].object.id }
      expect(dominators(opened, { ...parent, offset: position, limit: 1 }).rows[0].id).toBe(object.id)
    }
  })

  test('a very deep way keeps both ends, an unreachable object has none', async () => {
    const text = Array.from({ length: 3000 }, (_, node) => `N${node} -> next=N${node + 1}`).join('\n')
    const heap = heapFromText(`root -> N0:x.Head\n${text}\nL:x.Lost -> M:x.Lost`)
    const opened = await analysed(heap.bytes)
    const { rows, shortened } = dominatorAncestors(opened, printId(BigInt(heap.id('N3000'))))
    expect(shortened).toBe(true)
    expect(rows).toHaveLength(1000)
    expect([rows[0], rows[499], rows[500], rows[999]].map((row) => row.object.id)).toEqual(
      ['N0', 'N499', 'N2501', 'N3000'].map((name) => printId(BigInt(heap.id(name)))),
    )
    expect(dominatorAncestors(opened, printId(BigInt(heap.id('M'))))).toEqual({
      rows: [],
      shortened: false,
      key: null,
    })
  })
})

describe('histogram', () => {
  const QUERY: HistogramQuery = { offset: 0, limit: 100, sort: 'retained', order: 'desc', filter: '' }
  const names = async (query: Partial<HistogramQuery>) => {
    const opened = await analysed(heapFromText('root -> A:acme.Order B:acme.Order C:acme.Item D:shop.Item').bytes)
    const answer = histogram(opened, { ...QUERY, ...query })
    return { ...answer, names: answer.rows.map((row) => row.className) }
  }

  test('sorts by every column, both ways', async () => {
    expect((await names({ sort: 'objects', filter: 'acme' })).names).toEqual(['acme.Order', 'acme.Item'])
    expect((await names({ sort: 'objects', order: 'asc', filter: 'acme' })).names).toEqual(['acme.Item', 'acme.Order'])
    expect((await names({ sort: 'class', order: 'desc', filter: 'item' })).names).toEqual(['shop.Item', 'acme.Item'])
    expect((await names({ sort: 'shallow', filter: '/^acme/' })).names).toEqual(['acme.Order', 'acme.Item'])
  })

  test('sums what the filter lets through, whatever the window shows', async () => {
    const { rows, total, sums } = await names({ filter: 'ACME', limit: 1 })
    expect(rows).toHaveLength(1)
    expect(total).toBe(2)
    expect(sums).toEqual({ objects: 3, shallow: 48 })
  })

  test('refuses filters that are no expression or could run for ever', async () => {
    await expect(names({ filter: '/(/' })).rejects.toThrow('no regular expression')
    await expect(names({ filter: '/(?=a)/' })).rejects.toThrow('look around')
    await expect(names({ filter: 'x'.repeat(201) })).rejects.toThrow('at most 200')
    expect((await names({ filter: '/' })).names).toEqual([])
  })

  test('names the loader of a class, which is null for the boot loader', async () => {
    const scene = new Scene()
    const loader = scene.instance(scene.class('java.lang.ClassLoader'), { name: scene.string('app') })
    const type = scene.defineClass('acme.Order', { loaderId: loader })
    scene.keep(scene.instance(type))
    const { rows } = histogram(await analysed(scene.bytes()), { ...QUERY, filter: '/Order|String$/' })
    expect(new Map(rows.map((row) => [row.className, row.loader]))).toEqual(
      new Map([
        [
          'acme.Order',
          {
            id: printId(BigInt(loader)),
            className: 'java.lang.ClassLoader',
            label: { kind: 'class-loader', name: 'app' },
          },
        ],
        ['java.lang.String', null],
      ]),
    )
  })
})

test('objects of a class come by falling retained size, without the unreachable ones', async () => {
  const heap = heapFromText('root -> A:x.Box B:x.Box\nB -> f0=C:x.Item\nL:x.Box -> L')
  const opened = await analysed(heap.bytes)
  const classId = printId(BigInt(heap.scene.class('x.Box').id))
  const { rows, total } = objectsOfClass(opened, { classId, offset: 0, limit: 10 })
  expect(total).toBe(2)
  expect(rows.map((row) => row.id)).toEqual(['B', 'A'].map((name) => printId(BigInt(heap.id(name)))))
  expect(() => objectsOfClass(opened, { classId: '0x1', offset: 0, limit: 10 })).toThrow('no class 0x1')
})

test('pages of a large class join: the first ones that the snapshot keeps, and those that are selected', async () => {
  const scene = new Scene()
  const node = scene.defineClass('x.Node', { fields: { child: 'object' } })
  const child = scene.defineClass('x.Child')
  const nodes = Array.from({ length: 2300 }, (_, i) =>
    scene.instance(node, i % 7 === 0 ? { child: scene.instance(child) } : {}),
  )
  scene.keep(scene.objectArray(nodes))
  const opened = await analysed(scene.bytes())
  const classId = printId(BigInt(node.id))
  const page = (offset: number, limit: number) => objectsOfClass(opened, { classId, offset, limit }).rows
  const all = page(0, 2300).map((row) => row.id)
  expect(new Set(all).size).toBe(2300)
  expect([0, 100, 2000, 2047].flatMap((offset) => page(offset, 50).map((row) => row.id))).toEqual(
    [0, 100, 2000, 2047].flatMap((offset) => all.slice(offset, offset + 50)),
  )
  expect(page(328, 2).map((row) => row.retained)).toEqual([32, 16])
})

test('the overview tells what the dump is and whose code it is', async () => {
  const scene = new Scene({ takenAtMs: Date.UTC(2026, 6, 14, 9, 30) })
  const text = (value: string) => scene.string(value)
  const entry = scene.defineClass('java.util.Hashtable$Entry', {
    fields: { key: 'object', value: 'object', next: 'object' },
  })
  const second = scene.instance(entry, { key: text('java.vm.name'), value: text('OpenJDK 64-Bit Server VM') })
  const first = scene.instance(entry, { key: text('java.version'), value: text('1.8.0_402'), next: second })
  const properties = scene.defineClass('java.util.Properties', { fields: { table: 'object' } })
  const props = scene.instance(properties, { table: scene.objectArray([0, first]) })
  scene.defineClass('java.lang.System', { statics: { props: ['object', props] } })
  const main = scene.defineClass('acme.shop.Main')
  scene.thread('main', [{ method: 'main', type: main, source: 'Main.java', line: 1 }])
  const answer = summary(await analysed(scene.bytes()))
  expect(answer).toMatchObject({
    format: 'JAVA PROFILE 1.0.2',
    identifierSize: 8,
    takenAt: '2026-07-14T09:30:00.000Z',
    jvm: '1.8.0_402 (OpenJDK 64-Bit Server VM)',
    ownPackages: ['acme'],
    partial: null,
  })
  expect(answer.biggestObjects[0].retained).toBeGreaterThanOrEqual(answer.biggestObjects[1].retained)
})
