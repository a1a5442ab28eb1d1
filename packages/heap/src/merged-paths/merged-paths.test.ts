import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { expect, test } from 'vitest'
import { type Heap, printId } from '../query/heap.ts'
import { analysed } from '../query/testing/analysed.ts'
import { type MergedPathsQuery, mergedPaths } from './levels.ts'
import { NO_PATH, shortestParents } from './shortest-parents.ts'

const ALL = { exclude: [], without: [], offset: 0, limit: 1000, within: [], group: 'object' } as const

function ofClass(className: string, query: Partial<MergedPathsQuery> = {}): MergedPathsQuery {
  return { ...ALL, ...query, selection: { objects: [], classes: [], className }, ...query }
}

/** The whole tree as text: `A 3 (B 2 (T 1, T 1), T 1)`, by simple class names with the selected objects below. */
function asText(heap: Heap, query: MergedPathsQuery): string {
  const { rows } = mergedPaths(heap, query)
  return rows
    .map((row) => {
      const name = row.object?.label.kind === 'class' ? row.object.label.name : row.className
      const edges = row.edges.map((edge) => `${edge.name}:`).join('')
      const times = row.holders > 1 ? `${row.holders}×` : ''
      const below = row.hasChildren ? ` (${asText(heap, { ...query, within: [...query.within, row.key] })})` : ''
      return `${times}${edges}${name.replace(/^x\./, '')} ${row.objects}${below}`
    })
    .join(', ')
}

const GRAPH = `
  root -> A:x.A B:x.B
  A -> left=C1:x.C right=C2:x.C
  C1 -> t=T1:x.T u=T2:x.T
  C2 -> t=T3:x.T
  B -> t=T1 own=T4:x.T
  T4 -> next=T5:x.T
`

test('paths run together from the roots down, each object counted once, by its shortest path', async () => {
  const heap = await analysed(heapFromText(GRAPH).bytes)
  expect(asText(heap, ofClass('x.T'))).toBe(
    'B 3 (own:T 2 (next:T 1), t:T 1), A 2 (left:C 1 (u:T 1), right:C 1 (t:T 1))',
  )
})

test('objects of a class that hang below the same classes are one row', async () => {
  const heap = await analysed(heapFromText(GRAPH).bytes)
  expect(asText(heap, ofClass('x.T', { group: 'class' }))).toBe('B 3 (2×T 3 (T 1)), A 2 (2×C 2 (2×T 2))')
})

test('single objects may be selected too, and a level has pages', async () => {
  const text = heapFromText(GRAPH)
  const heap = await analysed(text.bytes)
  const objects = ['T3', 'C2', 'T5'].map((name) => printId(BigInt(text.id(name))))
  const query = { ...ALL, selection: { objects, classes: [], className: undefined } }
  expect(asText(heap, query)).toBe('A 2 (right:C 2 (t:T 1)), B 1 (own:T 1 (next:T 1))')
  const second = mergedPaths(heap, { ...query, offset: 1, limit: 1 })
  expect([second.total, second.selected, second.rows.map(({ className }) => className)]).toEqual([2, 3, ['x.B']])
})

/** Distance of every object from the roots by brute force, when `may` says which references count. */
function distances({ snapshot }: Heap, may: (source: number, target: number) => boolean): Map<number, number> {
  const found = new Map<number, number>()
  const queue: number[] = []
  const meet = (index: number, distance: number): void => {
    if (found.has(index)) return
    found.set(index, distance)
    queue.push(index)
  }
  for (let index = 1; index <= snapshot.reachableCount; index++) if (snapshot.isRoot(index)) meet(index, 1)
  for (let head = 0; head < queue.length; head++)
    for (const target of snapshot.outgoing(queue[head]))
      if (may(queue[head], target)) meet(target, (found.get(queue[head]) ?? 0) + 1)
  return found
}

test('with references left out every path is still a shortest one, as brute force measures it', async () => {
  let without = 0
  for (let seed = 1; seed <= 25; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    const isExcluded = (source: number, target: number): boolean => (source * 31 + target * 17 + seed) % 3 === 0
    const parents = shortestParents(heap, isExcluded)
    const expected = distances(heap, (source, target) => !isExcluded(source, target))
    // In an order of no meaning, so that searches meet what others have settled.
    const order = Array.from(
      { length: heap.snapshot.reachableCount },
      (_, i) => ((i * 7919) % heap.snapshot.reachableCount) + 1,
    )
    for (const index of order) {
      let length = 0
      for (let each = index; each !== 0 && each !== NO_PATH; length++) {
        const parent = parents.parentOf(each)
        if (parent !== 0 && parent !== NO_PATH) expect(isExcluded(parent, each)).toBe(false)
        if (parent === NO_PATH) length = -1
        each = parent
      }
      expect([seed, index, length]).toEqual([seed, index, expected.get(index) ?? 0])
      if (length === 0) without++
    }
  }
  expect(without).toBeGreaterThan(50)
})

test('what only weak references keep has no path without them, and is counted as such', async () => {
  const scene = new Scene()
  const reference = scene.defineClass('java.lang.ref.Reference', { fields: { referent: 'object' } })
  const weak = scene.defineClass('java.lang.ref.WeakReference', { superclass: reference })
  const type = scene.defineClass('x.T')
  const [held, lost] = [scene.instance(type), scene.instance(type)]
  for (const referent of [held, lost]) scene.keep(scene.instance(weak, { referent }))
  scene.keep(scene.instance(scene.defineClass('x.Holder', { fields: { item: 'object' } }), { item: held }))
  const heap = await analysed(scene.bytes())
  const level = mergedPaths(heap, ofClass('x.T', { exclude: ['weak'] }))
  expect([level.selected, level.unheld, level.rows.map(({ className }) => className)]).toEqual([2, 1, ['x.Holder']])
})

test('a list of many objects is merged without stacking up', async () => {
  const length = 20_000
  const nodes = Array.from({ length }, (_, node) => `N${node}:x.Node -> next=N${node + 1}`).join('\n')
  const text = heapFromText(`root -> N0\n${nodes}`)
  const heap = await analysed(text.bytes)
  const [root] = mergedPaths(heap, ofClass('x.Node')).rows
  expect(root.objects).toBe(length)
  const deep = printId(BigInt(text.id(`N${length - 3}`)))
  expect(mergedPaths(heap, ofClass('x.Node', { within: [deep] })).rows[0].objects).toBe(2)
})
