import { describe, expect, test } from 'vitest'
import { randomFrom } from './testing/random-series.ts'
import { type Points, steadyRise } from './trend.ts'

const SERIES = 500

/** As many series as SERIES, of 8 to 120 points. */
function series(value: (index: number, count: number, noise: () => number) => number): Points[] {
  return Array.from({ length: SERIES }, (_, seed) => {
    const { gauss, integer } = randomFrom(seed + 1)
    const count = integer(8, 120)
    const x = Array.from({ length: count }, (_, index) => index)
    return { x, y: x.map((index) => value(index, count, gauss)) }
  })
}

describe('a steady rise of known slope', () => {
  test.each([
    [30, 0.5],
    [40, 2],
    [60, 3],
  ])('of %i points in all with noise of %d comes back within 10 %%', (rise, spread) => {
    const found = series((index, count, noise) => 20 + (rise * index) / (count - 1) + spread * noise())
    const errors = found.map((points) => {
      const trend = steadyRise(points)
      const known = rise / (points.x.length - 1)
      return trend === undefined ? Infinity : Math.abs(trend.slope / known - 1)
    })
    expect(errors.filter((error) => error <= 0.1).length).toBeGreaterThanOrEqual(0.95 * SERIES)
  })
})

describe('silence', () => {
  test.each<[string, (index: number, count: number, noise: () => number) => number]>([
    ['pure noise', (_index, _count, noise) => 40 + 5 * noise()],
    ['little noise', (_index, _count, noise) => 40 + 0.05 * noise()],
    ['sawtooth', (index, count, noise) => 30 + 40 * ((index / count) * 3 - Math.floor((index / count) * 3)) + noise()],
    ['short sawtooth', (index, _count, noise) => 30 + 8 * (index % 5) + noise()],
    ['step', (index, count, noise) => (index < count / 2 ? 30 : 50) + 2 * noise()],
    ['early step', (index, count, noise) => (index < count / 5 ? 30 : 50) + 2 * noise()],
    ['late step', (index, count, noise) => (index < count * 0.8 ? 30 : 50) + 2 * noise()],
    ['a rise that comes to rest', (index, count, noise) => 20 + 30 * Math.min(1, (index / count) * 2) + noise()],
    ['a fall', (index, count, noise) => 60 - (20 * index) / count + noise()],
  ])('%s', (_name, value) => {
    const alarms = series(value).filter((points) => steadyRise(points) !== undefined)
    expect(alarms.length).toBeLessThanOrEqual(0.01 * SERIES)
  })
})
