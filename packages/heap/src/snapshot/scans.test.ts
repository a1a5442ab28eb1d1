import { expect, test } from 'vitest'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { analysed } from '../query/testing/analysed.ts'
import { seededRandom } from '@heaptrail/fixtures/random'
import { randomGraph } from '../graph/testing/random-graph.ts'
import { snapshotOf } from '../graph/testing/text-graph.ts'
import { VIRTUAL_ROOT } from './snapshot.ts'

test('scans say of every object what is said when it is asked for alone, wherever they begin', () => {
  for (let seed = 0; seed < 40; seed++) {
    const snapshot = snapshotOf(randomGraph(seededRandom(seed)))
    for (const from of [0, 1, 30, 64, 65].filter((one) => one <= snapshot.objectCount)) {
      const count = snapshot.objectCount + 1 - from
      const indices = Array.from({ length: count }, (_, i) => from + i)
      const [classes, lengths] = [new Uint32Array(count), new Uint32Array(count)]
      const [shallow, retained] = [new Float64Array(count), new Float64Array(count)]
      const [dominators, ids] = [new Int32Array(count), new BigUint64Array(count)]
      snapshot.readClasses(from, classes)
      snapshot.readLengths(from, lengths)
      snapshot.readShallowSizes(from, shallow)
      snapshot.readRetainedSizes(from, retained)
      snapshot.readDominators(from, dominators)
      snapshot.readIds(from, ids)
      const [withSizes, both] = [new Int32Array(count), new Float64Array(count)]
      for (const [measure, sizes] of [
        ['shallow', shallow],
        ['retained', retained],
      ] as const) {
        snapshot.readDominatorsAndSizes(from, measure, withSizes, both)
        expect([withSizes, both]).toEqual([dominators, sizes])
      }
      expect([...lengths]).toEqual(indices.map((index) => snapshot.lengthOf(index)))
      expect([...shallow]).toEqual(indices.map((index) => snapshot.shallowSize(index)))
      expect([...retained]).toEqual(indices.map((index) => snapshot.retainedSize(index)))
      expect([...dominators]).toEqual(indices.map((index) => snapshot.immediateDominator(index)))
      const objects = indices.filter((index) => index !== VIRTUAL_ROOT)
      expect([...ids].slice(-objects.length)).toEqual(objects.map((index) => snapshot.idOf(index)))
      expect([...classes].slice(-objects.length)).toEqual(objects.map((index) => snapshot.classOf(index)))
    }
  }
})

test('references and parents on shortest paths, as when they are asked for alone, wide rows too', () => {
  for (let seed = 0; seed < 40; seed++) {
    const snapshot = snapshotOf(randomGraph(seededRandom(seed)))
    for (const from of [1, 30, 64, 65].filter((one) => one <= snapshot.reachableCount)) {
      const count = snapshot.reachableCount + 1 - from
      const indices = Array.from({ length: count }, (_, i) => from + i)
      const parents = new Uint32Array(count)
      snapshot.readPathParents(from, parents)
      expect([...parents]).toEqual(indices.map((index) => snapshot.shortestPathParent(index)))
      const references = new Map<number, number[]>()
      snapshot.scanReferences(from, count, (index, targets, start, end) =>
        references.set(index, [...targets.subarray(start, end)]),
      )
      const classObjectOf = (index: number) => snapshot.classes()[snapshot.classOf(index)].index
      for (const index of indices) {
        const all = [...snapshot.outgoing(index)]
        expect(references.get(index)).toEqual(all.slice(all[0] === classObjectOf(index) ? 1 : 0))
      }
    }
  }
})

test('a scan of references tells rows of thousands, and those beside them', async () => {
  const fields = Array.from({ length: 300 }, (_, i) => `f${i}=T${i}:x.T`).join(' ')
  const { snapshot } = await analysed(heapFromText(`root -> A:x.A B:x.B\nA -> ${fields}\nB -> a=A t=T7`).bytes)
  const counts: number[] = []
  snapshot.scanReferences(1, snapshot.reachableCount, (_, _targets, start, end) => counts.push(end - start))
  expect(counts.filter((count) => count > 64)).toEqual([300])
  expect(counts).toHaveLength(snapshot.reachableCount)
})

test('a scan over all ids in ascending order', () => {
  const snapshot = snapshotOf(randomGraph(seededRandom(7)))
  const ids = new BigUint64Array(snapshot.objectCount)
  const indices = new Uint32Array(snapshot.objectCount)
  snapshot.readByAddress(0, ids, indices)
  expect([...ids]).toEqual([...ids].toSorted((a, b) => (a < b ? -1 : 1)))
  expect([...indices]).toEqual([...ids].map((id) => snapshot.indexOf(id)))
})

test('sizes that need more than 32 bits in units', () => {
  const long = { references: [], class: 1, length: 2 ** 31 - 2 }
  const objects = [
    { references: Array.from({ length: 5000 }, (_, i) => i + 1) },
    ...Array.from({ length: 5000 }, () => long),
  ]
  const snapshot = snapshotOf({ objects, roots: [0], classes: [{}, { kind: 'primitive-array', elementSize: 8 }] })
  const [sizes, both, dominators] = [new Float64Array(5002), new Float64Array(5002), new Int32Array(5002)]
  snapshot.readRetainedSizes(0, sizes)
  const all = 5000 * 2 ** 34 + snapshot.shallowSize(1)
  expect([...sizes]).toEqual([all, all, ...Array.from({ length: 5000 }, () => 2 ** 34)])
  expect(snapshot.retainedSize(1)).toBe(all)
  snapshot.readDominatorsAndSizes(0, 'retained', dominators, both)
  expect(both).toEqual(sizes)
})

test('an empty scan is fine, one beyond the last object is not', () => {
  const snapshot = snapshotOf(randomGraph(seededRandom(7)))
  snapshot.readRetainedSizes(1, new Float64Array(0))
  expect(() => snapshot.readRetainedSizes(1, new Float64Array(snapshot.objectCount + 1))).toThrow(RangeError)
  expect(() => snapshot.readDominators(-1, new Int32Array(2))).toThrow(RangeError)
})

test('positions in the dump can be read in the order of addresses', async () => {
  const { snapshot } = await analysed(heapFromText('root -> A C\nA -> B').bytes)
  const indices = new Uint32Array(snapshot.objectCount)
  const positions = new Float64Array(snapshot.objectCount)
  snapshot.readByAddress(0, undefined, indices, positions)
  expect([...positions]).toEqual(Array.from(indices, (index) => snapshot.position(index)))
  expect(new Set(indices).size).toBe(snapshot.objectCount)
})
