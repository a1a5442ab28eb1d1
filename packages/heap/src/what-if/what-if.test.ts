import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { expect, test } from 'vitest'
import { type Heap, printId } from '../query/heap.ts'
import { analysed } from '../query/testing/analysed.ts'
import { whatIfCut } from './cut-reference.ts'
import { selectionDominators } from './selection-dominators.ts'
import { retainedSet } from './retained-set.ts'

/** Everything that roots reach when `may` says of each reference whether it is still there. */
function reachable({ snapshot }: Heap, may: (source: number, target: number) => boolean): Set<number> {
  const found: number[] = []
  const seen = new Set<number>()
  const visit = (index: number): void => {
    if (seen.has(index)) return
    seen.add(index)
    found.push(index)
  }
  for (let index = 1; index <= snapshot.reachableCount; index++)
    if (snapshot.isRoot(index) && may(0, index)) visit(index)
  for (let next = 0; next < found.length; next++)
    for (const target of snapshot.outgoing(found[next])) if (may(found[next], target)) visit(target)
  return seen
}

function bytesWithout(heap: Heap, left: Set<number>): number {
  let bytes = 0
  for (let index = 1; index <= heap.snapshot.reachableCount; index++)
    if (!left.has(index)) bytes += heap.snapshot.shallowSize(index)
  return bytes
}

test('a cut frees what brute force finds unreachable without it, on every reference of random heaps', async () => {
  let cuts = 0
  for (let seed = 1; seed <= 12; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    for (let source = 1; source <= heap.snapshot.reachableCount; source += 3)
      for (const target of heap.snapshot.outgoing(source)) {
        const left = reachable(heap, (from, to) => from !== source || to !== target)
        const answer = whatIfCut(heap, printId(heap.snapshot.idOf(source)), printId(heap.snapshot.idOf(target)))
        expect([seed, source, target, answer.freed.bytes]).toEqual([seed, source, target, bytesWithout(heap, left)])
        expect(answer.freed.objects).toBe(heap.snapshot.reachableCount - left.size)
        if (answer.freed.objects === 0) expect(answer.isRoot || answer.keptBy.length > 0).toBe(true)
        cuts++
      }
  }
  expect(cuts).toBeGreaterThan(300)
})

test('the retained set of a selection is what brute force finds unreachable without it', async () => {
  for (let seed = 20; seed <= 40; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    const all = Array.from({ length: heap.snapshot.reachableCount }, (_, place) => place + 1)
    const selection = all.filter((index) => (index * 7 + seed) % 5 === 0)
    const selected = new Set(selection)
    const left = reachable(heap, (_, to) => !selected.has(to))
    const { objects, bytes } = retainedSet(heap, selection)
    expect([seed, objects, bytes]).toEqual([seed, all.length - left.size, bytesWithout(heap, left)])
  }
})

test('what only several of a selection keep together goes with them, whatever leads around among it', async () => {
  const text = heapFromText(`
    root -> A:x.A B:x.B C:x.C
    A -> x=X:x.X
    B -> y=Y:x.Y z=Z:x.Z
    X -> y=Y
    Y -> x=X deep=D:x.Deep
    C -> z=Z
    Z -> end=E:x.End
  `)
  const heap = await analysed(text.bytes)
  const retained = (...names: string[]): string[] =>
    retainedSet(
      heap,
      names.map((name) => heap.snapshot.indexOf(BigInt(text.id(name)))),
    ).classes.map(({ className }) => className.slice(2))
  expect(retained('A').toSorted()).toEqual(['A'])
  expect(retained('A', 'B').toSorted()).toEqual(['A', 'B', 'Deep', 'X', 'Y'])
  expect(retained('A', 'B', 'C').toSorted()).toEqual(['A', 'B', 'C', 'Deep', 'End', 'X', 'Y', 'Z'])
})

test('immediate dominators: by class, and past what is to be skipped, as one walks up by hand', async () => {
  for (let seed = 50; seed <= 60; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    const { snapshot } = heap
    for (const type of heap.classes.filter(({ instances }) => instances > 0)) {
      const classes = [printId(type.id)]
      const { rows, selected } = selectionDominators(heap, { objects: [], classes, className: undefined }, 'jdk')
      const byHand = new Map<string, number>()
      for (const index of snapshot.objectsOfClass(type.number, 0, type.instances)) {
        const word = dominatorByHand(heap, index)
        byHand.set(word, (byHand.get(word) ?? 0) + 1)
      }
      const found = rows.map((row): [string, number] => [
        `${row.static ? 'static ' : ''}${row.className ?? 'root'}`,
        row.dominated.objects,
      ])
      expect(selected).toBe(type.instances)
      expect(found.toSorted(byWord)).toEqual([...byHand].toSorted(byWord))
    }
  }
})

function byWord(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : 1
}

function dominatorByHand(heap: Heap, from: number): string {
  let index = heap.snapshot.immediateDominator(from)
  for (; index !== 0; index = heap.snapshot.immediateDominator(index)) {
    const standsFor = heap.snapshot.classNumberOfObject(index)
    const { name } = heap.classes[standsFor >= 0 ? standsFor : heap.snapshot.classOf(index)]
    if (!/^(java|javax|jdk|sun|com\.sun)\.|\[\]$/.test(name)) return standsFor >= 0 ? `static ${name}` : name
  }
  return 'root'
}

test('a cut of any static field frees what brute force finds unreachable without it', async () => {
  let cuts = 0
  for (let seed = 70; seed <= 100; seed++) {
    const heap = await analysed(randomHeap(seed).bytes())
    for (const type of heap.classes.filter(({ index }) => index > 0 && index <= heap.snapshot.reachableCount)) {
      for (const { type: basic, value } of heap.snapshot.classDetails(type.number).statics) {
        const target = basic === 2 ? heap.snapshot.indexOf(BigInt(value)) : -1
        if (target <= 0) continue
        const left = reachable(heap, (from, to) => from !== type.index || to !== target)
        const answer = whatIfCut(heap, printId(type.id), printId(heap.snapshot.idOf(target)))
        expect([seed, type.name, answer.freed.bytes]).toEqual([seed, type.name, bytesWithout(heap, left)])
        expect(answer.edges.some(({ kind }) => kind === 'static')).toBe(true)
        cuts++
      }
    }
  }
  expect(cuts).toBeGreaterThan(10)
})

test('who else keeps it is named, and the reference whose cut would free it', async () => {
  const text = heapFromText(`
    root -> Holder:x.Holder
    Holder -> pool=Pool:x.Pool
    Pool -> left=A:x.A right=B:x.B
    A -> buffer=T:x.Buffer
    B -> buffer=T
  `)
  const heap = await analysed(text.bytes)
  const id = (name: string): string => printId(BigInt(text.id(name)))
  const cut = whatIfCut(heap, id('A'), id('T'))
  expect(cut.freed).toEqual({ bytes: 0, objects: 0, objectsExact: true })
  expect(cut.keptBy.map(({ object, edges }) => [object.className, edges[0]?.name])).toEqual([['x.B', 'buffer']])
  expect([cut.nextBest?.source.className, cut.nextBest?.edges[0]?.name]).toEqual(['x.Holder', 'pool'])
  expect(whatIfCut(heap, id('Holder'), id('Pool')).freed.objects).toBe(4)
  expect(() => whatIfCut(heap, id('T'), id('A'))).toThrow('does not refer to')
})
