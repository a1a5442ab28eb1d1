import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ICICLE_ROW, icicleLayout, rectangleAt, rectangleOf, treemapLayout, type Layout } from './layout.ts'
import { childrenOf, wayTo, weighedTree } from './weighed-tree.ts'

const SIZE = { width: 600, height: 400 }

function area(layout: Layout, node: number): number {
  const rectangle = rectangleOf(layout, node)
  return rectangle === -1 ? 0 : layout.width[rectangle]! * layout.height[rectangle]!
}

/** The root, and a tree below it whose children weigh less than their parent. */
const trees = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 9 })), { maxLength: 300 }).map((made) => {
  const parent = [-1]
  const weight = [1e6]
  const left = [1e6]
  for (const [above, share] of made) {
    const to = above % parent.length
    const own = Math.floor((left[to]! * share) / 10)
    left[to]! -= own
    parent.push(to)
    weight.push(own)
    left.push(own)
  }
  // Siblings by falling weight: children come in the order of their numbers.
  const order = weight.map((_, node) => node).toSorted((a, b) => weight[b]! - weight[a]! || a - b)
  const place = new Map(order.map((node, index) => [node, index]))
  return weighedTree(
    order.map((node) => (node === 0 ? -1 : place.get(parent[node]!)!)),
    order.map((node) => weight[node]!),
  )
})

describe('a weighed tree', () => {
  test('knows the children of each node and the way down to it', () => {
    const tree = weighedTree([-1, 0, 1, 0, 1], [10, 6, 4, 3, 1])
    expect([...childrenOf(tree, 0)]).toEqual([1, 3])
    expect([...childrenOf(tree, 1)]).toEqual([2, 4])
    expect([...childrenOf(tree, 4)]).toEqual([])
    expect(wayTo(tree, 4)).toEqual([0, 1, 4])
  })
})

describe('a treemap', () => {
  test('gives areas in the ratio of the weights, as near to squares as may be, and leaves free what is not shown', () => {
    // The example of the paper: 6, 6, 4, 3, 2, 2, 1 in 6 × 4, a hundred times as large.
    const tree = weighedTree([-1, 0, 0, 0, 0, 0, 0, 0], [24, 6, 6, 4, 3, 2, 2, 1])
    const layout = treemapLayout(tree, 0, SIZE, true)
    const sides = Array.from({ length: 7 }, (_, child) => {
      const at = rectangleOf(layout, child + 1)
      return [layout.x[at], layout.y[at], layout.width[at], layout.height[at]].map((side) => Math.round(side!))
    })
    expect(sides).toEqual([
      [0, 0, 300, 200],
      [0, 200, 300, 200],
      [300, 0, 171, 233],
      [471, 0, 129, 233],
      [300, 233, 120, 167],
      [420, 233, 120, 167],
      [540, 233, 60, 167],
    ])
    const half = treemapLayout(weighedTree([-1, 0], [24, 12]), 0, SIZE, true)
    expect(area(half, 1)).toBeCloseTo(SIZE.width * SIZE.height * 0.5, 0)
  })

  test('draws the sum of what is left out behind its siblings, as large as its share, where there is room for words', () => {
    const sum = treemapLayout(weighedTree([-1, 0, 0], [24, 6, 15], 1), 0, SIZE, true)
    expect(area(sum, 1)).toBeCloseTo((SIZE.width * SIZE.height * 6) / 24)
    expect(area(sum, 2)).toBeCloseTo((SIZE.width * SIZE.height * 15) / 24)
    expect(area(treemapLayout(weighedTree([-1, 0, 0], [1000, 990, 1], 1), 0, SIZE, true), 2)).toBe(0)
    expect(area(icicleLayout(weighedTree([-1, 0, 0], [24, 6, 15], 1), 0, SIZE), 2)).toBeCloseTo(375 * ICICLE_ROW)
    expect(area(icicleLayout(weighedTree([-1, 0, 0], [1000, 950, 50], 1), 0, SIZE), 2)).toBe(0)
  })

  test('has nothing in it that could not be seen, however many children there are', () => {
    const many = 300_000
    const parent = new Int32Array(many + 1)
    parent[0] = -1
    const weight = new Float64Array(many + 1).fill(1)
    weight[0] = many
    const dust = treemapLayout(weighedTree(parent, weight), 0, SIZE)
    expect(dust.count).toBe(1)
    weight[1] = many
    weight[0] = 2 * many
    expect(treemapLayout(weighedTree(parent, weight), 0, SIZE).count).toBe(2)
  })

  test('ends when a line of half a million objects, each in the one before, is too small to be seen', () => {
    const parent = Int32Array.from({ length: 500_000 }, (_, node) => node - 1)
    const weight = new Float64Array(500_000).fill(1000)
    const layout = treemapLayout(weighedTree(parent, weight), 0, SIZE)
    expect(layout.count).toBeGreaterThan(10)
    expect(layout.count).toBeLessThan(200)
  })

  test('lays children within their parents and beside each other, and finds each at its place', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const layout = treemapLayout(tree, 0, SIZE)
        for (let at = 1; at < layout.count; at++) {
          const above = rectangleOf(layout, tree.parent[layout.node[at]!])
          expect(above).toBeLessThan(at)
          expectInside(layout, at, above)
          const hit = rectangleAt(
            layout,
            layout.x[at]! + layout.width[at]! - 0.2,
            layout.y[at]! + layout.height[at]! - 0.2,
          )
          // The last corner of a rectangle is its own or belongs to something in it, never to a sibling.
          expect(wayTo(tree, layout.node[hit]!)).toContain(layout.node[at])
        }
      }),
      { numRuns: 60 },
    )
  })
})

function expectInside(layout: Layout, at: number, above: number): void {
  const slack = 0.01
  expect(layout.x[at]).toBeGreaterThanOrEqual(layout.x[above]! - slack)
  expect(layout.y[at]).toBeGreaterThanOrEqual(layout.y[above]! - slack)
  expect(layout.x[at]! + layout.width[at]!).toBeLessThanOrEqual(layout.x[above]! + layout.width[above]! + slack)
  expect(layout.y[at]! + layout.height[at]!).toBeLessThanOrEqual(layout.y[above]! + layout.height[above]! + slack)
}

describe('an icicle', () => {
  test('sets children below their parent, as wide as their share, as far as the picture goes', () => {
    const tree = weighedTree([-1, 0, 0, 1], [100, 50, 25, 25])
    const layout = icicleLayout(tree, 0, SIZE)
    const rows = [0, 1, 2, 3].map((node) => {
      const at = rectangleOf(layout, node)
      return [layout.x[at], layout.y[at], layout.width[at], layout.depth[at]]
    })
    expect(rows).toEqual([
      [0, 0, 600, 0],
      [0, ICICLE_ROW, 300, 1],
      [300, ICICLE_ROW, 150, 1],
      [0, 2 * ICICLE_ROW, 150, 2],
    ])
    expect(icicleLayout(tree, 0, { width: 600, height: 2 * ICICLE_ROW }).count).toBe(3)
    expect(icicleLayout(tree, 1, SIZE).count).toBe(2)
  })
})
