import { expect, test, vi } from 'vitest'
import { treeAttributes, treeKey, type GridTree } from './grid-tree.ts'

interface Row {
  readonly level: number
  readonly open?: boolean
}

/*  ▾ 0
      ▸ 1
      ▾ 2
          3
    ▸ 4   */
const ROWS: readonly Row[] = [
  { level: 1, open: true },
  { level: 2, open: false },
  { level: 2, open: true },
  { level: 3 },
  { level: 1, open: false },
]

function press(key: string, index: number) {
  const onToggle = vi.fn<(row: Row) => void>()
  const onActivate = vi.fn<(index: number) => void>()
  const tree: GridTree<Row> = { levelOf: ({ level }) => level, isOpen: ({ open }) => open, onToggle }
  const taken = treeKey({ tree, rowAt: (at) => ROWS[at], onActivate }, { key }, index)
  return { taken, toggled: onToggle.mock.calls.map(([row]) => ROWS.indexOf(row)), went: onActivate.mock.calls.flat() }
}

test.each([
  ['ArrowRight', 1, { taken: true, toggled: [1], went: [] }],
  ['ArrowRight', 0, { taken: true, toggled: [], went: [1] }],
  ['ArrowRight', 3, { taken: true, toggled: [], went: [] }],
  ['ArrowLeft', 2, { taken: true, toggled: [2], went: [] }],
  ['ArrowLeft', 3, { taken: true, toggled: [], went: [2] }],
  ['ArrowLeft', 1, { taken: true, toggled: [], went: [0] }],
  ['ArrowLeft', 4, { taken: true, toggled: [], went: [4] }],
  ['ArrowDown', 1, { taken: false, toggled: [], went: [] }],
  ['ArrowRight', 9, { taken: false, toggled: [], went: [] }],
])('%s on row %i', (key, index, result) => {
  expect(press(key, index)).toEqual(result)
})

test('a row says its level and, when something is below it, whether it is open', () => {
  const tree: GridTree<Row> = { levelOf: ({ level }) => level, isOpen: ({ open }) => open, onToggle: () => undefined }
  expect(ROWS.slice(1, 4).map((row) => treeAttributes(tree, row))).toEqual([
    { 'aria-level': 2, 'aria-expanded': false },
    { 'aria-level': 2, 'aria-expanded': true },
    { 'aria-level': 3 },
  ])
})
