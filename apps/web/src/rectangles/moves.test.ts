import { expect, test } from 'vitest'
import { treemapLayout } from './layout.ts'
import { moveTo } from './moves.ts'
import { weighedTree } from './weighed-tree.ts'

/*  0 ─┬─ 1 ─┬─ 3
       │     └─ 4
       ├─ 2
       └─ 5 (too small to be seen) */
const tree = weighedTree([-1, 0, 0, 1, 1, 0], [1e6, 6e5, 4e5 - 2, 3e5, 2e5, 1])
const layout = treemapLayout(tree, 0, { width: 300, height: 200 })
const walk = (from: number | undefined, ...keys: string[]) =>
  keys.reduce((at, key) => moveTo(tree, layout, at, key) ?? at, from)

test('left and right go along siblings, down to the heaviest child, up to the parent', () => {
  expect(walk(undefined, 'ArrowRight')).toBe(1)
  expect(walk(1, 'ArrowRight')).toBe(2)
  expect(walk(2, 'ArrowLeft')).toBe(1)
  expect(walk(1, 'ArrowDown', 'ArrowRight')).toBe(4)
  expect(walk(4, 'ArrowUp')).toBe(1)
  expect(walk(1, 'ArrowUp')).toBe(0)
  expect(walk(1, 'End', 'Home')).toBe(1)
})

test('what is not in the picture is not walked to, and other keys are no moves', () => {
  expect(walk(2, 'ArrowRight')).toBe(2)
  expect(walk(0, 'ArrowUp')).toBe(0)
  expect(walk(5, 'ArrowDown')).toBe(1)
  expect(moveTo(tree, layout, 1, 'a')).toBeUndefined()
  expect(moveTo(tree, layout, undefined, 'Enter')).toBeUndefined()
})

test('without children, down goes on to the next sibling, as in a list', () => {
  const list = weighedTree([-1, 0, 0], [10, 5, 5])
  const flat = treemapLayout(list, 0, { width: 300, height: 200 }, true)
  expect(moveTo(list, flat, 1, 'ArrowDown')).toBe(2)
})
