import { readLog } from '@heaptrail/fixtures/logs'
import { describe, expect, test } from 'vitest'
import { readableClassName, splitModule } from './class-name.ts'
import type { ClassHistogram, ClassHistograms } from './histogram.ts'
import { parseHistograms } from './parse.ts'

function parse(input: string | Uint8Array): ClassHistograms {
  const result = parseHistograms(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-histogram') throw new Error(result.message)
  return result
}

function only(input: string | Uint8Array): ClassHistogram {
  const { histograms } = parse(input)
  expect(histograms).toHaveLength(1)
  return histograms[0]!
}

function text(name: string): string {
  return new TextDecoder().decode(readLog(name))
}

function row(histogram: ClassHistogram, index: number): unknown[] {
  const { ranks, names, modules, instances, bytes } = histogram
  return [ranks.at(index), names.at(index), modules.at(index), instances.at(index), bytes.at(index)]
}

test('JDK 17: all classes with their modules, and a total that agrees', () => {
  const histogram = only(readLog('histo-17-live.txt'))
  expect(histogram).toMatchObject({
    rows: 539,
    completeness: 'complete',
    counted: 'unknown',
    sum: { instances: 135_511, bytes: 9_635_224 },
    total: { instances: 135_511, bytes: 9_635_224, line: 542 },
  })
  expect(row(histogram, 0).slice(0, 3)).toEqual([1, 'byte[]', 'java.base@17.0.15'])
  expect(row(histogram, -1)).toEqual([539, 'sun.nio.fs.NativeBuffers$1', 'java.base@17.0.15', 1, 16])
  expect([...histogram.lines.subarray(0, 2)]).toEqual([3, 4])
  expect(histogram.names).toContain('java.lang.invoke.LambdaForm$Name[]')
})

test('JDK 25', () => {
  expect(only(readLog('histo-25.txt'))).toMatchObject({ rows: 209, completeness: 'complete' })
})

test('JDK 6, only the largest classes: internal objects keep their names, and the total is missing', () => {
  const histogram = only(readLog('story-jmap-histo.txt'))
  expect(histogram).toMatchObject({ rows: 20, completeness: 'no-total', total: undefined })
  expect(row(histogram, 0)).toEqual([1, 'byte[]', '', 34_943, 2_675_903_544])
  expect(row(histogram, 7)).toEqual([8, '<methodKlass>', '', 70_627, 9_615_944])
})

describe('several in one text', () => {
  test('one after the other, with and without headers and totals', () => {
    const whole = text('histo-25.txt')
    const head = whole.split('\n').slice(0, 12).join('\n')
    const { histograms, skippedTotal } = parse(`${whole}\n${head}\n\n${head.replace(/^.*\n.*\n/, '')}\n`)
    expect(histograms.map(({ rows, completeness, line }) => [rows, completeness, line])).toEqual([
      [209, 'complete', 1],
      [10, 'no-total', 214],
      [10, 'no-total', 227],
    ])
    expect(skippedTotal).toBe(0)
  })

  test('commands and times between them say what was counted, of which process, and when', () => {
    const body = text('story-jmap-histo.txt')
    const { histograms } = parse(
      [
        `2026-11-23T10:00:00Z\n$ jmap -histo:live 13205 | head -25\n${body}`,
        `Mon Nov 23 11:00:00 UTC 2026\n$ jmap -histo 13205\n${body}`,
        `$ jcmd 13205 GC.class_histogram\n13205:\n${body}`,
        `$ jcmd Main GC.class_histogram -all\n4711:\n${body}`,
      ].join('\n'),
    )
    expect(histograms.map(({ counted, pid, stamp }) => [counted, pid, stamp?.milliseconds])).toEqual([
      ['live', 13205, Date.UTC(2026, 10, 23, 10)],
      ['all', 13205, Date.UTC(2026, 10, 23, 11)],
      ['live', 13205, undefined],
      ['all', 4711, undefined],
    ])
  })
})

describe('damage', () => {
  const whole = text('histo-25.txt')

  test('rows that are missing in the middle show in the total', () => {
    const lines = whole.split('\n')
    const histogram = only([...lines.slice(0, 20), ...lines.slice(30)].join('\n'))
    expect(histogram).toMatchObject({ rows: 199, completeness: 'differs' })
  })

  test('a last row that is cut off is no row', () => {
    const { histograms, skipped } = parse(whole.split('\n').slice(0, 9).join('\n') + '\n   8:           333')
    expect(histograms[0]?.rows).toBe(7)
    expect(skipped).toEqual([{ line: 10, text: '8:           333', reason: 'cut off: the class is missing' }])
    expect(parse('1: 3 48 java.lang.String\n2: 1 16 [Ljava.lang.Obj').skipped[0]?.reason).toContain('within the name')
  })

  test.each([
    ['CR LF', whole.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${whole}`],
    ['a quotation', whole.trimEnd().replaceAll(/^/gm, '> ')],
    ['grep', whole.trimEnd().replaceAll(/^/gm, 'histo.txt:')],
    ['terminal colours', whole.replaceAll(/^(.+)$/gm, '\u001b[1m$1\u001b[0m')],
    ['a report around it', `Dear all,\n\n\`\`\`\n${whole}\`\`\`\nWhat now?\n`],
  ])('%s changes nothing', (_, changed) => {
    const { names, bytes, completeness } = only(changed)
    const expected = only(whole)
    expect([names, bytes, completeness]).toEqual([expected.names, expected.bytes, 'complete'])
  })

  test.each([
    ['nothing', '', 'The file is empty.'],
    ['prose', 'Dear all,\nthe service is slow.', 'There is none.'],
    ['a header alone', ' num     #instances         #bytes  class name\n------', 'no complete row below it'],
    ['a jstat log', text('jdk8.txt'), 'There is none.'],
  ])('%s is refused with a sentence', (_, input, sentence) => {
    const result = parseHistograms(new TextEncoder().encode(input))
    expect(result).toMatchObject({ kind: 'not-histogram', message: expect.stringContaining(sentence) as string })
  })
})

test.each([
  ['[B', 'byte[]'],
  ['[[J', 'long[][]'],
  ['[Ljava.lang.String;', 'java.lang.String[]'],
  ['java.util.HashMap$Node', 'java.util.HashMap$Node'],
  ['<constMethodKlass>', '<constMethodKlass>'],
  ['Churn$$Lambda/0x0000000800c03000', 'Churn$$Lambda/0x0000000800c03000'],
  ['byte[]', 'byte[]'],
])('%s is read as %s', (printed, readable) => {
  expect(readableClassName(printed)).toBe(readable)
})

test('a module is taken apart from the class, also from a hidden one', () => {
  expect(splitModule('a.B$$Lambda/0x00007f8a01003210 (my.app@1.2)')).toEqual({
    name: 'a.B$$Lambda/0x00007f8a01003210',
    module: 'my.app@1.2',
  })
  expect(splitModule('a.B')).toEqual({ name: 'a.B', module: undefined })
})
