import { readLog } from '@heaptrail/fixtures/logs'
import { describe, expect, test } from 'vitest'
import { intervalsOf } from './intervals.ts'
import type { JstatLog } from './log.ts'
import { parseJstatLogs } from './parse.ts'
import { heapOf, spacesOf } from './spaces.ts'
import { stepsOf } from './steps.ts'

function parse(input: string | Uint8Array): JstatLog {
  const result = parseJstatLogs(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-jstat') throw new Error(result.message)
  return result.logs[0]!
}

const GC = 'Timestamp S0C S1C S0U S1U EC EU OC OU MC MU CCSC CCSU YGC YGCT FGC FGCT GCT\n'

/** `[uptime, eden used, old used, young, full, seconds of collections]`; eden holds 1000 KB, the old generation 4000. */
function gcLog(rows: readonly (readonly number[])[]): JstatLog {
  const lines = rows.map(
    ([time, eden, old, young, full, seconds]) =>
      `${time}.0 100.0 100.0 0.0 50.0 1000.0 ${eden}.0 4000.0 ${old}.0 90.0 80.0 9.0 8.0 ${young} 0.000 ${full} 0.000 ${seconds!.toFixed(3)}\n`,
  )
  return parse(GC + lines.join(''))
}

const stepsIn = (log: JstatLog) => stepsOf(log, spacesOf(log))

describe('spaces', () => {
  test('-gc tells percentages and KB of each space, and of the heap', () => {
    const spaces = spacesOf(gcLog([[1, 250, 1000, 0, 0, 0]]))
    expect([...spaces.keys()]).toEqual(['S0', 'S1', 'E', 'O', 'M', 'CCS'])
    expect(spaces.get('E')).toMatchObject({ percent: Float64Array.of(25), usedKb: Float64Array.of(250) })
    expect(heapOf(spaces)).toEqual({ usedKb: Float64Array.of(1300), committedKb: Float64Array.of(5200) })
  })

  test('-gcutil tells percentages; KB when somebody knows the capacity', () => {
    const log = parse('S0 S1 E O P YGC YGCT FGC FGCT GCT\n0.00 0.00 50.00 25.00 60.00 1 0.010 0 0.000 0.010\n')
    expect(spacesOf(log).get('O')).toMatchObject({ usedKb: undefined, capacityKb: undefined })
    expect(heapOf(spacesOf(log))).toBeUndefined()
    expect(spacesOf(log, { O: 2000 }).get('O')?.usedKb).toEqual(Float64Array.of(500))
  })

  test('-gccapacity tells how much is committed, not how much is used', () => {
    const spaces = spacesOf(parse(readLog('option-gccapacity.txt')))
    expect(spaces.get('O')?.percent.every(Number.isNaN)).toBe(true)
    expect(heapOf(spaces)?.committedKb[0]).toBeGreaterThan(1000)
    expect(heapOf(spaces)?.usedKb.every(Number.isNaN)).toBe(true)
  })
})

describe('from row to row', () => {
  test('eden that was emptied counts as filled before', () => {
    const { allocated } = stepsIn(
      gcLog([
        [1, 100, 1000, 0, 0, 0],
        [2, 700, 1000, 0, 0, 0],
        [3, 200, 1100, 1, 0, 0],
        [4, 200, 1300, 3, 0, 0],
      ]),
    )
    expect([...allocated]).toEqual([Number.NaN, 600, 500, 2000])
  })

  test('only young collections promote, and a full one hides how much', () => {
    const { promoted } = stepsIn(
      gcLog([
        [1, 100, 1000, 0, 0, 0],
        [2, 200, 1900, 0, 0, 0],
        [3, 100, 2000, 1, 0, 0],
        [4, 100, 500, 2, 1, 0],
      ]),
    )
    expect([...promoted]).toEqual([Number.NaN, 0, 100, Number.NaN])
  })

  test('the time of a long collection is told when it ends, and belongs to the time before', () => {
    const { busy, gcSeconds } = stepsIn(
      gcLog([
        [1, 0, 0, 0, 0, 0],
        [2, 0, 0, 0, 0, 0],
        [3, 0, 0, 0, 0, 0],
        [4, 0, 0, 0, 1, 2.5],
      ]),
    )
    expect([...gcSeconds]).toEqual([Number.NaN, 0, 0, 2.5])
    expect([...busy]).toEqual([Number.NaN, 0.5, 1, 1])
  })

  test('nothing is told across a restart', () => {
    const { young } = stepsIn(
      gcLog([
        [10, 0, 0, 7, 0, 0],
        [11, 0, 0, 9, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [2, 0, 0, 1, 0, 0],
      ]),
    )
    expect([...young]).toEqual([Number.NaN, 2, Number.NaN, 1])
  })

  test('of Shenandoah no share of time is told: its counters are not of pauses alone', () => {
    expect(stepsIn(parse(readLog('shenandoah-17.txt'))).busy.every(Number.isNaN)).toBe(true)
  })
})

describe('intervals', () => {
  test('sums are kept, and so are peaks of single steps', () => {
    const log = gcLog(Array.from({ length: 101 }, (_, row) => [row, 0, row, row, 0, row < 50 ? 0 : 0.5]))
    const intervals = intervalsOf(stepsIn(log), log.x, { first: 0, end: 101 }, 4)
    expect(intervals.from).toEqual([0, 25, 50, 75])
    expect(intervals.young).toEqual([25, 25, 25, 25])
    expect(intervals.gcShare).toEqual([0, 2, 0, 0])
    expect(intervals.gcSharePeak).toEqual([0, 50, 0, 0])
    expect(intervals.promotionKb).toEqual([1, 1, 1, 1])
  })

  test('a window of one row, or of none, has no steps', () => {
    const log = gcLog([
      [1, 0, 0, 0, 0, 0],
      [2, 0, 0, 5, 0, 0],
    ])
    expect(intervalsOf(stepsIn(log), log.x, { first: 1, end: 2 }, 10)).toMatchObject({ from: [2], young: [null] })
    expect(intervalsOf(stepsIn(log), log.x, { first: 2, end: 2 }, 10)).toMatchObject({ from: [] })
  })

  test('however many intervals: no collection is lost, and no share passes 100', () => {
    for (const name of ['leaky-17-t.log', 'leaky-17-parallel-gc-t.log', 'leaky-17-serial-97-t.log']) {
      const log = parse(readLog(name))
      const steps = stepsIn(log)
      for (const wanted of [1, 7, 120, 1000]) {
        const { full, gcSharePeak } = intervalsOf(steps, log.x, { first: 0, end: log.rows }, wanted)
        const counted = full.reduce<number>((sum, count) => sum + (count ?? 0), 0)
        expect(counted).toBe(log.values.FGC!.at(-1)! - log.values.FGC![0]!)
        expect(Math.max(...gcSharePeak.map((share) => share ?? 0))).toBeLessThanOrEqual(100.001)
      }
    }
  })
})
