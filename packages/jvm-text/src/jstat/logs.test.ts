import { readLog } from '@heaptrail/fixtures/logs'
import { describe, expect, test } from 'vitest'
import type { JstatLog, JstatLogs } from './log.ts'
import { parseJstatLogs } from './parse.ts'

function parse(input: string | Uint8Array): JstatLogs {
  const result = parseJstatLogs(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-jstat') throw new Error(result.message)
  return result
}

function only(input: string | Uint8Array): JstatLog {
  const { logs } = parse(input)
  expect(logs).toHaveLength(1)
  return logs[0]!
}

function text(name: string): string {
  return new TextDecoder().decode(readLog(name))
}

/** Column → value of the row. */
function row(log: JstatLog, index: number): Record<string, number | undefined> {
  return Object.fromEntries(log.columns.map((name) => [name, log.values[name]?.at(index)]))
}

describe('options', () => {
  test.each([
    ['option-gc.txt', 'gc', 32, { S1C: 6144, EC: 56320, EU: 53248, OC: 68608, OU: 10164, GCT: 0.134 }],
    ['option-gcnew.txt', 'gcnew', 4, { S1C: 7168, TT: 1, MTT: 15, DSS: 3584, EU: 39936, YGCT: 0.404 }],
    ['option-gcold.txt', 'gcold', 4, { MU: 86.8, OC: 88064, OU: 40426, FGCT: 0.174, CGC: 4 }],
    ['option-gccapacity.txt', 'gccapacity', 4, { NGCMX: 131072, OGC: 76800, MCMX: 1114112, CGC: 4 }],
    ['option-gcnewcapacity.txt', 'gcnewcapacity', 4, { S0CMX: 0, S1CMX: 131072, ECMX: 131072, FGC: 5 }],
    ['option-gcoldcapacity.txt', 'gcoldcapacity', 4, { OGCMX: 131072, OC: 81920, CGCT: 0.011 }],
    ['option-gcmetacapacity.txt', 'gcmetacapacity', 4, { MCMX: 1114112, CCSMX: 1048576, GCT: 0.711 }],
    ['option-gccause.txt', 'gccause', 32, { S1: 95.58, E: 92.73, O: 14.81, YGC: 5 }],
    ['g1-17-gc-french.txt', 'gc', 5, { S1U: 6051.7, OU: 52717.8, GCT: 1.047 }],
  ] as const)('%s', (name, option, rows, first) => {
    const log = only(readLog(name))
    expect(log).toMatchObject({ option, rows, skippedTotal: 0, headerAssumed: false })
    expect(row(log, 0)).toMatchObject(first)
  })

  test('-gc -t of ZGC: the old generation in KB over the uptime, what it does not have is unknown', () => {
    const log = only(readLog('zgc-25-gc-t.txt'))
    expect(log).toMatchObject({ option: 'gc', axis: 'seconds', rows: 16 })
    expect(log.x[0]).toBe(2.2)
    expect(row(log, 0)).toMatchObject({ S0C: Number.NaN, OC: 6144, OU: 6144, FGC: Number.NaN, CGC: 15 })
  })

  test.each([
    [
      'JDK 5 and 6, -gc',
      'S0C S1C S0U S1U EC EU OC OU PC PU YGC YGCT FGC FGCT GCT',
      '64.0 64.0 0.0 64.0 512.0 410.2 1024.0 900.5 8192.0 8000.1 7 0.050 2 0.100 0.150',
      'gc',
    ],
    ['JDK 6, -gcold', 'PC PU OC OU YGC FGC FGCT GCT', '8192.0 8000.1 1024.0 900.5 7 2 0.100 0.150', 'gcold'],
    [
      'JDK 6, -gccapacity',
      'NGCMN NGCMX NGC S0C S1C EC OGCMN OGCMX OGC OC PGCMN PGCMX PGC PC YGC FGC',
      '640.0 640.0 640.0 64.0 64.0 512.0 1024.0 1024.0 1024.0 1024.0 8192.0 65536.0 8192.0 8192.0 7 2',
      'gccapacity',
    ],
    [
      'JDK 6, -gcpermcapacity',
      'PGCMN PGCMX PGC PC YGC FGC FGCT GCT',
      '8192.0 65536.0 8192.0 8192.0 7 2 0.100 0.150',
      'gcpermcapacity',
    ],
    [
      'JDK 8, -gcmetacapacity',
      'MCMN MCMX MC CCSMN CCSMX CCSC YGC FGC FGCT GCT',
      '0.0 1056768.0 4864.0 0.0 1048576.0 512.0 7 2 0.100 0.150',
      'gcmetacapacity',
    ],
  ])('%s', (_, header, values, option) => {
    const log = only(`${header}\n${values}\n`)
    expect(log.option).toBe(option)
    expect(header.split(' ').map((name) => log.values[name]?.[0])).toEqual(values.split(' ').map(Number))
  })

  test('-gccause tells why it collected, also where a long cause leaves one blank only', () => {
    const log = only(readLog('option-gccause.txt'))
    expect(log.texts.LGCC?.slice(0, 2)).toEqual(['No GC', 'G1 Evacuation Pause'])
    expect(log.texts.GCC?.slice(0, 2)).toEqual(['G1 Evacuation Pause', 'No GC'])

    const header = 'S0 S1 E O P YGC YGCT FGC FGCT GCT LGCC GCC\n'
    const causes = (words: string): unknown => {
      const { texts } = only(`${header}0.00 100.00 100.00 99.98 60.00 33 7.862 2 4.376 9.239 ${words}\n`)
      return [texts.LGCC?.[0], texts.GCC?.[0]]
    }
    expect(causes('Heap Inspection Initiated GC No GC               ')).toEqual([
      'Heap Inspection Initiated GC',
      'No GC',
    ])
    expect(causes('No GC Metadata GC Threshold')).toEqual(['No GC', 'Metadata GC Threshold'])
    expect(causes('Allocation Failure   System.gc()         ')).toEqual(['Allocation Failure', 'System.gc()'])
    expect(causes('Some Cause Of Tomorrow No GC')).toEqual(['Some Cause Of Tomorrow', 'No GC'])
  })

  test.each(['class', 'compiler', 'printcompilation'])(
    '-%s says nothing about collections and is refused',
    (option) => {
      const headers = {
        class: 'Loaded  Bytes  Unloaded  Bytes     Time   ',
        compiler: 'Compiled Failed Invalid   Time   FailedType FailedMethod',
        printcompilation: 'Compiled  Size  Type Method',
      }
      const result = parseJstatLogs(new TextEncoder().encode(`${headers[option as keyof typeof headers]}\n1 2 3 4\n`))
      expect(result).toMatchObject({ kind: 'not-jstat', line: 1 })
      expect(result).toHaveProperty('message', expect.stringMatching(`jstat -${option}\`, which says nothing about`))
    },
  )
})

describe('several logs in one text', () => {
  test('of several options, one after the other', () => {
    const { logs } = parse(text('shenandoah-17.txt') + text('leaky-17-t.log') + text('option-gc.txt'))
    expect(logs.map(({ option, rows, axis }) => [option, rows, axis])).toEqual([
      ['gcutil', 80, 'row'],
      ['gcutil', 60, 'seconds'],
      ['gc', 32, 'row'],
    ])
  })

  test('of the same columns: a header at which the counters go back begins another log', () => {
    const { logs } = parse(text('shenandoah-17.txt') + text('shenandoah-17.txt'))
    expect(logs.map(({ rows, lines, restarts }) => [rows, lines[0], restarts.length])).toEqual([
      [80, 2, 0],
      [80, 83, 0],
    ])
  })

  test('without a header in between it is a restart within one log', () => {
    const log = only(text('shenandoah-17.txt') + text('shenandoah-17.txt').replace(/^.*\n/, ''))
    expect([...log.restarts]).toEqual([80])
  })

  test('two JVMs of equal columns, row by row: each has a log of its own', () => {
    const { logs, skippedTotal } = parse(readLog('interleaved-two-jvms.txt'))
    expect(skippedTotal).toBe(0)
    expect(logs.map(({ rows, restarts }) => [rows, restarts.length])).toEqual([
      [80, 0],
      [80, 0],
    ])
    expect([...logs[0]!.lines.subarray(0, 3), ...logs[1]!.lines.subarray(0, 3)]).toEqual([3, 5, 7, 4, 6, 8])
    expect(row(logs[0]!, 1)).toMatchObject({ E: 0, O: 27.94, GCT: 0.211 })
    expect(row(logs[1]!, 1)).toMatchObject({ E: 20.32, O: 6.93, GCT: 0.782 })
  })

  test('two JVMs of different columns, mixed', () => {
    const old = text('jdk6-prompt.txt').split('\n').slice(1, 12)
    const young = text('leaky-17-serial.log').split('\n').slice(0, 11)
    const { logs, skippedTotal } = parse(old.flatMap((line, index) => [line, young[index]]).join('\n') + '\n')
    expect(logs.map(({ rows, columns }) => [rows, columns.includes('P')])).toEqual([
      [10, true],
      [10, false],
    ])
    expect(skippedTotal).toBe(0)
  })

  test('grep over two files: the file names tell the logs apart', () => {
    const rows = text('shenandoah-17.txt').trimEnd().split('\n')
    const { logs } = parse(rows.flatMap((line) => [`a.log:${line}`, `b.log:${line}`]).join('\n') + '\n')
    expect(logs.map(({ prefix, rows: count }) => [prefix, count])).toEqual([
      ['a.log:', 80],
      ['b.log:', 80],
    ])
  })
})

describe('times before the rows', () => {
  test('what awk, ts or a collector prints is when the sample was taken', () => {
    const log = only(readLog('leading-timestamp-by-awk.txt'))
    expect(log).toMatchObject({ rows: 80, axis: 'row', stampKind: 'instant' })
    expect([log.stamps?.[0], log.stamps?.[79]].map((stamp) => new Date(stamp ?? 0).toISOString())).toEqual([
      '2026-11-23T00:25:00.100Z',
      '2026-11-23T00:25:08.000Z',
    ])
  })

  const lines = text('shenandoah-17.txt').trimEnd().split('\n').slice(0, 4)
  test.each([
    ['ts', 'Nov 23 00:25:0% ', 'no-year', 1000],
    ['ts %s', '170000000% ', 'instant', 1000],
    ['a locale with a year', '23.11.2026 00:25:0% ', 'local', 1000],
    ['a log collector', '2026-11-23 00:25:0%,500 host-7 ', 'local', 1000],
    ['brackets', '[2026-11-23T00:25:0%+0800] ', 'instant', 1000],
    ['a clock', '23:59:5%.250 ', 'time-of-day', 1000],
  ])('%s', (_, prefix, kind, step) => {
    const log = only(`${lines.map((line, index) => prefix.replace('%', String(index)) + line).join('\n')}\n`)
    expect(log).toMatchObject({ rows: 3, skippedTotal: 0, stampKind: kind })
    expect(log.stamps![2]! - log.stamps![0]!).toBe(2 * step)
    expect(row(log, 2)).toEqual(row(only(`${lines.join('\n')}\n`), 2))
  })

  test('a clock passes midnight', () => {
    const times = ['23:59:58', '23:59:59', '00:00:01', '00:00:02']
    const log = only(`${lines.map((line, index) => `${times[index]} ${line}`).join('\n')}\n`)
    expect([...(log.stamps ?? [])].map((stamp) => stamp - log.stamps![0]!)).toEqual([0, 2000, 3000])
  })

  test('a script prints the date in a line of its own before each sample', () => {
    const [header, ...rows] = lines
    const log = only(rows.map((line, hour) => `Mon Nov 23 0${hour}:00:00 UTC 2026\n${header}\n${line}\n`).join(''))
    expect(log).toMatchObject({ rows: 3, skippedTotal: 0, stampKind: 'instant' })
    expect([...(log.stamps ?? [])]).toEqual([0, 1, 2].map((hour) => Date.UTC(2026, 10, 23, hour)))
  })

  test('only the rows have it, and the header does not', () => {
    const [header, ...rows] = lines
    const log = only(`${[header, ...rows.map((line, index) => `2026-11-23T00:25:0${index}Z ${line}`)].join('\n')}\n`)
    expect(log).toMatchObject({ rows: 3, stampKind: 'instant', skippedTotal: 0 })
  })

  test('a time of day below the title Timestamp is no uptime', () => {
    const [header, ...rows] = lines
    const log = only(`Timestamp ${header}\n${rows.map((line, index) => `00:25:0${index} ${line}\n`).join('')}`)
    expect(log).toMatchObject({ rows: 3, axis: 'row', stampKind: 'time-of-day' })
  })
})

describe('what people paste', () => {
  test('the command above a log tells the process and the interval', () => {
    expect(only(readLog('jdk6-prompt.txt')).command).toEqual({
      line: 1,
      target: '13205',
      intervalMilliseconds: 100,
    })
    expect(only(readLog('prompt-top-and-bottom.txt')).command?.intervalMilliseconds).toBe(1000)
    expect(only(readLog('shenandoah-17.txt')).command).toBeUndefined()
  })

  test.each([
    ['a table of Markdown', (line: string) => `| ${line.trim().split(/\s+/).join(' | ')} |`],
    ['a quotation in a mail', (line: string) => `> ${line}`],
    ['a spreadsheet that separates by semicolons', (line: string) => line.trim().split(/\s+/).join(';')],
    ['quoted fields', (line: string) => line.trim().replaceAll(/\S+/g, '"$&"').replaceAll(/\s+/g, ',')],
    ['docker compose', (line: string) => `app-1  | ${line}`],
    ['nl', (line: string, index: number) => `${String(index + 1).padStart(6)}\t${line}`],
    ['grep -n', (line: string, index: number) => `${index + 1}:${line}`],
    ['grep over several files with numbers', (line: string, index: number) => `logs/jstat.log:${index + 1}:${line}`],
    ['CSV with a time', (line: string) => `2026-11-23 00:25:00,${line.trim().split(/\s+/).join(',')}`],
  ])('%s', (_, change) => {
    const whole = text('shenandoah-17.txt')
    const log = only(`${whole.trimEnd().split('\n').map(change).join('\n')}\n`)
    expect(log).toMatchObject({ rows: 80, skippedTotal: 0 })
    expect(log.values).toEqual(only(whole).values)
  })

  test('rows of -gcutil without their header are known by their decimals, and that is said', () => {
    for (const name of ['leaky-17-serial.log', 'leaky-17-t.log', 'jdk8.txt']) {
      const whole = text(name)
      const log = only(whole.replace(/^.*\n/, ''))
      expect(log).toMatchObject({ option: 'gcutil', headerAssumed: true, skippedTotal: 0 })
      expect(log.values).toEqual(only(whole).values)
      expect(log.x).toEqual(only(whole).x)
    }
  })

  test('an interrupted row is skipped with what is wrong with it', () => {
    const { logs, skipped } = parse(`${text('leaky-17-t.log')}   62.3   0.00  98.11 ^C\n$ \n`)
    expect(logs[0]?.rows).toBe(60)
    expect(skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [62, 'cut off by other text: 3 of 14 values'],
      [63, 'no sample: a prompt, a message or other text'],
    ])
  })

  test('a last row whose last count may be cut off is left out', () => {
    const whole = text('option-gccapacity.txt').trimEnd()
    expect(only(whole).rows).toBe(4)
    expect(only(whole.slice(0, -1)).rows).toBe(3)
  })

  test.each([
    ['Devanagari', 0x966],
    ['Bengali', 0x9e6],
    ['Burmese', 0x1040],
    ['Persian', 0x6f0],
  ])('digits of other scripts: %s', (_, zero) => {
    const [header, ...rows] = text('shenandoah-17.txt').split('\n')
    const printed = rows.join('\n').replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)))
    expect(only(`${header}\n${printed}`).values).toEqual(only(text('shenandoah-17.txt')).values)
  })
})
