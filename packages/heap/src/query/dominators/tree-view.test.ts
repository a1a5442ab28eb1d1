import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, test } from 'vitest'
import { dominatorGroups, packageName } from './dominator-groups.ts'
import type { TreeGrouping } from './dominator-messages.ts'
import { dominatorSlice } from './dominator-slice.ts'
import { dominatorAncestors, dominators } from './dominators.ts'
import { type Heap, printId } from '../heap.ts'
import type { DominatorRow } from '../messages.ts'
import { nextDrop } from './next-drop.ts'
import { analysed } from '../testing/analysed.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
const ALL = { offset: 0, limit: 10_000 }
const GROUPINGS: readonly TreeGrouping[] = ['class', 'package', 'loader']

/** Every row of the tree below a parent, walked level by level. */
function walk(heap: Heap, filter: string, parent?: string): DominatorRow[] {
  const rows: DominatorRow[] = []
  const open: (string | undefined)[] = [parent]
  for (; open.length > 0;) {
    const at = open.pop()
    const level = dominators(heap, { ...ALL, filter, ...(at === undefined ? {} : { parent: at }) })
    rows.push(...level.rows)
    for (const row of level.rows) if (row.children > 0) open.push(row.id)
  }
  return rows
}

function shownName({ className, label }: DominatorRow): string {
  return label.kind === 'class' ? label.name : className
}

describe('a filter', () => {
  test('leaves what matches and what is above it, and nothing else, on random heaps', async () => {
    for (const seed of SEEDS) {
      const heap = await analysed(randomHeap(seed).bytes())
      const { snapshot } = heap
      const wanted = new Set<string>()
      for (const row of walk(heap, '').filter((one) => /[1-3]/.test(shownName(one))))
        for (let at = snapshot.indexOf(BigInt(row.id)); at > 0; at = snapshot.immediateDominator(at))
          wanted.add(printId(snapshot.idOf(at)))
      const left = walk(heap, '/[1-3]/')
      expect([seed, left.map(({ id }) => id).toSorted()]).toEqual([seed, [...wanted].toSorted()])
      for (const row of left) expect(row.matches).toBe(/[1-3]/.test(shownName(row)))
    }
  })

  test('sums what it hides, level by level', async () => {
    const heap = heapFromText('root -> A:x.A B:x.B\nA -> C:x.C D:x.D E:x.E\nC -> F:x.F')
    const opened = await analysed(heap.bytes)
    const id = (name: string) => printId(BigInt(heap.id(name)))
    const whole = dominators(opened, { ...ALL, parent: id('A') })
    const level = dominators(opened, { ...ALL, parent: id('A'), filter: 'x.f' })
    expect(level.rows.map(({ className, children, matches }) => [className, children, matches])).toEqual([
      ['x.C', 1, false],
    ])
    const others = whole.rows.filter(({ className }) => className !== 'x.C')
    expect(level.hidden).toEqual({ objects: 2, retained: others.reduce((sum, { retained }) => sum + retained, 0) })
    expect(level.total).toBe(1)
    expect(dominators(opened, { ...ALL, filter: 'nothing' })).toMatchObject({ total: 0, rows: [] })
  })

  test('pages what it leaves, with the rest summed', async () => {
    const names = Array.from({ length: 50 }, (_, node) => `L${node}:x.${node % 2 === 0 ? 'Even' : 'Odd'}`)
    const heap = heapFromText(`root -> A\nA:x.A -> ${names.join(' ')}`)
    const opened = await analysed(heap.bytes)
    const parent = printId(BigInt(heap.id('A')))
    const page = dominators(opened, { parent, filter: 'even', offset: 10, limit: 5 })
    expect(page.rows.map(({ className }) => className)).toEqual(Array.from({ length: 5 }, () => 'x.Even'))
    expect(page.rest).toEqual({ objects: 10, retained: 10 * page.rows[0].retained })
    expect(page.hidden).toEqual({ objects: 25, retained: 25 * page.rows[0].retained })
  })
})

test('the way to an object gives the places that the view shows, on random heaps', async () => {
  for (const seed of SEEDS) {
    const heap = await analysed(randomHeap(seed).bytes())
    for (const filter of ['', '/[1-3]/'])
      for (const group of [undefined, ...GROUPINGS]) {
        const view = { filter, ...(group === undefined ? {} : { group }) }
        for (const row of walk(heap, filter).slice(0, 40)) {
          const { rows, key } = dominatorAncestors(heap, row.id, view)
          expect(rows.at(-1)?.object.id).toBe(row.id)
          for (const [depth, { object, position }] of rows.entries()) {
            const first = key === null ? {} : { key }
            const of = depth === 0 ? first : { parent: rows[depth - 1].object.id }
            const level = dominators(heap, { ...view, ...of, offset: position, limit: 1 })
            expect(level.rows[0].id).toBe(object.id)
          }
        }
      }
    const all = new Set(walk(heap, '').map(({ id }) => id))
    for (const { id } of walk(heap, '/[1-3]/')) all.delete(id)
    for (const id of all) expect(dominatorAncestors(heap, id, { filter: '/[1-3]/' }).rows).toEqual([])
  }
})

describe('groups of the first level', () => {
  test('have every object once, and add up to the heap, on random heaps', async () => {
    for (const seed of SEEDS) {
      const heap = await analysed(randomHeap(seed).bytes())
      const first = dominators(heap, ALL)
      for (const group of GROUPINGS) {
        const { rows, total } = dominatorGroups(heap, { ...ALL, group })
        expect(total).toBe(rows.length)
        const members = rows.map(({ key }) => dominators(heap, { ...ALL, group, key }))
        expect(members.flatMap((page) => page.rows.map(({ id }) => id)).toSorted()).toEqual(
          first.rows.map(({ id }) => id).toSorted(),
        )
        for (const [place, row] of rows.entries()) {
          const sum = (of: (member: DominatorRow) => number) =>
            members[place].rows.reduce((total, member) => total + of(member), 0)
          expect(row.retained).toBe(sum(({ retained }) => retained))
          expect(row.shallow).toBe(sum(({ shallow }) => shallow))
          expect(row.objects).toBe(members[place].total)
        }
        expect(rows.map(({ retained }) => retained)).toEqual(
          rows.map(({ retained }) => retained).toSorted((a, b) => b - a),
        )
        expect(rows.reduce((sum, { retained }) => sum + retained, 0)).toBe(heap.snapshot.meta.reachable.bytes)
      }
    }
  })

  test('are named by class, package and loader; a filter leaves out what it hides', async () => {
    const scene = new Scene()
    const loader = scene.instance(scene.class('java.lang.ClassLoader'), { name: scene.string('plugin') })
    const order = scene.defineClass('acme.shop.Order', { loaderId: loader })
    scene.keep(scene.instance(order))
    scene.keep(scene.instance(order))
    scene.keep(scene.instance(scene.defineClass('Plain')))
    const heap = await analysed(scene.bytes())
    const groups = (group: TreeGrouping, filter = '') => dominatorGroups(heap, { ...ALL, group, filter })
    const byClass = groups('class').rows.find(({ name }) => name === 'acme.shop.Order')
    expect(byClass).toMatchObject({ key: printId(BigInt(order.id)), objects: 2 })
    expect(groups('package').rows.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['acme.shop', '-', 'java.lang']),
    )
    expect(groups('loader').rows.find(({ key }) => key !== '0x0')).toMatchObject({
      name: 'java.lang.ClassLoader',
      label: { kind: 'class-loader', name: 'plugin' },
    })
    const filtered = groups('package', '/Order$/')
    const instances = filtered.rows.filter(({ key }) => key === 'acme.shop')
    expect(instances).toHaveLength(1)
    const all = dominators(heap, ALL)
    expect(filtered.hidden.objects).toBe(all.total - filtered.rows.reduce((sum, { objects }) => sum + objects, 0))
    expect(() => dominators(heap, { ...ALL, group: 'class', key: '0x1' })).toThrow('no group 0x1')
  })

  test('the package of a hidden class ends before its address', () => {
    expect(packageName('a.b.C$D[]')).toBe('a.b')
    expect(packageName('a.b.C$$Lambda/0x00000001.0')).toBe('a.b')
    expect(packageName('byte[]')).toBe('')
  })
})

describe('the heaviest part of the tree', () => {
  test('is the heaviest nodes of the whole tree, each behind its parent, on random heaps', async () => {
    for (const seed of SEEDS) {
      const heap = await analysed(randomHeap(seed).bytes())
      const all = walk(heap, '').toSorted((a, b) => b.retained - a.retained)
      const limit = 1 + Math.ceil(all.length / 2)
      const slice = dominatorSlice(heap, { limit })
      expect(slice.retained.slice(1)).toEqual(all.slice(0, limit - 1).map(({ retained }) => retained))
      const known = new Map(all.map((row) => [row.id, row]))
      for (let node = 1; node < limit; node++) {
        expect(slice.parents[node]).toBeLessThan(node)
        const above = heap.snapshot.immediateDominator(heap.snapshot.indexOf(BigInt(slice.ids[node])))
        expect(slice.ids[slice.parents[node]]).toBe(above === 0 ? '0x0' : printId(heap.snapshot.idOf(above)))
        const row = known.get(slice.ids[node])
        expect([slice.shallow[node], slice.children[node]]).toEqual([row?.shallow, row?.children])
        expect(slice.classNames[slice.classes[node]]).toBe(row && shownName(row))
      }
    }
  })

  test('begins anywhere, goes through the filter, and may stand in groups', async () => {
    const heap = heapFromText('root -> A:x.A B:y.B\nA -> C:x.C D:x.D\nC -> F:x.F')
    const opened = await analysed(heap.bytes)
    const names = ({ classes, classNames }: ReturnType<typeof dominatorSlice>) =>
      classes.map((place) => classNames[place])
    const top = printId(BigInt(heap.id('A')))
    const below = dominatorSlice(opened, { top, limit: 100 })
    expect(below.top).toMatchObject({ id: top, children: 2 })
    expect(names(below)).toEqual(['x.A', 'x.C', 'x.D', 'x.F'])
    expect(names(dominatorSlice(opened, { limit: 100, filter: 'x.f' }))).toEqual(['', 'x.A', 'x.C', 'x.F'])
    const grouped = dominatorSlice(opened, { limit: 100, filter: '/^[xy].[AB]/', group: 'package' })
    expect(grouped.groups.map(({ node, group }) => [grouped.ids[node], group.objects])).toEqual([
      ['x', 2],
      ['y', 2],
    ])
    // The class objects of A and B are in the groups of their packages.
    expect(grouped.parents.map((parent) => (parent === -1 ? 'top' : grouped.ids[parent]))).toEqual(
      expect.arrayContaining(['top', '0x0', 'x', 'y']),
    )
  })

  test('of a list of many thousand objects it has the first levels only', async () => {
    const text = Array.from({ length: 3000 }, (_, node) => `N${node} -> next=N${node + 1}`).join('\n')
    const heap = await analysed(heapFromText(`root -> N0:x.Head\n${text}`).bytes)
    const { ids } = dominatorSlice(heap, { limit: 2000 })
    expect(ids.length).toBeGreaterThan(60)
    expect(ids.length).toBeLessThan(120)
  })
})

describe('the next big drop', () => {
  test('is where no child keeps half of what its parent retains', async () => {
    const leaves = Array.from({ length: 9 }, (_, leaf) => `L${leaf}:x.Leaf`).join(' ')
    const heap = heapFromText(`root -> A:x.A\nA -> B:x.B\nB -> C:x.C\nC -> ${leaves}\nL0 -> M:x.M`)
    const opened = await analysed(heap.bytes)
    const drop = (name: string) => nextDrop(opened, { object: printId(BigInt(heap.id(name))) })
    expect(drop('A')).toMatchObject({ object: { className: 'x.C', children: 9 }, steps: 2 })
    expect(drop('B')).toMatchObject({ object: { className: 'x.C' }, steps: 1 })
    // C is such a place: on to the next one below its heaviest child.
    expect(drop('C')).toMatchObject({ object: { className: 'x.M' }, steps: 2 })
    expect(drop('M')).toEqual({ object: null, steps: 0 })
  })
})
