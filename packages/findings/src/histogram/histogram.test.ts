import { findingText } from '@heaptrail/api/finding-texts/text'
import { BesideDumpQuery, ClassGrowthQuery, ClassHistogramQuery } from '@heaptrail/api/class-histograms'
import { Finding } from '@heaptrail/api/findings'
import { readLog } from '@heaptrail/fixtures/logs'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { parseHistograms } from '@heaptrail/jvm-text/histogram/parse'
import { describe, expect, test } from 'vitest'
import { besideDump } from './beside-dump.ts'
import { isOwnClass, packageOf } from './class-names.ts'
import { histogramFindings } from './contents.ts'
import { classesGrow } from './growing.ts'
import { classGrowth } from './growth.ts'
import { histogramRows } from './rows.ts'

function parse(input: string | Uint8Array): ClassHistogram {
  const result = parseHistograms(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-histogram') throw new Error(result.message)
  return result.histograms[0]!
}

type Classes = Readonly<Record<string, readonly [instances: number, bytes: number]>>

/** A whole histogram, or one that is cut off before its total. */
function histogram(classes: Classes, whole = true): ClassHistogram {
  const rows = Object.entries(classes).map(
    ([name, [instances, bytes]], index) => `${index + 1}: ${instances} ${bytes} ${name}`,
  )
  const sum = (column: 0 | 1) => Object.values(classes).reduce((total, amounts) => total + amounts[column], 0)
  const total = whole ? `Total ${sum(0)} ${sum(1)}\n` : ''
  return parse(` num #instances #bytes class name\n-----\n${rows.join('\n')}\n${total}`)
}

test.each([
  ['byte[]', '', false],
  ['<methodKlass>', '', false],
  ['java.util.HashMap$Node[]', 'java.util', false],
  ['io.netty.buffer.PoolChunk', 'io.netty.buffer', false],
  ['com.acme.Order[][]', 'com.acme', true],
  ['com.acme.Order$$Lambda/0x0000000800c03000', 'com.acme', true],
  ['Main', '', true],
  ['$Proxy12', '', false],
])('%s is of the package "%s"; own: %s', (name, packageName, own) => {
  expect([packageOf(name), isOwnClass(name)]).toEqual([packageName, own])
})

describe('one histogram', () => {
  const story = parse(readLog('story-jmap-histo.txt'))

  test('is sorted, filtered and cut into pages', () => {
    const page = histogramRows(
      story,
      ClassHistogramQuery.parse({ filter: 'java.*map', sort: 'name', order: 'asc', limit: '1' }),
    )
    expect(page).toMatchObject({ offset: 0, rows: [{ own: false, classes: 1 }] })
    expect(page.rows[0]?.name).toMatch(/^java\..*[Mm]ap/)
    const shares = histogramRows(story, ClassHistogramQuery.parse({})).rows
    expect(shares[0]).toMatchObject({ name: 'byte[]', instances: 34_943, bytes: 2_675_903_544 })
    expect(shares[0]?.share).toBeGreaterThan(80)
  })

  test('adds up to its packages; arrays of primitives have none', () => {
    const { rows } = histogramRows(
      histogram({ '[B': [5, 500], 'a.b.One': [1, 10], 'a.b.Two': [2, 30], Main: [1, 16] }),
      ClassHistogramQuery.parse({ group: 'package' }),
    )
    expect(rows.map(({ name, classes, bytes }) => [name, classes, bytes])).toEqual([
      ['byte[]', 1, 500],
      ['a.b', 2, 40],
      ['', 1, 16],
    ])
  })

  test('says what fills it, and which class of one’s own comes first', () => {
    const [finding] = histogramFindings(story).map((found) => Finding.parse(found))
    // The text is cut off before its total: what it has is added up.
    const lines = new TextDecoder().decode(readLog('story-jmap-histo.txt')).matchAll(/^ *\d+: +\d+ +(\d+) /gm)
    const total = [...lines].reduce((sum, [, bytes]) => sum + Number(bytes), 0)
    expect(finding).toMatchObject({
      id: 'histogram-contents',
      parameters: {
        className: 'byte[]',
        counted: 'unknown',
        instances: 34_943,
        bytes: 2_675_903_544,
        totalBytes: total,
        share: (100 * 2_675_903_544) / total,
      },
    })
    expect(findingText(finding!, 'en').explanation).toMatch(/^34,943 objects of byte\[\] take 2\.49 GiB of/)
    expect(findingText(finding!, 'zh').title).toContain('byte[]')
  })
})

describe('several histograms', () => {
  const HOUR = 3_600_000
  const leak = [0, 1, 2, 3].map((hour) =>
    histogram({
      '[B': [10_000 + 1000 * hour, 10_000_000 + 8_000_000 * hour],
      'com.acme.Session': [500 + 1000 * hour, 24 * (500 + 1000 * hour)],
      'java.util.HashMap$Node': [100 + 2000 * hour, 32 * (100 + 2000 * hour)],
      'java.lang.String': [5000 - hour, 120_000 - 24 * hour],
    }),
  )
  const times = leak.map((_, hour) => hour * HOUR)
  const query = ClassGrowthQuery.parse({})

  test('show what grows, per hour, own classes first', () => {
    const { rows } = classGrowth({ histograms: leak, times }, query)
    expect(rows.map(({ name }) => name)).toEqual([
      'com.acme.Session',
      'byte[]',
      'java.util.HashMap$Node',
      'java.lang.String',
    ])
    expect(rows[1]).toMatchObject({ bytesGrowth: 24_000_000, bytesPerHour: 8_000_000, steady: true })
    expect(rows[3]).toMatchObject({ instancesGrowth: -3, steady: false, group: null })
  })

  test('classes that grow together are one group: one session comes with one array and two nodes', () => {
    const { groups } = classGrowth({ histograms: leak, times }, query)
    expect(groups).toHaveLength(1)
    expect(groups[0]?.classes.map(({ name, ratio }) => [name, ratio])).toEqual([
      ['byte[]', 1],
      ['java.util.HashMap$Node', 2],
      ['com.acme.Session', 1],
    ])
  })

  test('a class that a whole histogram does not list has no objects; of one that is cut off nobody knows', () => {
    const before = { '[B': [1, 100] } as const
    const after = histogram({ '[B': [1, 100], 'a.New': [7, 70] })
    const whole = classGrowth({ histograms: [histogram(before), after], times: [0, HOUR] }, query).rows[0]
    const cut = classGrowth({ histograms: [histogram(before, false), after], times: [0, HOUR] }, query).rows[0]
    expect(whole).toMatchObject({ name: 'a.New', instances: [0, 7], instancesGrowth: 7, instancesPerHour: 7 })
    expect(cut).toMatchObject({ name: 'a.New', instances: [null, 7], instancesGrowth: 0, instancesPerHour: null })
  })

  test('a time that is a guess gives no rate', () => {
    expect(classGrowth({ histograms: leak, times: [0, 1, 2, undefined] }, query).rows[0]?.bytesPerHour).toBeNull()
  })

  test('what grows most is a finding; only four histograms of live objects make it a warning', () => {
    const finding = Finding.parse(classesGrow({ histograms: leak, times }))
    expect(finding).toMatchObject({
      id: 'classes-grow',
      severity: 'info',
      parameters: {
        className: 'byte[]',
        together: ['java.util.HashMap$Node', 'com.acme.Session'],
        live: false,
        instances: { from: 10_000, to: 13_000 },
        bytes: { from: 10_000_000, to: 34_000_000 },
        bytesPerHour: 8_000_000,
        // Beside it sessions grew by 72,000 bytes and nodes by 192,000.
        share: (100 * 24_000_000) / (24_000_000 + 72_000 + 192_000),
      },
    })
    expect(findingText(finding, 'en').explanation).toContain('in each of them more than in the one before')
    const live = leak.map((each) => ({ ...each, counted: 'live' }) as const)
    expect(classesGrow({ histograms: live, times })?.severity).toBe('warning')
    expect(classesGrow({ histograms: live.slice(0, 2), times: times.slice(0, 2) })?.severity).toBe('info')
    expect(classesGrow({ histograms: [leak[0]!, leak[0]!], times })).toBeUndefined()
  })
})

test('a histogram beside a dump: classes of one name are added up, and differences are text minus dump', () => {
  const dump = {
    names: ['byte[]', 'a.One', 'a.One', 'a.OnlyInDump'],
    classIds: ['0x1', '0x2', '0x3', '0x4'],
    instances: [90, 1, 2, 5],
    bytes: [900, 16, 32, 80],
    retained: [900, 20, 40, 80],
  }
  const text = histogram({ '[B': [100, 1000], 'a.One': [3, 48], 'a.OnlyInText': [1, 8] })
  const { rows } = besideDump(
    text,
    dump,
    BesideDumpQuery.parse({ histogram: 'aaaaaaaaaaaaaaaa~0', dump: 'aaaaaaaaaaaaaaaa' }),
  )
  expect(rows.map(({ name, bytesDifference }) => [name, bytesDifference])).toEqual([
    ['byte[]', 100],
    ['a.OnlyInDump', -80],
    ['a.OnlyInText', 8],
    ['a.One', 0],
  ])
  expect(rows[3]?.dump).toEqual({ classId: '0x3', instances: 3, bytes: 48, retained: 60 })
})
