import { seededRandom } from '@heaptrail/fixtures/random'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { describe, expect, test } from 'vitest'
import { type SlowGraph, slowGraph } from '../graph/testing/brute-force.ts'
import { type GraphDescription, parsedGraph } from '../graph/testing/parsed-graph.ts'
import { randomGraph } from '../graph/testing/random-graph.ts'
import { shallowSize } from '../sizes.ts'
import { buildSnapshot } from './build.ts'
import { openSnapshot } from './open.ts'
import { memorySink } from './sink.ts'
import { NO_OBJECT, type Snapshot, VIRTUAL_ROOT } from './snapshot.ts'

function roundTrip(graph: GraphDescription): Snapshot {
  const sink = memorySink()
  buildSnapshot(parsedGraph(graph), sink)
  return openSnapshot(bytesSource(sink.bytes()))
}

const SEEDS = 300

describe('a random graph, written and read back, agrees with the definitions', () => {
  test.each(Array.from({ length: SEEDS }, (_, seed) => seed))('seed %i', (seed) => {
    const graph = randomGraph(seededRandom(seed))
    compare(roundTrip(graph), graph, slowGraph(graph))
  })
})

function compare(snapshot: Snapshot, graph: GraphDescription, slow: SlowGraph) {
  const ids = graph.objects.map((_, rank) => graph.idOf?.(rank) ?? BigInt(rank) * 16n)
  const index = ids.map((id) => snapshot.indexOf(id))
  const rankOf = new Map(index.map((one, rank) => [one, rank]))
  const ranks = (indices: Iterable<number>) => [...indices].map((one) => rankOf.get(one) ?? -1)
  const sorted = (list: Iterable<number>) => [...list].toSorted((a, b) => a - b)

  expect(sorted(index)).toEqual(graph.objects.map((_, i) => i + 1))
  expect(snapshot.reachableCount).toBe(slow.reachable.size)
  const parsed = parsedGraph(graph)
  const shallow = graph.objects.map((object, rank) => {
    const stood = parsed.classNumberOfRank.get(rank)
    const heapClass = parsed.classes[object.class ?? 0]
    return stood === undefined
      ? shallowSize(heapClass, object.length ?? 0, parsed.layout)
      : parsed.classes[stood].classObjectSize
  })
  const retained = retainedSizes(slow, shallow)
  const incoming = incomingRanks(slow)
  for (const [rank, id] of ids.entries()) {
    const i = index[rank]
    const isReachable = slow.reachable.has(rank)
    expect(snapshot.idOf(i)).toBe(id)
    expect(snapshot.position(i)).toBe(graph.positionOf?.(rank) ?? rank * 40)
    expect(snapshot.classOf(i)).toBe(graph.objects[rank].class ?? 0)
    expect(snapshot.lengthOf(i)).toBe(graph.objects[rank].length ?? 0)
    expect(i <= snapshot.reachableCount).toBe(isReachable)
    expect(snapshot.shallowSize(i)).toBe(shallow[rank])
    expect(snapshot.retainedSize(i)).toBe(isReachable ? retained.get(rank) : shallow[rank])
    expect(ranks(snapshot.outgoing(i))).toEqual([...slow.references[rank]])
    expect(snapshot.outgoingCount(i)).toBe(slow.references[rank].size)
    expect(sorted(ranks(snapshot.incoming(i)))).toEqual(sorted(incoming[rank]))
    expect(snapshot.incomingCount(i)).toBe(incoming[rank].length)
    expect(snapshot.isRoot(i)).toBe(graph.roots.includes(rank))
    const dominator = snapshot.immediateDominator(i)
    expect(dominator === VIRTUAL_ROOT ? -1 : rankOf.get(dominator)).toBe(slow.dominatorOf.get(rank))
    const parent = snapshot.shortestPathParent(i)
    if (!isReachable) expect(parent).toBe(NO_OBJECT)
    else if (parent === VIRTUAL_ROOT) expect(slow.distance.get(rank)).toBe(0)
    else {
      expect(slow.distance.get(rankOf.get(parent) ?? -1)).toBe((slow.distance.get(rank) ?? 0) - 1)
      expect(slow.references[rankOf.get(parent) ?? -1].has(rank)).toBe(true)
    }
  }
  for (const above of [-1, ...slow.reachable]) {
    const children = [...slow.dominatorOf].filter(([, dominator]) => dominator === above).map(([rank]) => rank)
    const expected = children.toSorted((a, b) => (retained.get(b) ?? 0) - (retained.get(a) ?? 0) || a - b)
    const i = above < 0 ? VIRTUAL_ROOT : index[above]
    expect(ranks(snapshot.dominatorChildren(i, 0, 1000))).toEqual(expected)
    expect(snapshot.dominatorChildCount(i)).toBe(expected.length)
    expect(ranks(snapshot.dominatorChildren(i, 2, 3))).toEqual(expected.slice(2, 5))
  }
  for (const { number, instances, shallow: bytes, retainedMin, unreachableInstances } of snapshot.classes()) {
    const ofClass = graph.objects.flatMap((object, rank) => ((object.class ?? 0) === number ? [rank] : []))
    const reached = ofClass.filter((rank) => slow.reachable.has(rank))
    expect(instances).toBe(reached.length)
    expect(unreachableInstances).toBe(ofClass.length - reached.length)
    expect(bytes).toBe(reached.reduce((sum, rank) => sum + shallow[rank], 0))
    expect(retainedMin).toBe(minimumRetained(graph, slow, retained, number))
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

function incomingRanks({ references, reachable }: SlowGraph): number[][] {
  const incoming: number[][] = references.map(() => [])
  for (const [from, targets] of references.entries())
    for (const to of targets) if (reachable.has(from) || !reachable.has(to)) incoming[to].push(from)
  return incoming
}

function minimumRetained(
  graph: GraphDescription,
  slow: SlowGraph,
  retained: Map<number, number>,
  number: number,
): number {
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
