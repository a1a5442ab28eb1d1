import { expect, test } from 'vitest'
import type { GraphDescription } from '../graph/testing/parsed-graph.ts'
import { snapshotOf } from '../graph/testing/text-graph.ts'
import { NO_OBJECT, type Snapshot } from './snapshot.ts'

/** Lengths of rows of one block, around those from which a byte does not tell them. */
const LENGTHS = [253, 254, 255, 256, 1, 3000, 254, 255, 253, 700]

/**
 * Hubs in a chain, each with leaves of its own and so many references, the next hub being the first. Each leaf refers to those sinks
 * that have not yet so many referrers, the leaves of the last hub, which are visited first, before the others. As many objects
 * are of each class as a hub has references.
 */
function graphOfHubs() {
  const sinkOf = (i: number) => LENGTHS.length + i
  const references: number[][] = LENGTHS.flatMap(() => [[], []])
  const firstLeaf = references.length
  const leaves = LENGTHS.reduce((sum, length) => sum + length - 1, 1)
  const visitedBefore = (leaf: number) => (leaf + LENGTHS[LENGTHS.length - 1]) % leaves
  for (const [hub, length] of LENGTHS.entries()) {
    if (hub + 1 < LENGTHS.length) references[hub].push(hub + 1)
    while (references[hub].length < length) {
      const leaf = references.length - firstLeaf
      references[hub].push(references.length)
      references.push(LENGTHS.flatMap((most, sink) => (visitedBefore(leaf) < most ? [sinkOf(sink)] : [])))
    }
  }
  const classOf = LENGTHS.flatMap((length, number) => Array.from({ length }, () => number))
  const objects = references.map((row, rank) => ({ references: row, class: classOf[rank] ?? 0 }))
  const graph: GraphDescription = { objects, roots: [0], classes: LENGTHS.map((_, i) => ({ name: `Type${i}` })) }
  return { graph, snapshot: snapshotOf(graph) }
}

const { graph, snapshot } = graphOfHubs()
const indexOf = (rank: number) => snapshot.indexOf(BigInt(rank) * 16n)
const hubs = LENGTHS.map((_, i) => i)
const sinks = hubs.map((i) => LENGTHS.length + i)

function sorted(indices: Iterable<number>): number[] {
  return [...indices].toSorted((a, b) => a - b)
}

function expectPages(read: (offset: number, limit: number) => Uint32Array, whole: readonly number[]) {
  for (const offset of [0, 1, 127, 250, 252, 253, 254, 255, 699, 2999, 5000])
    for (const limit of [0, 1, 2, 100]) expect([...read(offset, limit)]).toEqual(whole.slice(offset, offset + limit))
}

test('the rows of hubs, and those of sinks, lie in one block each', () => {
  for (const ranks of [hubs, sinks]) expect(new Set(ranks.map((rank) => indexOf(rank) >>> 6)).size).toBe(1)
})

test('references', () => {
  for (const [rank, { references }] of graph.objects.entries()) {
    const expected = references.map(indexOf)
    expect([...snapshot.outgoing(indexOf(rank))]).toEqual(expected)
    expect(snapshot.outgoingCount(indexOf(rank))).toBe(expected.length)
    if (rank < LENGTHS.length) expectPages((...page) => snapshot.outgoing(indexOf(rank), ...page), expected)
  }
  expect(hubs.map((hub) => snapshot.outgoingCount(indexOf(hub)))).toEqual(LENGTHS)
})

test('referrers', () => {
  const referrers: number[][] = graph.objects.map(() => [])
  for (const [rank, { references }] of graph.objects.entries())
    for (const target of references) referrers[target].push(indexOf(rank))
  for (const [rank, expected] of referrers.entries()) {
    const all = [...snapshot.incoming(indexOf(rank))]
    expect(sorted(all)).toEqual(sorted(expected))
    expect(snapshot.incomingCount(indexOf(rank))).toBe(expected.length)
    if (sinks.includes(rank)) expectPages((...page) => snapshot.incoming(indexOf(rank), ...page), all)
  }
  expect(sinks.map((sink) => snapshot.incomingCount(indexOf(sink)))).toEqual(LENGTHS)
})

test('children in the tree of dominators', () => {
  const retained = (index: number) => snapshot.retainedSize(index)
  const children: number[][] = Array.from({ length: snapshot.objectCount + 1 }, () => [])
  for (let index = 1; index <= snapshot.objectCount; index++) children[snapshot.immediateDominator(index)].push(index)
  for (const [index, unordered] of children.entries()) {
    const expected = unordered.toSorted((a, b) => retained(b) - retained(a) || a - b)
    expect([...snapshot.dominatorChildren(index, 0, Infinity)]).toEqual(expected)
    expect(snapshot.dominatorChildCount(index)).toBe(expected.length)
    if (expected.length > 1) expectPages((...page) => snapshot.dominatorChildren(index, ...page), expected)
  }
  // the first and the last hub dominate sinks, too
  const counts = hubs.slice(1, -1).map((hub) => snapshot.dominatorChildCount(indexOf(hub)))
  expect(counts).toEqual(LENGTHS.slice(1, -1))
})

test('objects of classes', () => {
  for (const [number, length] of LENGTHS.slice(1).entries()) {
    const ranks = [...graph.objects.keys()].filter((rank) => graph.objects[rank].class === number + 1)
    expect(ranks).toHaveLength(length)
    expect([...snapshot.objectsOfClass(number + 1, 0, Infinity)]).toEqual(sorted(ranks.map(indexOf)))
    expectPages((...page) => snapshot.objectsOfClass(number + 1, ...page), sorted(ranks.map(indexOf)))
  }
})

test('scans, wherever they begin', () => {
  for (const from of [1, 2, 5, 63, 64, 65, 3000]) {
    const count = snapshot.objectCount + 1 - from
    const parents = new Uint32Array(count)
    snapshot.readPathParents(from, parents)
    expect([...parents]).toEqual([...parents].map((_, i) => snapshot.shortestPathParent(from + i)))
    expect(scannedReferences(snapshot, from, count)).toEqual(
      [...parents].map((_, i) => [...snapshot.outgoing(from + i)]),
    )
  }
  expect(snapshot.immediateDominator(0)).toBe(NO_OBJECT)
})

function scannedReferences({ scanReferences }: Snapshot, from: number, count: number): number[][] {
  const rows: number[][] = []
  scanReferences.call(snapshot, from, count, (index, targets, start, end) => {
    rows[index - from] = [...targets.subarray(start, end)]
  })
  return rows
}
