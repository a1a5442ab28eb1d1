import { describe, expect, test } from 'vitest'
import { NO_OBJECT, VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { snapshotOf, snapshotOfText } from './testing/text-graph.ts'

describe('immediate dominators', () => {
  test('what two branches hold together is dominated by where they part', () => {
    //        A
    //       / \
    //      B   C
    //       \ /
    //        D -- E
    expect(snapshotOfText('root -> A\nA -> B C\nB -> D\nC -> D\nD -> E').tree()).toBe('(A(D(E) B C))')
  })

  test('a GC root is dominated by the virtual root, whatever else refers to it', () => {
    //  root --> A --> B --> C
    //     \__________________^
    expect(snapshotOfText('root -> A C\nA -> B\nB -> C').tree()).toBe('(A(B) C)')
  })

  test('the two-headed loop of the paper that needs relative dominators', () => {
    //   root -> R -> A -> D        A, B and C reach each other's children:
    //           R -> B -> A E      all of them end up under R
    //           R -> C -> F
    const graph = snapshotOfText(
      'root -> R\nR -> A B C\nA -> D\nB -> A D E\nC -> F G\nD -> L\nE -> H\nF -> I\nG -> I J\nH -> E K\nI -> K\nJ -> I\nK -> I R\nL -> H',
    )
    const dominatorOf = (name: string) => graph.name(graph.snapshot.immediateDominator(graph.index(name)))
    const found = 'ABCDEFGHIJKL'
      .split('')
      .map((name) => `${name}:${dominatorOf(name)}`)
      .join(' ')
    expect(found).toBe('A:R B:R C:R D:R E:R F:C G:C H:R I:R J:G K:R L:D')
  })

  test('self references and parallel references change nothing', () => {
    expect(snapshotOfText('root -> A A\nA -> A B B\nB -> B C C A\nC -> C B').tree()).toBe('(A(B(C)))')
  })

  test('a cycle that is entered at two places belongs to neither of its objects', () => {
    //  A --> B <--> C <-- D
    expect(snapshotOfText('root -> A D\nA -> B\nB -> C\nC -> B\nD -> C').tree()).toBe('(A B C D)')
  })

  test('one object; no roots; nothing refers to anything', () => {
    expect(snapshotOfText('root -> A').tree()).toBe('(A)')
    expect(snapshotOfText('A -> B').tree()).toBe('')
    expect(snapshotOfText('root -> A B C').tree()).toBe('(A B C)')
  })
})

describe('unreachable objects', () => {
  const graph = snapshotOfText('root -> A\nA -> B\nX -> Y B\nY -> X')

  test('come after the reachable ones, in the order of their ids', () => {
    expect(graph.snapshot.reachableCount).toBe(2)
    expect([3, 4].map(graph.name)).toEqual(['X', 'Y'])
  })

  test('dominate nothing, retain themselves, and have no path to a root', () => {
    const x = graph.index('X')
    expect(graph.snapshot.immediateDominator(x)).toBe(NO_OBJECT)
    expect(graph.snapshot.dominatorChildCount(x)).toBe(0)
    expect(graph.snapshot.retainedSize(x)).toBe(16)
    expect(graph.snapshot.shortestPathParent(x)).toBe(NO_OBJECT)
  })

  test('keep their references, but do not count as referrers of what is alive', () => {
    const namesOf = (indices: Uint32Array) => [...indices].map(graph.name)
    expect(namesOf(graph.snapshot.outgoing(graph.index('X')))).toEqual(['Y', 'B'])
    expect(namesOf(graph.snapshot.incoming(graph.index('B')))).toEqual(['A'])
    expect(namesOf(graph.snapshot.incoming(graph.index('X')))).toEqual(['Y'])
  })
})

describe('shortest paths', () => {
  test('lead to the closest root, not down the depth-first tree', () => {
    //  root -> A -> B -> C -> D     D is also two steps from root: E -> D
    //  root -> E -> D
    const { snapshot, index, name } = snapshotOfText('root -> A E\nA -> B\nB -> C\nC -> D\nE -> D')
    expect(name(snapshot.shortestPathParent(index('D')))).toBe('E')
    expect(snapshot.shortestPathParent(index('E'))).toBe(VIRTUAL_ROOT)
    expect(snapshot.incoming(index('D'))[0]).toBe(index('E'))
  })

  test('run from a class object to an instance when nothing else holds it', () => {
    const objects = [{ references: [1] }, { references: [], class: 1 }, { references: [] }]
    const snapshot = snapshotOf({ objects, roots: [0], classes: [{}, { rank: 2 }] })
    const [instance, classObject] = [snapshot.indexOf(16n), snapshot.indexOf(32n)]
    expect(snapshot.shortestPathParent(classObject)).toBe(instance)
    expect([...snapshot.incoming(classObject)]).toEqual([instance])
    expect([...snapshot.outgoing(instance)]).toEqual([classObject])
    expect(snapshot.immediateDominator(classObject)).toBe(instance)
  })
})

describe('retained sizes', () => {
  const array = { kind: 'primitive-array', elementSize: 8 } as const

  test('add up beyond 2^32 bytes', () => {
    //  root -> A -> three arrays of 2 GiB each
    const long = { references: [], class: 1, length: 2 ** 28 }
    const objects = [{ references: [1, 2, 3] }, long, long, long]
    const snapshot = snapshotOf({ objects, roots: [0], classes: [{}, array] })
    expect(snapshot.retainedSize(snapshot.indexOf(0n))).toBe(16 + 3 * (2 ** 31 + 16))
    expect(snapshot.retainedSize(VIRTUAL_ROOT)).toBe(16 + 3 * (2 ** 31 + 16))
    expect(snapshot.meta.reachable.bytes).toBe(16 + 3 * (2 ** 31 + 16))
  })

  test('add up beyond 2^32 units of 8 bytes, and children are still in order', () => {
    const objects = [
      { references: [1, 2, 3, 4] },
      { references: [], class: 1, length: 2 ** 31 - 16 },
      { references: [], class: 1, length: 2 ** 31 - 8 },
      ...Array.from({ length: 2 }, () => ({ references: [], class: 1, length: 2 ** 31 - 14 })),
    ]
    const snapshot = snapshotOf({ objects, roots: [0], classes: [{}, array] })
    expect(snapshot.retainedSize(VIRTUAL_ROOT)).toBe(16 + 4 * (2 ** 34 + 16) - 4 * 128 + 96)
    const top = snapshot.indexOf(0n)
    expect([...snapshot.dominatorChildren(top, 0, 9)].map((one) => snapshot.idOf(one))).toEqual([32n, 48n, 64n, 16n])
  })

  test('of wide rows: by falling size, equal ones by ascending index', () => {
    const sizes = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 13)
    const objects = [
      { references: sizes.map((_, i) => sizes.length - i) },
      ...sizes.map((length) => ({ references: [], class: 1, length })),
    ]
    const snapshot = snapshotOf({ objects, roots: [0], classes: [{}, array] })
    const expected = sizes
      .map((length, i) => ({ length, index: snapshot.indexOf(BigInt(i + 1) * 16n) }))
      .toSorted((a, b) => b.length - a.length || a.index - b.index)
      .map(({ index }) => index)
    const top = snapshot.indexOf(0n)
    expect(snapshot.dominatorChildCount(top)).toBe(5000)
    const page = (offset: number, limit: number) => [...snapshot.dominatorChildren(top, offset, limit)]
    expect(page(0, 5000)).toEqual(expected)
    expect(page(130, 100)).toEqual(expected.slice(130, 230))
    expect(page(4990, 100)).toEqual(expected.slice(4990))
    expect(page(5000, 10)).toEqual([])
  })
})

describe('shapes that break recursion and quadratic algorithms', () => {
  const SIZE = 200_000

  test('a chain, whose elements an array refers to as well', () => {
    //  root -> list -> 1 -> 2 -> 3 -> …
    //  root -> array -> 3 2 1 …
    const chain = Array.from({ length: SIZE }, (_, i) => ({ references: i + 1 < SIZE ? [i + 1] : [] }))
    const everyOther = Array.from({ length: SIZE / 2 }, (_, i) => SIZE - 2 - 2 * i)
    const objects = [...chain, { references: everyOther }]
    const snapshot = snapshotOf({ objects, roots: [0, SIZE] })
    const dominatorOf = (rank: number) => snapshot.immediateDominator(snapshot.indexOf(BigInt(rank) * 16n))
    expect(dominatorOf(SIZE - 2)).toBe(VIRTUAL_ROOT)
    expect(dominatorOf(SIZE - 1)).toBe(snapshot.indexOf(BigInt(SIZE - 2) * 16n))
  })

  test('a chain alone is retained link by link', () => {
    const objects = Array.from({ length: SIZE }, (_, i) => ({ references: i + 1 < SIZE ? [i + 1] : [] }))
    const snapshot = snapshotOf({ objects, roots: [0] })
    expect(snapshot.retainedSize(1)).toBe(16 * SIZE)
    expect(snapshot.retainedSize(SIZE)).toBe(16)
  })

  test('a star: one array refers to everything, everything to one object', () => {
    const last = SIZE + 1
    const objects = [
      { references: Array.from({ length: SIZE }, (_, i) => i + 1) },
      ...Array.from({ length: SIZE }, () => ({ references: [last] })),
      { references: [] },
    ]
    const snapshot = snapshotOf({ objects, roots: [0] })
    const [hub, shared] = [snapshot.indexOf(0n), snapshot.indexOf(BigInt(last) * 16n)]
    expect(snapshot.dominatorChildCount(hub)).toBe(SIZE + 1)
    expect(snapshot.immediateDominator(shared)).toBe(hub)
    expect(snapshot.incomingCount(shared)).toBe(SIZE)
    expect(snapshot.incoming(shared, SIZE - 3, 10).length).toBe(3)
  })
})
