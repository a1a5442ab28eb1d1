import { expect, test } from 'vitest'
import { type Worth, byWorth, sideBySide, tellsWhoFillsHeap } from './finding-order.ts'

const worth = (of: Partial<Worth>): Worth => ({
  severity: 'warning',
  from: 'text',
  seconds: 0,
  bytes: 0,
  time: undefined,
  ...of,
})

test('the gravest first, then dumps, then what took most seconds and bytes, then what began first', () => {
  const inOrder = [
    worth({ severity: 'critical', from: 'dump', bytes: 1 }),
    worth({ severity: 'critical', seconds: 90, time: 7 }),
    worth({ severity: 'critical', seconds: 3, time: 1 }),
    worth({ from: 'dump', bytes: 50 }),
    worth({ from: 'dump', bytes: 40 }),
    worth({ seconds: 5 }),
    worth({ bytes: 900 }),
    worth({ time: 1 }),
    worth({ time: 2 }),
    worth({}),
    worth({ severity: 'info', from: 'dump', bytes: 1e9 }),
  ]
  expect(inOrder.toReversed().toSorted(byWorth)).toEqual(inOrder)
})

test('who fills the heap and the log of the full heap stand side by side, where the first of them stood', () => {
  expect(sideBySide(['holder', 'another', 'classes', 'full', 'note'], 'holder', 'full')).toEqual([
    'holder',
    'full',
    'another',
    'classes',
    'note',
  ])
  expect(sideBySide(['classes', 'full', 'another', 'holder'], 'holder', 'full')).toEqual([
    'classes',
    'full',
    'holder',
    'another',
  ])
  expect(sideBySide(['classes', 'full'], undefined, 'full')).toEqual(['classes', 'full'])
})

test('memory outside the heap does not fill the heap', () => {
  const used = { used: 5e8, limit: 5e8, buffers: 1, asked: 1, held: 0, culprit: null, path: [] }
  expect(tellsWhoFillsHeap({ id: 'direct-memory', severity: 'warning', parameters: used })).toBe(false)
})
