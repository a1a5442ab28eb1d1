import { seededRandom } from '@heaptrail/fixtures/random'
import { describe, expect, test } from 'vitest'
import { type SlowGraph, slowGraph } from '../graph/testing/brute-force.ts'
import { type GraphDescription, parsedGraph } from '../graph/testing/parsed-graph.ts'
import { randomGraph } from '../graph/testing/random-graph.ts'
import { snapshotOf } from '../graph/testing/text-graph.ts'
import { shallowSize } from '../sizes.ts'
import { NO_OBJECT, type Snapshot, VIRTUAL_ROOT } from './snapshot.ts'

const SEEDS = 300

describe('a random graph, written and read back, agrees with the definitions', () => {
  test.each(Array.from({ length: SEEDS }, (_, seed) => seed))('seed %i', (seed) => {
    const graph = randomGraph(seededRandom(seed))
    compare(snapshotOf(graph), graph, slowGraph(graph))
  })
})

/** A snapshot and what it should say, in terms of ranks. */
interface Comparison {
  readonly snapshot: Snapshot
  readonly graph: GraphDescription
  readonly slow: SlowGraph
  /** rank → index. */
  readonly index: readonly number[]
  /** rank → bytes. */
  readonly shallow: readonly number[]
  readonly retained: ReadonlyMap<number, number>
  ranks(indices: Iterable<number>): number[]
}

function compare(snapshot: Snapshot, graph: GraphDescription, slow: SlowGraph) {
  const index = graph.objects.map((_, rank) => snapshot.indexOf(idOf(graph, rank)))
  const rankOf = new Map(index.map((one, rank) => [one, rank]))
  const ranks = (indices: Iterable<number>) => [...indices].map((one) => rankOf.get(one) ?? -1)
  const shallow = shallowSizes(graph)
  const comparison = { snapshot, graph, slow, index, shallow, retained: retainedSizes(slow, shallow), ranks }
  expect(sorted(index)).toEqual(graph.objects.map((_, i) => i + 1))
  expect(snapshot.reachableCount).toBe(slow.reachable.size)
  for (const rank of graph.objects.keys()) {
    compareObject(comparison, rank)
    compareReferences(comparison, rank)
    compareDominator(comparison, rank)
    comparePath(comparison, rank)
  }
  for (const rank of [-1, ...slow.reachable]) compareChildren(comparison, rank)
  compareClasses(comparison)
}

function idOf(graph: GraphDescription, rank: number): bigint {
  return graph.idOf?.(rank) ?? BigInt(rank) * 16n
}

function sorted(list: Iterable<number>): number[] {
  return [...list].toSorted((a, b) => a - b)
}

function shallowSizes(graph: GraphDescription): number[] {
  const { classNumberOfRank, classes, layout } = parsedGraph(graph)
  return graph.objects.map((object, rank) => {
    const stood = classNumberOfRank.get(rank)
    if (stood !== undefined) return classes[stood].classObjectSize
    return shallowSize(classes[object.class ?? 0], object.length ?? 0, layout)
  })
}

function compareObject({ snapshot, graph, slow, index, shallow, retained }: Comparison, rank: number) {
  const i = index[rank]
  const object = graph.objects[rank]
  const isReachable = slow.reachable.has(rank)
  expect(snapshot.idOf(i)).toBe(idOf(graph, rank))
  expect(snapshot.position(i)).toBe(graph.positionOf?.(rank) ?? rank * 40)
  expect(snapshot.classOf(i)).toBe(object.class ?? 0)
  expect(snapshot.lengthOf(i)).toBe(object.length ?? 0)
  expect(i <= snapshot.reachableCount).toBe(isReachable)
  expect(snapshot.shallowSize(i)).toBe(shallow[rank])
  expect(snapshot.retainedSize(i)).toBe(isReachable ? retained.get(rank) : shallow[rank])
  expect(snapshot.isRoot(i)).toBe(graph.roots.includes(rank))
}

function compareReferences({ snapshot, slow, index, ranks }: Comparison, rank: number) {
  const i = index[rank]
  const incoming = sorted(incomingRanks(slow, rank))
  expect(ranks(snapshot.outgoing(i))).toEqual([...slow.references[rank]])
  expect(snapshot.outgoingCount(i)).toBe(slow.references[rank].size)
  expect(ranks(snapshot.outgoing(i, 1, 2))).toEqual([...slow.references[rank]].slice(1, 3))
  expect(sorted(ranks(snapshot.incoming(i)))).toEqual(incoming)
  expect(snapshot.incomingCount(i)).toBe(incoming.length)
  expect(snapshot.incoming(i, 2, 3)).toEqual(snapshot.incoming(i).slice(2, 5))
}

function compareDominator({ snapshot, slow, index, ranks }: Comparison, rank: number) {
  const dominator = snapshot.immediateDominator(index[rank])
  if (!slow.reachable.has(rank)) expect(dominator).toBe(NO_OBJECT)
  else expect(dominator === VIRTUAL_ROOT ? -1 : ranks([dominator])[0]).toBe(slow.dominatorOf.get(rank))
}

function comparePath({ snapshot, slow, index, ranks }: Comparison, rank: number) {
  const parent = snapshot.shortestPathParent(index[rank])
  const distance = slow.distance.get(rank)
  if (distance === undefined) expect(parent).toBe(NO_OBJECT)
  else if (distance === 0) expect(parent).toBe(VIRTUAL_ROOT)
  else {
    const [parentRank] = ranks([parent])
    expect(slow.distance.get(parentRank)).toBe(distance - 1)
    expect(slow.references[parentRank].has(rank)).toBe(true)
  }
}

/** @param above rank, or −1 for the virtual root */
function compareChildren({ snapshot, slow, index, retained, ranks }: Comparison, above: number) {
  const children = [...slow.dominatorOf].filter(([, dominator]) => dominator === above).map(([rank]) => rank)
  const expected = children.toSorted((a, b) => (retained.get(b) ?? 0) - (retained.get(a) ?? 0) || index[a] - index[b])
  const i = above < 0 ? VIRTUAL_ROOT : index[above]
  expect(ranks(snapshot.dominatorChildren(i, 0, 1000))).toEqual(expected)
  expect(snapshot.dominatorChildCount(i)).toBe(expected.length)
  expect(ranks(snapshot.dominatorChildren(i, 2, 3))).toEqual(expected.slice(2, 5))
}

function compareClasses(comparison: Comparison) {
  const { snapshot, graph, slow, shallow, ranks } = comparison
  for (const { number, instances, shallow: bytes, retainedMin, unreachableInstances } of snapshot.classes()) {
    const ofClass = graph.objects.flatMap((object, rank) => ((object.class ?? 0) === number ? [rank] : []))
    const reached = ofClass.filter((rank) => slow.reachable.has(rank))
    expect(instances).toBe(reached.length)
    expect(unreachableInstances).toBe(ofClass.length - reached.length)
    expect(bytes).toBe(reached.reduce((sum, rank) => sum + shallow[rank], 0))
    expect(retainedMin).toBe(minimumRetained(comparison, number))
    expect(sorted(ranks(snapshot.objectsOfClass(number, 0, 1000)))).toEqual(ofClass)
  }
}

function retainedSizes(slow: SlowGraph, shallow: readonly number[]): Map<number, number> {
  const retained = new Map([...slow.reachable].map((rank) => [rank, 0]))
  for (const rank of slow.reachable) {
    for (let above = rank; above >= 0; above = slow.dominatorOf.get(above) ?? -1)
      retained.set(above, (retained.get(above) ?? 0) + shallow[rank])
  }
  return retained
}

function incomingRanks({ references, reachable }: SlowGraph, to: number): number[] {
  const counts = (from: number) => reachable.has(from) || !reachable.has(to)
  return references.flatMap((targets, from) => (targets.has(to) && counts(from) ? [from] : []))
}

function minimumRetained({ graph, slow, retained }: Comparison, number: number): number {
  const classRank = graph.classes?.[number]?.rank ?? -1
  const isInstance = (rank: number) => (graph.objects[rank].class ?? 0) === number
  const belongs = (rank: number) => isInstance(rank) || rank === classRank
  let sum = 0
  for (const rank of slow.reachable) {
    if (!belongs(rank)) continue
    let above = slow.dominatorOf.get(rank) ?? -1
    while (above >= 0 && !belongs(above)) above = slow.dominatorOf.get(above) ?? -1
    const times = isInstance(rank) && rank === classRank ? 2 : 1
    if (above < 0) sum += times * (retained.get(rank) ?? 0)
  }
  return sum
}
