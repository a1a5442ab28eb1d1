import { describe, expect, test } from 'vitest'
import type { JstatSeries } from '@heaptrail/api/jstat'
import { occupancyData, occupancyTicks, unitOf } from './occupancy.ts'
import { collectionsIn, has, legendOf, spacesIn } from './series-list.ts'
import { asMeant, extentOf, intervalsIn } from './use-gc-series.ts'
import { windowText } from './window-sentence.tsx'

const NONE = [null, null]

const series: JstatSeries = {
  axis: 'row',
  timeSource: 'file',
  pace: 'none',
  capacities: 'user',
  rateUnit: 'row',
  spaces: {
    O: { percent: [50, 75], usedKb: [512, 768], capacityKb: [1024, 1024] },
    E: { percent: [100, null], usedKb: null, capacityKb: null },
    S0: { percent: NONE, usedKb: null, capacityKb: null },
  },
  heap: { usedKb: [512, 768], committedKb: [2048, 2048] },
  intervals: {
    from: [1],
    end: 2,
    firstRow: [1],
    lastRow: [2],
    young: [3],
    full: [1],
    concurrent: [null],
    gcSeconds: [0.25],
    gcShare: [null],
    gcSharePeak: [null],
    allocationKb: [0],
    allocationKbPeak: [0],
    promotionKb: [128],
    promotionKbPeak: [256],
  },
  floors: { after: 'full-collections', x: [2], row: [2], percent: [75], kb: [768], trend: null },
  restarts: [],
  x: [1, 2],
  row: [1, 2],
  values: {},
  collections: { young: [null, 3], full: [null, 1], concurrent: NONE },
  rowsInWindow: 2,
}
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

describe('the charts of a log', () => {
  test('show what it tells of, and nothing else', () => {
    expect(names(spacesIn(series))).toEqual(['E', 'O'])
    expect(names(collectionsIn(series))).toEqual(['YGC', 'FGC'])
    expect(has(series, 'promotionKb')).toBe(true)
    expect(has(series, 'allocationKb')).toBe(false)
    const keys = ((key: string) => key) as unknown as Parameters<typeof legendOf>[0]
    expect(names(legendOf(keys, series))).toEqual(['O', 'E', 'floor', 'YGC', 'FGC', 'time', 'promo'])
  })

  test('are in percent unless bytes are known and wanted', () => {
    expect(unitOf(series, 'bytes')).toBe('bytes')
    expect(unitOf({ capacities: 'none' }, 'bytes')).toBe('percent')
    expect(occupancyData(series, 'percent')).toEqual([
      { x: 1, O: 50, E: 100, S0: null },
      { x: 2, O: 75, E: null, S0: null },
    ])
    expect(occupancyData(series, 'bytes')).toEqual([
      { x: 1, O: 512 * 1024 },
      { x: 2, O: 768 * 1024 },
    ])
    expect(occupancyTicks('bytes', series).at(-1)).toBe(2048 * 1024)
  })
})

test('a log of one row has a width, so that its point stands somewhere', () => {
  expect(extentOf({ from: 7, to: 7, rows: 1, axis: 'row' }, false, undefined)).toMatchObject({ from: 6.5, to: 7.5 })
  expect(extentOf({ from: 1, to: 101, rows: 101, axis: 'row' }, false, undefined)).toMatchObject({ least: 5, step: 1 })
  expect(extentOf({ from: 300, to: 360, rows: 601, axis: 'seconds' }, true, 60)).toMatchObject({ from: 0, to: 60 })
})

test('there are never more intervals than rows', () => {
  const extent = { from: 1, to: 101 }
  expect(intervalsIn(extent, extent, 101)).toBe(50)
  expect(intervalsIn(extent, { from: 1, to: 11 }, 101)).toBe(5)
  expect(intervalsIn(extent, extent, 200_000)).toBe(120)
  expect(intervalsIn(extent, { from: 1, to: 1.5 }, 101)).toBe(1)
})

test('the window is told in words', () => {
  const t = ((key: string, values: object = {}) => `${key} ${JSON.stringify(values)}`) as unknown as Parameters<
    typeof windowText
  >[0]
  const words = windowText(t, series)
  expect(words).toContain('gc.window.O {"range":"50–75 %","last":"75 %"}')
  expect(words).toContain('gc.window.E {"range":"100 %","last":"100 %"}')
  expect(words).toContain('gc.window.seconds {"seconds":"0.25"}')
  expect(words).not.toContain('gc.window.share')
})

test('cycles of Shenandoah are not called full collections', () => {
  expect(names(collectionsIn(asMeant(series, { collector: 'shenandoah' })))).toEqual(['YGC', 'CGC'])
  expect(asMeant(series, { collector: 'generational' })).toBe(series)
})
