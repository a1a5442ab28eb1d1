import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, test } from 'vitest'
import { minimumRetainedOfGroups } from './group-retained.ts'
import { type Heap, printId } from '../heap.ts'
import { histogram } from './histogram.ts'
import { histogramGroups } from './histogram-groups.ts'
import type { HistogramGroupRow, HistogramGroupsQuery } from './histogram-messages.ts'
import { analysed } from '../testing/analysed.ts'

const ALL = { offset: 0, limit: 1000, sort: 'shallow', order: 'desc', filter: '' } as const
const GROUPINGS = ['package', 'loader', 'superclass'] as const

function rowsOf(heap: Heap, query: Partial<HistogramGroupsQuery> & Pick<HistogramGroupsQuery, 'group'>) {
  return histogramGroups(heap, { ...ALL, ...query }).rows
}

/** Every row of the tree. */
function allRows(heap: Heap, group: HistogramGroupsQuery['group']): HistogramGroupRow[] {
  const rows = rowsOf(heap, { group })
  for (const row of rows) if (row.children > 0) rows.push(...rowsOf(heap, { group, parent: row.key }))
  return rows
}

describe('minimum retained sizes of groups', () => {
  test('count what no other object of the group dominates, on random heaps', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const heap = await analysed(randomHeap(seed).bytes())
      const { snapshot } = heap
      // Groups that overlap: a class is in those whose bits its number has.
      const groupsOf = heap.classes.map(({ number }) => [0, 1, 2].filter((bit) => ((number + 1) >> bit) % 2 === 1))
      const isIn = (index: number, group: number): boolean => {
        const standsFor = snapshot.classNumberOfObject(index)
        const numbers = [snapshot.classOf(index), ...(standsFor < 0 ? [] : [standsFor])]
        return numbers.some((number) => groupsOf[number].includes(group))
      }
      const expected = [0, 1, 2].map((group) => {
        let sum = 0
        for (let index = 1; index <= snapshot.reachableCount; index++) {
          let above = snapshot.immediateDominator(index)
          while (above > 0 && !isIn(above, group)) above = snapshot.immediateDominator(above)
          if (above === 0 && isIn(index, group)) sum += snapshot.retainedSize(index)
        }
        return sum
      })
      expect([seed, [...minimumRetainedOfGroups(heap, groupsOf, 3)]]).toEqual([seed, expected])
    }
  })
})

describe('the histogram in groups', () => {
  test('has every class once, and sums that add up, on random heaps', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const heap = await analysed(randomHeap(seed).bytes())
      const classes = histogram(heap, ALL)
      for (const group of GROUPINGS) {
        const { rows, sums } = histogramGroups(heap, { ...ALL, group })
        expect(sums).toEqual({ classes: classes.total, ...classes.sums })
        expect(rows.reduce((sum, { objects }) => sum + objects, 0)).toBe(classes.sums.objects)
        const listed = new Map(classes.rows.map((row) => [row.classId, row]))
        const leaves = allRows(heap, group).filter(({ children }) => children === 0)
        for (const { classId, objects, shallow, retained } of leaves)
          expect(listed.get(classId ?? '')).toMatchObject({ objects, shallow, retained })
        if (group !== 'superclass')
          expect(new Set(leaves.map(({ classId }) => classId))).toEqual(new Set(listed.keys()))
      }
    }
  })

  test('joins packages that have nothing but one package in them', async () => {
    const heap = await analysed(heapFromText('root -> A:com.acme.a.One B:com.acme.b.Two C:Plain').bytes)
    const top = rowsOf(heap, { group: 'package', sort: 'class', order: 'asc', filter: '/^com|^Plain$/' })
    expect(top.map(({ key, name, classes, children }) => [key, name, classes, children])).toEqual([
      ['.', '', 1, 1],
      ['com.acme.', 'com.acme', 2, 2],
    ])
    const below = rowsOf(heap, {
      group: 'package',
      parent: 'com.acme.',
      sort: 'class',
      order: 'asc',
      filter: '/^com|^Plain$/',
    })
    expect(below.map(({ key, name }) => [key, name])).toEqual([
      ['com.acme.a.', 'a'],
      ['com.acme.b.', 'b'],
    ])
    expect(() => rowsOf(heap, { group: 'package', parent: 'org.' })).toThrow('no row org.')
  })

  test('has classes below their loaders and their superclasses', async () => {
    const scene = new Scene()
    const loader = scene.instance(scene.class('java.lang.ClassLoader'), { name: scene.string('plugin') })
    const animal = scene.defineClass('zoo.Animal', { loaderId: loader })
    const dog = scene.defineClass('zoo.Dog', { loaderId: loader, superclass: animal })
    scene.keep(scene.instance(animal))
    scene.keep(scene.instance(dog))
    const heap = await analysed(scene.bytes())
    const filter = 'zoo.'
    const [plugin] = rowsOf(heap, { group: 'loader', filter })
    expect(plugin).toMatchObject({ classes: 2, objects: 2, loader: { id: printId(BigInt(loader)) }, classId: null })
    const supers = rowsOf(heap, { group: 'superclass', parent: printId(BigInt(animal.id)), filter })
    expect(supers.map(({ name }) => name)).toEqual(['zoo.Dog'])
  })
})

test('columns are filtered together', async () => {
  const heap = await analysed(heapFromText('root -> A:a.One B:a.One C:a.Two D:b.One').bytes)
  const names = (filters: object) =>
    histogram(heap, { ...ALL, filter: '/^[ab]/', ...filters }).rows.map((row) => row.className)
  expect(names({ objects: '> 1' })).toEqual(['a.One'])
  expect(names({ objects: '1..1', filter: '!/^b/', shallow: '< 1 KB' })).toContain('a.Two')
  expect(() => names({ retained: 'much' })).toThrow('“much” is no filter of retained sizes')
})
