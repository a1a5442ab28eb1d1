import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JstatRow, JstatSeries } from '@heaptrail/api/jstat'
import { dragged } from './brush-gestures.ts'
import { windowForKey } from './chart-gestures.ts'
import { chartPoints, nearestRow } from './chart-points.ts'
import { generationsIn, legendOf } from './columns.ts'
import { logEnd } from './log-end.ts'
import { moveBy, spanOf, windowOf, zoomBy } from './zoom.ts'

const log = { from: 1, to: 601, rows: 601, axis: 'row' } as const
const timed = { from: 0.2, to: 60.2, rows: 601, axis: 'seconds' } as const

describe('the window', () => {
  test('is the whole log when the link says nothing, or nonsense', () => {
    expect(windowOf(log, { from: undefined, to: undefined })).toEqual({ from: 1, to: 601 })
    expect(windowOf(log, { from: 900, to: 950 })).toEqual({ from: 1, to: 601 })
    expect(windowOf(log, { from: 100, to: 9999 })).toEqual({ from: 100, to: 601 })
  })

  test('edges of the log are left out of the link', () => {
    expect(spanOf(log, { from: 1, to: 300.4 })).toEqual({ from: undefined, to: 300 })
    expect(spanOf(timed, { from: 12.34567, to: 60.2 })).toEqual({ from: 12.346, to: undefined })
  })

  test('zooming in and out again comes back', () => {
    const inside = zoomBy({ from: 1, to: 601 }, 0.5)
    expect(inside).toEqual({ from: 151, to: 451 })
    expect(zoomBy(inside, 2)).toEqual({ from: 1, to: 601 })
  })

  test('moving stops at the ends', () => {
    expect(moveBy(log, { from: 1, to: 101 }, -0.5)).toEqual({ from: 1, to: 101 })
    expect(moveBy(log, { from: 501, to: 601 }, 0.5)).toEqual({ from: 501, to: 601 })
  })

  test('keys zoom and move; others are not taken', () => {
    expect(windowForKey('+', log, { from: 1, to: 601 })).toEqual({ from: 151, to: 451 })
    expect(windowForKey('0', log, { from: 10, to: 20 })).toBe(log)
    expect(windowForKey('x', log, { from: 10, to: 20 })).toBeUndefined()
  })

  test('its edges do not cross when they are dragged', () => {
    expect(dragged(log, 'from', { from: 100, to: 200 }, 500)).toEqual({ from: 200, to: 200 })
    expect(dragged(log, 'to', { from: 100, to: 200 }, -500)).toEqual({ from: 100, to: 100 })
  })

  test('whatever is done, it keeps some rows and lies within the log', () => {
    const position = fc.double({ min: -1000, max: 2000, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(log, timed), position, position, (extent, a, b) => {
        const window = windowOf(extent, spanOf(extent, { from: Math.min(a, b), to: Math.max(a, b) }))
        const rowWidth = (extent.to - extent.from) / (extent.rows - 1)
        expect(window.from).toBeGreaterThanOrEqual(extent.from)
        expect(window.to).toBeLessThanOrEqual(extent.to)
        expect(window.to - window.from).toBeGreaterThan(rowWidth)
      }),
    )
  })
})

function row(number: number, values: Record<string, number | null>): JstatRow {
  return { row: number, line: number + 1, x: number / 10, values, texts: {} }
}

describe('the end of the log', () => {
  const full = Array.from({ length: 30 }, (_, index) =>
    row(index + 1, { E: 100, O: 99.98, FGC: 640 + index, FGCT: 20 + index * 0.095 }),
  )

  test('says how full the generations are and how the collections rise', () => {
    const end = logEnd(full, 'seconds', [])
    expect(end).toMatchObject({
      rows: 20,
      old: { low: 99.98, high: 99.98 },
      eden: { low: 100, high: 100 },
      full: { from: 650, to: 669 },
    })
    expect(end?.fullTime?.seconds).toBeCloseTo(1.805)
    expect(end?.fullTime?.of).toBeCloseTo(1.9)
  })

  test('invents no time where the log has no clock', () => {
    expect(logEnd(full, 'row', [])?.fullTime).toBeUndefined()
  })

  test('counts nothing from before a restart', () => {
    expect(logEnd(full, 'row', [25])).toMatchObject({ rows: 6, full: { from: 664, to: 669 } })
  })

  test('says nothing of columns that the JVM left empty', () => {
    const zgc = [row(1, { E: null, O: 40, FGC: null, FGCT: null }), row(2, { E: null, O: 41, FGC: null, FGCT: null })]
    expect(logEnd(zgc, 'row', [])).toEqual({
      rows: 2,
      old: { low: 40, high: 41 },
      eden: undefined,
      full: undefined,
      fullTime: undefined,
    })
    expect(logEnd([], 'row', [])).toBeUndefined()
  })
})

const NO_FIGURES = {
  timeSource: 'file',
  pace: 'none',
  capacities: 'none',
  rateUnit: 'row',
  spaces: {},
  heap: null,
  floors: null,
  restarts: [],
  intervals: {
    from: [],
    end: 2,
    firstRow: [],
    lastRow: [],
    young: [],
    full: [],
    concurrent: [],
    gcSeconds: [],
    gcShare: [],
    gcSharePeak: [],
    allocationKb: [],
    allocationKbPeak: [],
    promotionKb: [],
    promotionKbPeak: [],
  },
} satisfies Partial<JstatSeries>

test('points carry their row, their values, and collections only where there were some', () => {
  const points = chartPoints({
    ...NO_FIGURES,
    axis: 'row',
    x: [1, 2],
    row: [1, 2],
    values: { O: [50, null], YGC: [7, 8] },
    collections: { young: [null, 1], full: [0, 2], concurrent: [null, null] },
    rowsInWindow: 2,
  })
  expect(points).toEqual([
    { x: 1, row: 1, O: 50, YGC: null, FGC: null, CGC: null },
    { x: 2, row: 2, O: null, YGC: 1, FGC: 2, CGC: null },
  ])
  expect(nearestRow(points, 1.7)).toBe(2)
  expect(nearestRow([], 1.7)).toBeUndefined()
})

test('a log of JDK 6 has a permanent generation, a new one metaspace', () => {
  expect(generationsIn(['S0', 'S1', 'E', 'O', 'P', 'YGC']).map(({ name }) => name)).toEqual(['P', 'S0', 'S1', 'E', 'O'])
  expect(legendOf(['E', 'O', 'M', 'CCS', 'YGC', 'FGC']).map(({ name }) => name)).toEqual([
    'O',
    'E',
    'M',
    'CCS',
    'YGC',
    'FGC',
  ])
})
