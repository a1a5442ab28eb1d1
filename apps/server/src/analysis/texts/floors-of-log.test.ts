import { expect, test } from 'vitest'
import { floorsInWindow } from './floors-of-log.ts'

const rows = Array.from({ length: 1000 }, (_, index) => index * 2)
const percent = rows.map((row) => ({ 1554: 99, 246: 1 })[row] ?? 40 + (row % 7))
const floors = { after: 'full-collections', rows, percent, trend: undefined } as const
const x = Float64Array.from({ length: 2000 }, (_, row) => row / 10)

test('of many floors the lowest and the highest stay, in their order', () => {
  const shown = floorsInWindow(floors, x, { first: 0, end: 2000 }, undefined, 50)
  expect(shown?.percent.length).toBeLessThanOrEqual(50)
  expect(shown?.percent).toContain(99)
  expect(shown?.percent).toContain(1)
  expect(shown?.row).toEqual(shown?.row.toSorted((a, b) => a - b))
  expect(shown?.x[0]).toBeCloseTo(((shown?.row[0] ?? 0) - 1) / 10)
})

test('a window has its own floors, or none', () => {
  expect(floorsInWindow(floors, x, { first: 100, end: 105 }, undefined, 50)?.row).toEqual([101, 103, 105])
  expect(floorsInWindow(floors, x, { first: 101, end: 102 }, undefined, 50)).toBeNull()
})
