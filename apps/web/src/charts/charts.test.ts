import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tickText, ticksOf } from './axis.ts'
import { dragged } from './brush-gestures.ts'
import { levelsOf } from './evidence-markers.tsx'
import { nearest, neighbour, windowForKey } from './gestures.ts'
import { pathOf } from './marks.tsx'
import { byteTicks, countTicks, decimalTicks } from './scale.ts'
import { moveBy, spanOf, windowAround, windowOf, zoomBy } from './window.ts'

const log = { from: 1, to: 601, least: 5, step: 1 }
const timed = { from: 0.2, to: 60.2, least: 0.5, step: 0.001 }

describe('the window', () => {
  test('is everything when the link says nothing, or nonsense', () => {
    expect(windowOf(log, { from: undefined, to: undefined })).toEqual({ from: 1, to: 601 })
    expect(windowOf(log, { from: 900, to: 950 })).toEqual({ from: 1, to: 601 })
    expect(windowOf(log, { from: 100, to: 9999 })).toEqual({ from: 100, to: 601 })
  })

  test('edges of the extent are left out of the link', () => {
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

  test('around the rows of a finding it leaves some air, within the log', () => {
    expect(windowAround(log, { from: 200, to: 400 })).toEqual({ from: 150, to: 450 })
    expect(windowAround(log, { from: 590, to: 601 }).to).toBe(601)
  })

  test('its edges do not cross when they are dragged', () => {
    expect(dragged(log, 'from', { from: 100, to: 200 }, 500)).toEqual({ from: 200, to: 200 })
    expect(dragged(log, 'to', { from: 100, to: 200 }, -500)).toEqual({ from: 100, to: 100 })
  })

  test('whatever is done, it is wide enough and lies within the extent', () => {
    const position = fc.double({ min: -1000, max: 2000, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(log, timed), position, position, (extent, a, b) => {
        const window = windowOf(extent, spanOf(extent, { from: Math.min(a, b), to: Math.max(a, b) }))
        expect(window.from).toBeGreaterThanOrEqual(extent.from)
        expect(window.to).toBeLessThanOrEqual(extent.to)
        expect(window.to - window.from).toBeGreaterThanOrEqual(extent.least * 0.8)
      }),
    )
  })
})

describe('keys', () => {
  test('zoom and move; others are not taken', () => {
    expect(windowForKey('+', false, log, { from: 1, to: 601 })).toEqual({ from: 151, to: 451 })
    expect(windowForKey('ArrowRight', true, log, { from: 101, to: 201 })).toEqual({ from: 126, to: 226 })
    expect(windowForKey('ArrowRight', false, log, { from: 101, to: 201 })).toBeUndefined()
    expect(windowForKey('0', false, log, { from: 10, to: 20 })).toBe(log)
    expect(windowForKey('x', false, log, { from: 10, to: 20 })).toBeUndefined()
  })

  test('walk from point to point', () => {
    const points = [1, 4, 9]
    expect(neighbour(points, undefined, 1)).toBe(1)
    expect(neighbour(points, undefined, -1)).toBe(9)
    expect(neighbour(points, 4, 1)).toBe(9)
    expect(neighbour(points, 4, -1)).toBe(1)
    expect(neighbour(points, 9, 1)).toBeUndefined()
  })
})

test('the nearest point is that of a slow search', () => {
  const ascending = fc.uniqueArray(fc.integer({ min: -50, max: 50 })).map((list) => list.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(ascending, fc.integer({ min: -60, max: 60 }), (positions, x) => {
      const found = nearest(positions, x)
      if (positions.length === 0) expect(found).toBe(-1)
      else
        expect(Math.abs((positions[found] ?? 0) - x)).toBe(Math.min(...positions.map((other) => Math.abs(other - x))))
    }),
  )
})

describe('ticks', () => {
  test('are round and lie within the window', () => {
    expect(ticksOf({ unit: 'row' }, { from: 1, to: 601 }, 6)).toEqual([100, 200, 300, 400, 500, 600])
    expect(ticksOf({ unit: 'seconds' }, { from: 0.2, to: 60.2 }, 7)).toEqual([10, 20, 30, 40, 50, 60])
    expect(ticksOf({ unit: 'elapsed' }, { from: 0, to: 5400 }, 6)).toEqual([0, 900, 1800, 2700, 3600, 4500, 5400])
    expect(ticksOf({ unit: 'since', origin: 1000 }, { from: 1000, to: 61_000 }, 3)).toEqual([1000, 31_000, 61_000])
  })

  test('say as much as is needed', () => {
    expect(tickText({ unit: 'row' }, 1200, 6000, 'en')).toBe('1,200')
    expect(tickText({ unit: 'seconds' }, 12.5, 60, 'en')).toBe('12.5 s')
    expect(tickText({ unit: 'seconds' }, 3905, 6000, 'en')).toBe('1:05:05')
    expect(tickText({ unit: 'since', origin: 1000 }, 31_000, 60_000, 'en')).toBe('+30 s')
  })

  test('of scales begin at 0 and reach the highest value', () => {
    expect(decimalTicks(93, 4)).toEqual([0, 25, 50, 75, 100])
    expect(decimalTicks(0, 4)).toEqual([0, 1])
    expect(countTicks(1, 2)).toEqual([0, 1])
    expect(countTicks(113, 2)).toEqual([0, 100, 200])
    expect(byteTicks(300 * 2 ** 20, 4)).toEqual([0, 2 ** 27, 2 ** 28, 3 * 2 ** 27])
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (highest, count) => {
          for (const ticks of [decimalTicks(highest, count), byteTicks(highest, count)]) {
            expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-6))
            expect(ticks.length).toBeLessThanOrEqual(count + 1)
          }
        },
      ),
    )
  })
})

test('a line is interrupted where a value is unknown', () => {
  expect(pathOf([{ x: 0, y: 1 }, { x: 1, y: 2 }, undefined, { x: 3, y: 4 }])).toBe('M0.0,1.0L1.0,2.0M3.0,4.0')
})

test('markers that stand close do not cover each other', () => {
  expect(levelsOf([0.1, 0.11, 0.115, 0.5])).toEqual([0, 1, 2, 0])
})
