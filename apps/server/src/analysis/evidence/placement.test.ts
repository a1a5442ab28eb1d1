import type { Reading } from '@heaptrail/api/text-parts'
import { describe, expect, test } from 'vitest'
import type { LogFacts, TextMoment } from '../texts/text-facts.ts'
import { capacitiesFor } from './capacities.ts'
import { placedTime } from './placement.ts'

const DUMP = Date.UTC(2014, 6, 1, 12, 0, 0)
const UPLOAD = Date.UTC(2024, 0, 1)
const anchors = { dump: DUMP, upload: UPLOAD }
const SAID: Reading = { part: 0, startedAt: null, secondsPerRow: null, maxHeapBytes: null, youngBytes: null }

/** A log of 101 rows. */
function moment(told: Partial<TextMoment> = {}): TextMoment {
  return { stamp: undefined, seconds: undefined, steps: 100, intervalSeconds: undefined, ...told }
}

describe('a log stands', () => {
  test('where its own times say, whatever a person says', () => {
    const stamp = { kind: 'instant', milliseconds: DUMP - 60_000 } as const
    const said = { ...SAID, startedAt: '2020-01-01T00:00:00Z' }
    expect(placedTime(moment({ stamp, seconds: 50 }), said, anchors)).toEqual({
      from: DUMP - 60_000,
      to: DUMP - 10_000,
      source: 'file',
      basis: 'stamps',
      pace: 'clock',
    })
  })

  test('where a person says, at the pace that a person says', () => {
    const said = { ...SAID, startedAt: '2014-07-01T20:00:00+08:00', secondsPerRow: 0.5 }
    expect(placedTime(moment({ intervalSeconds: 1 }), said, anchors)).toMatchObject({
      from: DUMP,
      to: DUMP + 50_000,
      source: 'user',
      pace: 'user',
    })
  })

  test('before the dump that was taken then, as a guess', () => {
    expect(placedTime(moment({ seconds: 300 }), undefined, anchors)).toMatchObject({
      from: DUMP - 300_000,
      to: DUMP,
      source: 'guessed',
      basis: 'before-dump',
    })
  })

  test('before its upload when nothing else is known; the typed interval tells how long it is', () => {
    const alone = { dump: undefined, upload: UPLOAD }
    const guess = { from: UPLOAD - 10_000, to: UPLOAD, source: 'guessed', basis: 'upload', pace: 'command' }
    expect(placedTime(moment({ intervalSeconds: 0.1 }), undefined, alone)).toEqual(guess)
    expect(placedTime(moment(), undefined, alone)).toMatchObject({ from: UPLOAD - 100_000, pace: 'none' })
  })

  test('on the day nearest to the dump when only the time of day is known', () => {
    const local = new Date(DUMP)
    const midnight = new Date(local.getFullYear(), local.getMonth(), local.getDate()).getTime()
    const stamp = { kind: 'time-of-day', milliseconds: DUMP - midnight - 3_600_000 } as const
    expect(placedTime(moment({ stamp, seconds: 1 }), undefined, anchors)).toMatchObject({
      from: DUMP - 3_600_000,
      source: 'guessed',
      basis: 'date-assumed',
    })
  })

  test('in the zone of this machine when it names none', () => {
    const stamp = { kind: 'local', milliseconds: Date.UTC(2014, 6, 1, 11, 0, 0, 250) } as const
    expect(placedTime(moment({ stamp }), undefined, anchors)).toMatchObject({
      from: new Date(2014, 6, 1, 11, 0, 0, 250).getTime(),
      basis: 'zone-assumed',
    })
  })
})

describe('100 percent of a log of percentages are', () => {
  const percentages: LogFacts = {
    part: 0,
    moment: moment(),
    option: 'gcutil',
    collector: 'generational',
    axis: 'row',
    rows: 101,
    columns: [],
    firstLine: 1,
    lastLine: 101,
    prefix: '',
    target: '4711',
    hasFixedGenerations: true,
    capacities: undefined,
  }
  const telling = (target: string | undefined, old: number): LogFacts => ({
    ...percentages,
    target,
    capacities: { O: old },
  })

  test('what another log of the same process says', () => {
    const others = [telling('1', 100), telling('4711', 2000)]
    expect(capacitiesFor(percentages, undefined, others)).toEqual({ source: 'case', kb: { O: 2000 } })
    expect(capacitiesFor(percentages, undefined, [telling('1', 100)])).toMatchObject({ source: 'none' })
  })

  test('what logs of unknown processes say when they agree', () => {
    const nameless = { ...percentages, target: undefined }
    expect(capacitiesFor(nameless, undefined, [telling('1', 1000), telling(undefined, 1001)]).source).toBe('case')
    expect(capacitiesFor(nameless, undefined, [telling('1', 1000), telling('2', 5000)]).source).toBe('none')
  })

  test('shares of the -Xmx that a person typed; not for collectors without fixed shares', () => {
    const said = { ...SAID, maxHeapBytes: 300 * 2 ** 20 }
    const { source, kb } = capacitiesFor(percentages, said, [telling('4711', 2000)])
    expect([source, Math.round(kb.O ?? 0), Math.round(kb.E ?? 0)]).toEqual(['user', 200 * 1024, 80 * 1024])
    expect(capacitiesFor({ ...percentages, hasFixedGenerations: false }, said, []).source).toBe('none')
  })
})
