import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTERS, type JstatColumn, type JstatOption, unitOf } from './columns.ts'
import type { JstatLog, JstatLogs } from './log.ts'
import { parseJstatLogs } from './parse.ts'

const METASPACE = 'MC MU CCSC CCSU'
const HEADERS: Readonly<Record<JstatOption, readonly string[]>> = {
  gcutil: [
    'S0 S1 E O P YGC YGCT FGC FGCT GCT',
    'S0 S1 E O M CCS YGC YGCT FGC FGCT GCT',
    'S0 S1 E O M CCS YGC YGCT FGC FGCT CGC CGCT GCT',
  ],
  gccause: ['S0 S1 E O P YGC YGCT FGC FGCT GCT', 'S0 S1 E O M CCS YGC YGCT FGC FGCT CGC CGCT GCT'],
  gc: [
    'S0C S1C S0U S1U EC EU OC OU PC PU YGC YGCT FGC FGCT GCT',
    `S0C S1C S0U S1U EC EU OC OU ${METASPACE} YGC YGCT FGC FGCT CGC CGCT GCT`,
  ],
  gcnew: ['S0C S1C S0U S1U TT MTT DSS EC EU YGC YGCT'],
  gcold: ['PC PU OC OU YGC FGC FGCT GCT', `${METASPACE} OC OU YGC FGC FGCT CGC CGCT GCT`],
  gccapacity: [
    'NGCMN NGCMX NGC S0C S1C EC OGCMN OGCMX OGC OC PGCMN PGCMX PGC PC YGC FGC',
    'NGCMN NGCMX NGC S0C S1C EC OGCMN OGCMX OGC OC MCMN MCMX MC CCSMN CCSMX CCSC YGC FGC CGC',
  ],
  gcnewcapacity: [
    'NGCMN NGCMX NGC S0CMX S0C S1CMX S1C ECMX EC YGC FGC',
    'NGCMN NGCMX NGC S0CMX S0C S1CMX S1C ECMX EC YGC FGC CGC',
  ],
  gcoldcapacity: ['OGCMN OGCMX OGC OC YGC FGC FGCT GCT', 'OGCMN OGCMX OGC OC YGC FGC FGCT CGC CGCT GCT'],
  gcmetacapacity: [
    'MCMN MCMX MC CCSMN CCSMX CCSC YGC FGC FGCT GCT',
    'MCMN MCMX MC CCSMN CCSMX CCSC YGC FGC FGCT CGC CGCT GCT',
  ],
  gcpermcapacity: ['PGCMN PGCMX PGC PC YGC FGC FGCT GCT'],
}

/** One JVM's samples: steps of each column, NaN for what the JVM does not know. */
interface Samples {
  readonly option: JstatOption
  /** In whatever order. */
  readonly columns: readonly JstatColumn[]
  /** Columns of which the JVM knows nothing. */
  readonly unknown: ReadonlySet<JstatColumn>
  readonly steps: readonly (readonly number[])[]
}

const samples: fc.Arbitrary<Samples> = fc
  .constantFrom(
    ...Object.entries(HEADERS).flatMap(([option, headers]) => headers.map((header) => ({ option, header }))),
  )
  .chain(({ option, header }) => {
    const columns = header.split(' ') as JstatColumn[]
    return fc.record({
      option: fc.constant(option as JstatOption),
      columns: fc.shuffledSubarray(columns, { minLength: columns.length }),
      unknown: fc.subarray(columns, { maxLength: 3 }).map((names) => new Set(names)),
      steps: fc.array(fc.array(fc.nat(9999), { minLength: columns.length, maxLength: columns.length }), {
        minLength: 1,
        maxLength: 30,
      }),
    })
  })

/** Row → column → value: spaces as they please, counters that only grow. */
function valuesOf({ columns, unknown, steps }: Samples): number[][] {
  const sums = columns.map(() => 0)
  return steps.map((row) =>
    columns.map((name, index) => {
      if (unknown.has(name)) return Number.NaN
      const scale = { percent: 100, KB: 10, seconds: 1000, count: 1 }[unitOf(name)]
      if (!COUNTERS.includes(name)) return row[index]! / scale
      sums[index]! += row[index]! % 50
      return sums[index]! / scale
    }),
  )
}

/** As jstat prints it: percentages with two decimals, KB with one, times with three, unknown values as `-`. */
function print(name: JstatColumn, value: number): string {
  if (Number.isNaN(value)) return '-'
  return value.toFixed({ percent: 2, KB: 1, seconds: 3, count: 0 }[unitOf(name)])
}

interface Style {
  readonly uptime: boolean
  readonly headerEvery: number
  readonly decimalComma: boolean
  readonly separator: ' ' | '   ' | '\t' | ';' | ' | '
  readonly prefix: '' | 'jstat.log:' | '> ' | '2026-11-23T00:25:00Z ' | '[pod/shop-7] '
  readonly lineEnd: '\n' | '\r\n' | '\r'
}

const styles: fc.Arbitrary<Style> = fc.record({
  uptime: fc.boolean(),
  headerEvery: fc.integer({ min: 1, max: 9 }),
  decimalComma: fc.boolean(),
  separator: fc.constantFrom(' ', '   ', '\t', ';', ' | '),
  prefix: fc.constantFrom('', 'jstat.log:', '> ', '2026-11-23T00:25:00Z ', '[pod/shop-7] '),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
})

const CAUSES = ['No GC               ', 'Allocation Failure  ', 'Heap Inspection Initiated GC'] as const

function printLog(log: Samples, style: Style): string {
  const withCauses = log.option === 'gccause'
  const titles = [...(style.uptime ? ['Timestamp'] : []), ...log.columns, ...(withCauses ? ['LGCC', 'GCC'] : [])]
  const lines = valuesOf(log).flatMap((row, index) => {
    const printed = row.map((value, column) => print(log.columns[column]!, value))
    const words = [...(style.uptime ? [(index / 10).toFixed(1)] : []), ...printed].map((word) =>
      style.decimalComma ? word.replace('.', ',') : word,
    )
    const causes = withCauses ? [`${CAUSES[index % 3]!}${style.separator}No GC               `] : []
    const line = [...words, ...causes].join(style.separator)
    return index % style.headerEvery === 0 ? [titles.join(style.separator), line] : [line]
  })
  return lines.map((line) => `${style.prefix}${line}${style.lineEnd}`).join('')
}

function parse(text: string): JstatLogs {
  const result = parseJstatLogs(new TextEncoder().encode(text))
  if (result.kind === 'not-jstat') throw new Error(result.message)
  return result
}

function expectSamples(log: JstatLog, expected: Samples): void {
  const values = valuesOf(expected)
  expect(log.option).toBe(expected.option)
  expect([...log.columns].sort()).toEqual([...expected.columns].sort())
  expected.columns.forEach((name, column) => {
    expect([...log.values[name]!]).toEqual(values.map((row) => row[column]))
  })
}

test('whatever jstat prints, in whatever order and dress, is read back', () => {
  fc.assert(
    fc.property(samples, styles, (expected, style) => {
      const { logs, skipped } = parse(printLog(expected, style))
      expect(skipped).toEqual([])
      expect(logs).toHaveLength(1)
      const log = logs[0]!
      expectSamples(log, expected)
      expect(log.axis).toBe(style.uptime ? 'seconds' : 'row')
      expect([...log.x]).toEqual(expected.steps.map((_, index) => (style.uptime ? index / 10 : index + 1)))
      expect(log.restarts).toHaveLength(0)
      if (expected.option === 'gccause') {
        expect(log.texts.LGCC).toEqual(expected.steps.map((_, index) => CAUSES[index % 3]!.trim()))
        expect(new Set(log.texts.GCC)).toEqual(new Set(['No GC']))
      }
      const isStamped = style.prefix.startsWith('2026')
      expect(log.stamps?.[0]).toBe(isStamped ? Date.UTC(2026, 10, 23, 0, 25) : undefined)
    }),
    { numRuns: 300 },
  )
})

test('logs of different columns one after the other are read as they are alone', () => {
  const plain: Style = {
    uptime: false,
    headerEvery: 7,
    decimalComma: false,
    separator: ' ',
    prefix: '',
    lineEnd: '\n',
  }
  fc.assert(
    fc.property(samples, samples, (first, second) => {
      fc.pre([...first.columns].join() !== [...second.columns].join())
      const { logs, skippedTotal } = parse(`${printLog(first, plain)}$ jstat\n${printLog(second, plain)}`)
      expect(skippedTotal).toBe(1)
      expect(logs).toHaveLength(2)
      expectSamples(logs[0]!, first)
      expectSamples(logs[1]!, second)
    }),
    { numRuns: 100 },
  )
})

test('two JVMs that write into one file, one of them more often: each keeps its samples', () => {
  const header = 'S0 S1 E O M CCS YGC YGCT FGC FGCT GCT'
  const jvm = (young: number, metaspace: number, steps: readonly number[]): string[] => {
    let count = young
    return steps.map((step) => {
      count += step
      return `0.00 50.00 ${(count % 100).toFixed(2)} 40.00 ${metaspace.toFixed(2)} 90.00 ${count} ${(count / 100).toFixed(3)} 0 0.000 ${(count / 100).toFixed(3)}`
    })
  }
  const steps = fc.array(fc.nat(3), { minLength: 10, maxLength: 60 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 500, max: 900 }), (own, often, start) => {
      const slow = jvm(10, 93.1, own)
      const fast = jvm(
        start,
        97.4,
        Array.from({ length: own.length * often }, (_, index) => index % 3),
      )
      const mixed = slow.flatMap((line, index) => [line, ...fast.slice(index * often, (index + 1) * often)])
      const { logs } = parse(`${[header, ...mixed].join('\n')}\n`)
      expect(logs.map((log) => [...log.values.YGC!])).toEqual(
        [slow, fast].map((jvm) => jvm.map((line) => Number(line.split(' ')[6]))),
      )
    }),
    { numRuns: 100 },
  )
})

test('a JVM that is started again and again is never taken for several that run together', () => {
  const life = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 40 })
  fc.assert(
    fc.property(fc.array(life, { minLength: 2, maxLength: 12 }), (lives) => {
      const rows = lives.flatMap((steps) => {
        let count = 0
        return steps.map((step) => `0.00 50.00 1.00 40.00 60.00 ${(count += step)} 0.000 0 0.000 0.000`)
      })
      const { logs } = parse(`S0 S1 E O P YGC YGCT FGC FGCT GCT\n${rows.join('\n')}\n`)
      expect(logs).toHaveLength(1)
      expect([...logs[0]!.lines]).toEqual(rows.map((_, index) => index + 2))
    }),
    { numRuns: 100 },
  )
})
