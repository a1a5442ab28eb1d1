import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, test } from 'vitest'
import { retainedSet } from '../../what-if/retained-set.ts'
import { type Heap, printId } from '../heap.ts'
import type { ReferenceDirection } from '../messages.ts'
import { referenceGroups, referencesOfGroup } from './reference-groups.ts'
import { references } from './references.ts'
import { retainedBreakdown } from './retained-breakdown.ts'
import { analysed } from '../testing/analysed.ts'

const ALL = { offset: 0, limit: 1000 }

describe('references in groups', () => {
  test('one group per class and field, elements of arrays without their places', async () => {
    const scene = new Scene()
    const node = scene.defineClass('acme.Node', { fields: { value: 'object', other: 'object' } })
    const shared = scene.instance(scene.defineClass('acme.Shared'))
    const nodes = Array.from({ length: 5 }, () => scene.instance(node, { value: shared }))
    const both = scene.instance(node, { value: shared, other: shared })
    const array = scene.objectArray([shared, 0, shared, ...nodes, both])
    scene.keep(array)
    const heap = await analysed(scene.bytes())
    const id = printId(BigInt(shared))
    const names = (direction: ReferenceDirection, of: string): unknown[] =>
      referenceGroups(heap, of, direction).groups.map((group) => [
        group.objects,
        group.className,
        group.edges.map(({ name }) => name).join(),
      ])
    expect(names('incoming', id)).toEqual([
      [5, 'acme.Node', 'value'],
      [1, 'java.lang.Object[]', '[…]'],
      [1, 'acme.Node', 'value,other'],
    ])
    expect(names('outgoing', printId(BigInt(array)))).toEqual([
      [6, 'acme.Node', '[…]'],
      [1, 'acme.Shared', '[…]'],
      [1, 'java.lang.Class', '<class>'],
    ])
    const [group] = referenceGroups(heap, printId(BigInt(array)), 'outgoing').groups
    const page = referencesOfGroup(heap, printId(BigInt(array)), {
      direction: 'outgoing',
      group: group.id,
      offset: 2,
      limit: 2,
    })
    expect(page.rows.map(({ edges }) => edges[0].name)).toEqual(['[5]', '[6]'])
    expect(() => referencesOfGroup(heap, id, { direction: 'incoming', group: 'none', ...ALL })).toThrow('no such group')
  })

  test('groups of any object hold what its list of references holds, each by the same names', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const heap = await analysed(randomHeap(seed).bytes())
      for (let index = 1; index <= heap.snapshot.objectCount; index += 3)
        for (const direction of ['incoming', 'outgoing'] as const) expectSame(heap, index, direction)
    }
  })
})

/** The two ways to ask for references agree. */
function expectSame(heap: Heap, index: number, direction: ReferenceDirection): void {
  const id = printId(heap.snapshot.idOf(index))
  const list = references(heap, id, direction, ALL)
  const { groups, total } = referenceGroups(heap, id, direction)
  const members = groups.flatMap((group) =>
    referencesOfGroup(heap, id, { direction, group: group.id, ...ALL }).rows.map((row) => {
      const named = new Set(row.edges.map((edge) => (edge.kind === 'element' ? '[…]' : edge.name)))
      expect([...named].toSorted()).toEqual(group.edges.map(({ name }) => name).toSorted())
      return row.object.id
    }),
  )
  expect(total).toBe(list.total)
  expect(members.toSorted()).toEqual(list.rows.map(({ object }) => object.id).toSorted())
}

describe('what a retained size is made of', () => {
  test('itself, what it dominates immediately, and the whole retained set by class', async () => {
    const text = heapFromText(`
      root -> A:acme.Shop
      A -> B:acme.Order
      A -> C:acme.Order
      B -> D:acme.Item
      C -> E:acme.Item
      C -> F:acme.Item
    `)
    const heap = await analysed(text.bytes)
    const { own, children, set } = retainedBreakdown(heap, printId(BigInt(text.id('A'))))
    expect(children.classes.map(({ className, objects }) => [className, objects])).toEqual([['acme.Order', 2]])
    expect(set.classes.map(({ className, objects }) => [className, objects])).toEqual(
      expect.arrayContaining([
        ['acme.Shop', 1],
        ['acme.Order', 2],
        ['acme.Item', 3],
      ]),
    )
    const retained = heap.snapshot.retainedSize(heap.snapshot.indexOf(BigInt(text.id('A'))))
    const sum = (rows: { bytes: number }[]): number => rows.reduce((total, row) => total + row.bytes, 0)
    expect(own + sum(children.classes)).toBe(retained)
    expect(sum(set.classes)).toBe(retained)
  })

  test('is the retained set that is found without the dominator tree', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const heap = await analysed(randomHeap(seed).bytes())
      for (let index = 1; index <= heap.snapshot.reachableCount; index += 5) {
        const { set } = retainedBreakdown(heap, printId(heap.snapshot.idOf(index)))
        const byName = new Map<string, number>()
        for (const row of set.classes) byName.set(row.className, (byName.get(row.className) ?? 0) + row.objects)
        const expected = retainedSet(heap, [index]).classes.map((row) => [row.className, row.objects] as const)
        expect(byName).toEqual(new Map(expected))
      }
    }
  })
})
