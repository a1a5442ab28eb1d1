import { readLog } from '@heaptrail/fixtures/logs'
import { describe, expect, test } from 'vitest'
import type { JstatColumn } from './columns.ts'
import type { JstatLog } from './log.ts'
import { parseJstatLogs } from './parse.ts'

const JDK17 = 'S0 S1 E O M CCS YGC YGCT FGC FGCT CGC CGCT GCT'

function parse(input: string | Uint8Array): JstatLog {
  const result = parseJstatLogs(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-jstat') throw new Error(result.message)
  return result.logs[0]!
}

function refusal(input: string | Uint8Array): string {
  const result = parseJstatLogs(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  return result.kind === 'not-jstat' ? result.message : 'was read'
}

function row(log: JstatLog, index: number): Partial<Record<JstatColumn, number>> {
  return Object.fromEntries(log.columns.map((name) => [name, log.values[name]?.at(index)]))
}

describe('real logs', () => {
  test('the life of a service that leaks: the old generation fills up and full GCs follow each other', () => {
    const log = parse(readLog('leaky-17-serial.log'))
    expect(log.columns.join(' ')).toBe(JDK17)
    expect(log).toMatchObject({ rows: 600, axis: 'row', skippedTotal: 0 })
    expect(row(log, 0)).toEqual({
      S0: 0,
      S1: 100,
      E: 62.77,
      O: 8.16,
      M: 93.75,
      CCS: 74.44,
      YGC: 1,
      YGCT: 0.133,
      FGC: 0,
      FGCT: 0,
      CGC: Number.NaN,
      CGCT: Number.NaN,
      GCT: 0.133,
    })
    expect(row(log, -1)).toMatchObject({ O: 100, E: 100, YGC: 10, FGC: 668, FGCT: 19.298 })
    expect(log.values.O?.findIndex((percent) => percent > 95)).toBe(292)
    expect(log.restarts).toHaveLength(0)
  })

  test('with -t the axis is the uptime of the JVM', () => {
    const log = parse(readLog('leaky-17-t.log'))
    expect(log).toMatchObject({ rows: 60, axis: 'seconds' })
    expect([log.x[0], log.x.at(-1)]).toEqual([1.9, 61.3])
    expect(log.columns.join(' ')).toBe(JDK17)
  })

  test('repeated headers are no samples and not worth a word', () => {
    const log = parse(readLog('g1-17-t-h5.txt'))
    expect(log).toMatchObject({ rows: 20, axis: 'seconds', skippedTotal: 0 })
    expect([...log.lines.subarray(0, 7)]).toEqual([2, 3, 4, 5, 6, 8, 9])
  })

  test('JDK 6 with its prompt: column P, no M, no CCS', () => {
    const log = parse(readLog('jdk6-prompt.txt'))
    expect(log.columns.join(' ')).toBe('S0 S1 E O P YGC YGCT FGC FGCT GCT')
    expect(log.rows).toBe(10)
    expect(row(log, 0)).toMatchObject({ O: 99.98, P: 60, FGC: 25876, FGCT: 24241.376 })
    expect(log.skipped).toEqual([
      {
        line: 1,
        text: '[leo@online:~]# jstat -gcutil 13205 100 10',
        reason: expect.stringContaining('prompt') as string,
      },
    ])
  })

  test('JDK 8: no CGC', () => {
    expect(parse(readLog('jdk8.txt')).columns.join(' ')).toBe('S0 S1 E O M CCS YGC YGCT FGC FGCT GCT')
  })

  test.each([
    ['shenandoah-17.txt', 80, ['S0', 'S1', 'E', 'CGC', 'CGCT']],
    ['zgc-25-t.txt', 32, ['S0', 'S1', 'FGC', 'FGCT']],
  ] as const)('%s: the columns that the collector does not have are unknown, not 0', (name, rows, unknown) => {
    const log = parse(readLog(name))
    expect(log).toMatchObject({ rows, skippedTotal: 0 })
    const empty = log.columns.filter((column) => log.values[column]?.every((value) => Number.isNaN(value)))
    expect(empty).toEqual(unknown)
  })

  test.each(['g1-17-german.txt', 'g1-17-arabic.txt'])('%s: numbers in the locale of the JVM', (name) => {
    const log = parse(readLog(name))
    expect(log.skippedTotal).toBe(0)
    expect(log.values.O?.every((percent) => percent > 40 && percent < 70)).toBe(true)
    expect(log.values.YGC?.every((count) => Number.isInteger(count))).toBe(true)
  })

  test('the log of a JVM that exits just ends', () => {
    expect(parse(readLog('g1-17-jvm-exits.txt'))).toMatchObject({ rows: 19, skippedTotal: 0 })
  })
})

describe('what people paste', () => {
  const whole = new TextDecoder().decode(readLog('leaky-17-t.log'))
  const expected = parse(whole)

  test.each([
    ['CR LF', new TextEncoder().encode(whole.replaceAll('\n', '\r\n'))],
    ['CR', new TextEncoder().encode(whole.replaceAll('\n', '\r'))],
    ['a byte order mark', new TextEncoder().encode(`\ufeff${whole}`)],
    ['UTF-16, little endian', utf16(`\ufeff${whole}`, true)],
    ['UTF-16, big endian', utf16(`\ufeff${whole}`, false)],
    ['UTF-16 without a mark', utf16(whole, true)],
    ['tabs', new TextEncoder().encode(whole.replaceAll(/ +/g, '\t'))],
    ['commas', new TextEncoder().encode(whole.replaceAll(/ +$/gm, '').replaceAll(/^ +/gm, '').replaceAll(/ +/g, ','))],
    [
      'terminal colours',
      new TextEncoder().encode(whole.replaceAll(/^/gm, '\u001b[32m').replaceAll(/$/gm, '\u001b[0m')),
    ],
    ['a hole of NUL bytes', new TextEncoder().encode(whole.replace('\n', `\n${'\0'.repeat(4096)}`))],
  ])('with %s it says the same', (_, bytes) => {
    const log = parse(bytes)
    expect(log.values).toEqual(expected.values)
    expect(log.x).toEqual(expected.x)
    expect(log.skippedTotal).toBe(0)
  })

  test.each(['grep-prefixed.txt', 'leading-timestamp-by-awk.txt'])(
    '%s: what stands before the columns is left out',
    (name) => {
      const log = parse(readLog(name))
      expect(log).toMatchObject({ rows: 80, axis: 'row', skippedTotal: 0 })
      expect(row(log, 1)).toMatchObject({ S0: 100, O: 27.94, GCT: 0.211 })
    },
  )

  test('prompts and other words around it are skipped, with line, text and reason', () => {
    const log = parse(readLog('prompt-top-and-bottom.txt'))
    expect(log.rows).toBe(19)
    expect(log.skipped.map(({ line, text }) => [line, text])).toEqual([
      [1, '$ jstat -gcutil 4711 1s'],
      [22, '^C'],
      [23, '$'],
    ])
    expect(parse(readLog('script-typescript.txt'))).toMatchObject({ rows: 80, skippedTotal: 4 })
  })

  test('a last line that was cut off is no sample', () => {
    const log = parse(readLog('interrupted-mid-line.txt'))
    expect(log.rows).toBe(39)
    expect(log.skipped).toEqual([expect.objectContaining({ line: 41, reason: 'cut off: 9 of 13 values' })])
  })

  test('also when it was cut within its last value, which would be a wrong number', () => {
    const trimmed = whole.trimEnd()
    expect(parse(trimmed).rows).toBe(60)
    for (const cut of [1, 2, 3]) {
      expect(parse(trimmed.slice(0, -cut))).toMatchObject({
        rows: 59,
        skipped: [{ reason: 'cut off within its last value' }],
      })
    }
  })

  test('garbage behind the samples takes none of them away', () => {
    expect(parse(readLog('text-then-garbage.txt'))).toMatchObject({ rows: 37, skippedTotal: 4 })
  })

  test('the long text of a skipped line is cut, and skipped lines are counted beyond those listed', () => {
    const log = parse(`${whole}${'x'.repeat(500)}\n${'word\n'.repeat(2000)}`)
    expect(log.skipped[0]?.text).toHaveLength(200)
    expect(log.skipped).toHaveLength(1000)
    expect(log.skippedTotal).toBe(2001)
  })

  test('an uptime that goes back is a restart, and the axis becomes the row: two clocks are no clock', () => {
    const log = parse(whole + whole.replace(/^.*\n/, ''))
    expect([...log.restarts]).toEqual([60])
    expect(log.axis).toBe('row')
    expect([log.x[0], log.x.at(-1)]).toEqual([1, 120])
    expect(log.uptime).toHaveLength(120)
  })

  test('what a JVM printed is kept, though no space is below 0 or above 100 percent', () => {
    const log = parse(readLog('nan-and-negative.txt'))
    expect(row(log, 0)).toMatchObject({ S0: Number.NaN, E: -1, O: 99.98 })
    expect(row(log, 1)).toMatchObject({ O: 250 })
  })
})

describe('what is no log of collections is refused with a sentence', () => {
  test('a log that says nothing about collections', () => {
    expect(refusal(readLog('option-class.txt'))).toContain('This is a log of `jstat -class`')
  })

  test.each([
    ['nothing', '', 'The file is empty.'],
    ['white space', ' \n\t\r\n ', 'The file is empty.'],
    ['prose', 'Dear all,\nthe service is slow.\n', 'No such header was found.'],
    ['an error of jstat', '4711 not found\n', 'No such header was found.'],
    ['rows without their header', '  0.00 100.00  67.81  22.04\n', 'No such header was found.'],
    ['half a header', '  S0     S1     E      O ', 'The header here is cut off.'],
    [
      'a header alone',
      '  S0     S1     E      O      P     YGC     YGCT    FGC    FGCT     GCT   \n',
      'no complete row',
    ],
    ['a histogram', new TextDecoder().decode(readLog('story-jmap-histo.txt')), 'No such header was found.'],
  ])('%s', (_, text, sentence) => {
    expect(refusal(text)).toContain(sentence)
  })
})

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  return new Uint8Array(view.buffer)
}
