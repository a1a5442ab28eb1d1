import { seededRandom } from '@heaptrail/fixtures/random'
import { describe, expect, test } from 'vitest'
import { slowGraph } from './testing/brute-force.ts'
import { parsedGraph } from './testing/parsed-graph.ts'
import { randomGraph } from './testing/random-graph.ts'
import { snapshotOf } from './testing/text-graph.ts'
import { chooseUnreachableRoots } from './unreachable-roots.ts'

/** Objects that refer to those ranks; nothing is a root. */
function chosen(references: readonly (readonly number[])[], roots: readonly number[] = []): number[] {
  return [...chooseUnreachableRoots(parsedGraph({ objects: references.map((one) => ({ references: one })), roots }))]
}

describe('what is chosen, as in Eclipse MAT', () => {
  test('what nothing unreachable refers to, not counting itself', () => {
    expect(chosen([[1], [1, 2], []])).toEqual([0])
    expect(chosen([[0, 1], [], []])).toEqual([0, 2])
  })

  test('nothing that a root reaches, nor what only that reaches', () => {
    expect(chosen([[1], [], [1]], [0])).toEqual([2])
    expect(chosen([[1], []], [0])).toEqual([])
  })

  test('one of a pair of objects that only know each other', () => {
    expect(chosen([[1], [0, 2], []])).toEqual([0])
    expect(chosen([[], [2], [1], [1]])).toEqual([0, 3])
  })

  test('in larger cycles those that refer to more than refer to them go first', () => {
    // 0 → 1 → 2 → 0, and 2 refers to eleven others, and 1 to itself twice
    const others = Array.from({ length: 11 }, (_, i) => i + 3)
    expect(chosen([[1], [1, 1, 2], [0, ...others, 1], ...others.map(() => [0])])[0]).toBe(0)
    expect(chosen([[1], [2], [0]])).toEqual([0])
  })
})

test('random graphs: everything is reachable then, and what was reachable stays as it was', () => {
  for (let seed = 0; seed < 200; seed++) {
    const graph = randomGraph(seededRandom(seed))
    const snapshot = snapshotOf({ ...graph, keepUnreachable: true })
    const before = slowGraph(graph).reachable.size
    expect(snapshot.reachableCount, `seed ${seed}`).toBe(graph.objects.length)
    expect(snapshot.meta.unreachable).toEqual({ objects: 0, bytes: 0 })
    const kept = snapshot.roots(0, snapshot.rootCount()).filter(({ type }) => type === 'Unreachable')
    expect(kept.length > 0, `seed ${seed}`).toBe(before < graph.objects.length)
    expect(snapshot.meta.rootsByType.find(({ type }) => type === 'Unreachable')?.objects ?? 0).toBe(kept.length)
    for (const { index } of kept) expect(snapshot.isRoot(index)).toBe(true)
  }
})
