import { expect, test } from 'vitest'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import { floorsInWindow, floorsOfLog } from './floors-of-log.ts'

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

test('a floor and the line of a trend stand where the chart shows the old generation, also when its size changes', () => {
  const header = 'Timestamp S0C S1C S0U S1U EC EU OC OU MC MU CCSC CCSU YGC YGCT FGC FGCT GCT'
  // After every full collection 10 KB more are kept, and the old generation has twice of that.
  const lines = Array.from({ length: 400 }, (_, row) => {
    const full = Math.floor(row / 10)
    const used = 100 + 10 * full + (row % 10)
    return `${row}.0 1.0 1.0 0.0 0.5 10.0 ${row % 10}.0 ${2 * used}.0 ${used}.0 9.0 8.0 2.0 1.0 ${row} ${(row / 100).toFixed(3)} ${full} ${(full / 100).toFixed(3)} ${((row + full) / 100).toFixed(3)}`
  })
  const parsed = parseJstatLogs(new TextEncoder().encode(`${header}\n${lines.join('\n')}\n`))
  const log = parsed.kind === 'jstat-logs' ? parsed.logs[0] : undefined
  const { percent: shown, trend } = floorsOfLog(log!, new Float64Array(400).fill(50))
  expect(new Set(shown)).toEqual(new Set([50]))
  expect([trend?.from, trend?.to].map((value) => Math.round(value ?? 0))).toEqual([50, 50])
})
