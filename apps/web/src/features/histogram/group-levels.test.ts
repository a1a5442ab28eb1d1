import { expect, test } from 'vitest'
import type { HistogramGroupRow, HistogramGroups } from '@heaptrail/api/heap-histogram'
import { groupLines, toggled } from './group-levels.ts'

const SHAPE: Readonly<Record<string, readonly string[]>> = {
  '': ['a.', 'b.'],
  'a.': ['a.c.', '0x1'],
  'a.c.': ['0x2'],
  'b.': ['0x3'],
}

function row(key: string): HistogramGroupRow {
  const figures = { classes: 1, objects: 1, shallow: 16, retained: 16, own: false }
  return { key, name: key, classId: null, loader: null, children: SHAPE[key]?.length ?? 0, ...figures }
}

function page(keys: readonly string[], total = keys.length): HistogramGroups {
  return { total, offset: 0, rows: keys.map(row), sums: { classes: 3, objects: 3, shallow: 48 } }
}

const load = (parent: string | undefined) => page(SHAPE[parent ?? ''] ?? [])
const draw = (open: readonly string[], of: Parameters<typeof groupLines>[1] = load) =>
  groupLines(open, of).lines.map(
    (line) => '.'.repeat(line.level - 1) + (line.kind === 'row' ? line.row.key : line.kind),
  )

test('rows stand below their open row, whatever else is open', () => {
  expect(draw([])).toEqual(['a.', 'b.'])
  expect(draw(['a.c.', 'a.', 'gone.'])).toEqual(['a.', '.a.c.', '..0x2', '.0x1', 'b.'])
  expect(groupLines(['a.'], load).asked).toEqual([undefined, 'a.'])
})

test('what is on its way and what is left out are rows of their own', () => {
  expect(draw(['a.'], (parent) => (parent === undefined ? load(parent) : undefined))).toEqual(['a.', '.pending', 'b.'])
  expect(draw(['b.'], (parent) => (parent === 'b.' ? page(['0x3'], 1500) : load(parent)))).toEqual([
    'a.',
    'b.',
    '.0x3',
    '.more',
  ])
})

test('toggling twice changes nothing', () => {
  expect(toggled(toggled(['x'], 'y'), 'y')).toEqual(['x'])
})
