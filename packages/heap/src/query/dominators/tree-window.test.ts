import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TreeLevel, rowsIn, treeWindow } from './tree-window.ts'

interface Node {
  readonly name: string
  readonly below: readonly Node[]
}

function levelOf(nodes: readonly Node[]): TreeLevel<string> {
  return {
    count: nodes.length,
    row: (at) => nodes[at].name,
    open: nodes.flatMap(({ below }, at) => (below.length === 0 ? [] : [{ at, below: levelOf(below) }])),
  }
}

function flat(nodes: readonly Node[]): string[] {
  return nodes.flatMap(({ name, below }) => [name, ...flat(below)])
}

const nodes = fc.letrec<{ nodes: Node[] }>((tie) => ({
  nodes: fc.array(
    fc.record({ name: fc.string({ maxLength: 3 }), below: fc.oneof({ maxDepth: 3 }, fc.constant([]), tie('nodes')) }),
    { maxLength: 5 },
  ),
})).nodes

test('every window of a tree is that part of its rows in order', () => {
  fc.assert(
    fc.property(nodes, fc.nat(12), fc.integer({ min: 1, max: 8 }), (tree, offset, limit) => {
      const level = levelOf(tree)
      expect(rowsIn(level)).toBe(flat(tree).length)
      expect(treeWindow(level, offset, limit)).toEqual(flat(tree).slice(offset, offset + limit))
    }),
  )
})

test('rows outside of the window are not made', () => {
  const made: number[] = []
  const level = (count: number, open: TreeLevel<number>['open']): TreeLevel<number> => ({
    count,
    row(at) {
      made.push(at)
      return at
    },
    open,
  })
  const tree = level(1_000_000, [{ at: 10, below: level(2_000_000, []) }])
  expect(treeWindow(tree, 2_000_005, 8)).toEqual([
    1_999_994, 1_999_995, 1_999_996, 1_999_997, 1_999_998, 1_999_999, 11, 12,
  ])
  expect(made).toHaveLength(8)
})
