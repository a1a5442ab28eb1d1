import { readLog } from '@heaptrail/fixtures/logs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JstatLog } from './log.ts'
import { parseJstatLogs } from './parse.ts'
import { jstatSeries } from './series.ts'
import { jstatSummary } from './summary.ts'
import { jstatRows } from './window.ts'

function parse(input: string | Uint8Array): JstatLog {
  const result = parseJstatLogs(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-jstat') throw new Error(result.message)
  return result.logs[0]!
}

const HEADER = 'S0 S1 E O P YGC YGCT FGC FGCT GCT\n'

/** A log in which only the old generation, the young and the full collections differ. */
function logOf(samples: readonly (readonly [old: number, young: number, full: number])[]): JstatLog {
  return parse(
    HEADER + samples.map(([old, young, full]) => `0.0 0.0 50.0 ${old} 60.0 ${young} 0.0 ${full} 0.0 0.000\n`).join(''),
  )
}

const leaky = parse(readLog('leaky-17-serial.log'))

describe('series', () => {
  test('a short log is drawn sample by sample', () => {
    const series = jstatSeries(
      logOf([
        [10, 1, 0],
        [20, 3, 0],
        [30, 3, 2],
      ]),
      { points: 100 },
    )
    expect(series).toMatchObject({
      x: [1, 2, 3],
      row: [1, 2, 3],
      rowsInWindow: 3,
      collections: { young: [null, 2, 0], full: [null, 0, 2], concurrent: [null, null, null] },
    })
    expect(series.values.O).toEqual([10, 20, 30])
  })

  test('a restart breaks the count of collections, also between two points', () => {
    const samples: [number, number, number][] = [
      [10, 100, 7],
      [11, 101, 7],
      [12, 1, 0],
      [13, 4, 0],
    ]
    expect(jstatSeries(logOf(samples), { points: 100 }).collections.young).toEqual([null, 1, null, 3])
  })

  test('what the JVM does not know is null', () => {
    const series = jstatSeries(parse(readLog('zgc-25-t.txt')), { points: 100 })
    expect(new Set(series.values.S0)).toEqual(new Set([null]))
    expect(new Set(series.collections.full)).toEqual(new Set([null]))
    expect(series.collections.concurrent.slice(1).every((count) => count !== null && count >= 0)).toBe(true)
  })

  test('a window takes the rows between two positions, both included', () => {
    expect(jstatSeries(leaky, { from: 100, to: 200, points: 1000 })).toMatchObject({ rowsInWindow: 101 })
    const seconds = parse(readLog('leaky-17-t.log'))
    const series = jstatSeries(seconds, { from: 10, to: 20, points: 1000 })
    expect(series.x.length).toBeGreaterThan(5)
    expect(series.x.every((x) => x >= 10 && x <= 20)).toBe(true)
    expect(jstatSeries(leaky, { from: 7000, points: 10 })).toMatchObject({ x: [], rowsInWindow: 0 })
    expect(jstatSeries(leaky, { from: 20, to: 10, points: 10 })).toMatchObject({ x: [], rowsInWindow: 0 })
  })

  test('however few points: no peak, no trough and no collection is lost', () => {
    const log = fc.array(fc.tuple(fc.nat(100), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 400 }).map((steps) => {
      let young = 0
      let full = 0
      return logOf(steps.map(([old, moreYoung, moreFull]) => [old, (young += moreYoung), (full += moreFull)]))
    })
    fc.assert(
      fc.property(log, fc.integer({ min: 12, max: 200 }), (parsed, points) => {
        const series = jstatSeries(parsed, { points })
        const old = [...parsed.values.O!]
        expect(series.x.length).toBeLessThanOrEqual(points)
        expect([series.row[0], series.row.at(-1)]).toEqual([1, parsed.rows])
        expect(Math.max(...(series.values.O as number[]))).toBe(Math.max(...old))
        expect(Math.min(...(series.values.O as number[]))).toBe(Math.min(...old))
        const drawn = series.collections.full.slice(1).reduce<number>((sum, count) => sum + count!, 0)
        expect(drawn).toBe(parsed.values.FGC!.at(-1)! - parsed.values.FGC![0]!)
      }),
      { numRuns: 50 },
    )
  })

  test('a long log becomes a drawable one whose points are samples', () => {
    const text = new TextDecoder().decode(readLog('leaky-17-serial.log')).replace(/^.*\n/, '')
    const header = 'S0 S1 E O M CCS YGC YGCT FGC FGCT CGC CGCT GCT\n'
    const long = parse(header + text.repeat(100))
    const series = jstatSeries(long, { points: 1500 })
    expect(series.rowsInWindow).toBe(60_000)
    expect(series.x.length).toBeGreaterThan(500)
    expect(series.x.length).toBeLessThanOrEqual(1500)
    for (const [point, row] of series.row.entries()) expect(series.values.E?.[point]).toBe(long.values.E?.[row - 1])
    expect(jstatSummary(long).restarts).toHaveLength(99)
  })
})

describe('rows', () => {
  test('a page of a window, with line numbers of the file', () => {
    const page = jstatRows(leaky, { from: 592, offset: 1, limit: 2 })
    expect(page.total).toBe(9)
    expect(page.rows).toMatchObject([
      { row: 593, line: 594, x: 593, values: { O: 100, CGC: null } },
      { row: 594, line: 595, x: 594, values: { E: 100 } },
    ])
  })

  test('behind the end there is nothing', () => {
    expect(jstatRows(leaky, { offset: 600, limit: 100 })).toEqual({ total: 600, offset: 600, rows: [] })
  })
})

test('the summary says what a page must know first', () => {
  expect(jstatSummary(parse(readLog('leaky-17-prompt.txt')))).toMatchObject({
    axis: 'row',
    rows: 10,
    from: 1,
    to: 10,
    skippedTotal: 1,
    skipped: [{ line: 1 }],
    restarts: [],
  })
})
