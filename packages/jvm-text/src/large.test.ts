/** Every text of the large set: what it is, how many rows, what is skipped, and that the numbers are those printed. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { expect } from 'vitest'
import { parseHistograms } from './histogram/parse.ts'
import { parseJstatLogs } from './jstat/parse.ts'
import { tellTextKinds } from './kind.ts'
import { parseTop } from './top/parse.ts'

/** `option rows` of each log and the number of skipped lines, or why it is refused. */
const SHAPES: Readonly<Record<string, string>> = {
  'ansi-colors.txt': 'gcutil 80 | 0',
  'binary-garbage.txt': 'No such header was found.',
  'concat-different-columns.txt': 'gcutil 80, gcutil 32, gc 32 | 0',
  'concat-jdk6-jdk17.txt': 'gcutil 10, gcutil 80 | 0',
  'concat-same-columns.txt': 'gcutil 80, gcutil 900 | 0',
  'cr-only.txt': 'gcutil 80 | 0',
  'crlf.txt': 'gcutil 80 | 0',
  'csv-commas.csv': 'gcutil 80 | 0',
  'empty.txt': 'The file is empty.',
  'grep-prefixed.txt': 'gcutil 80 | 0',
  'header-only.txt': 'no complete row of numbers below it.',
  'huge-values.txt': 'gcutil 10 | 0',
  'interleaved-two-jvms.txt': 'gcutil 80, gcutil 80 | 0',
  'interrupted-ctrl-c.txt': 'gcutil 39 | 1',
  'interrupted-in-header.txt': 'The header here is cut off.',
  'interrupted-mid-line.txt': 'gcutil 39 | 1',
  'jdk6-P-column.txt': 'gcutil 10 | 0',
  'jdk6-markdown-fence.md': 'gcutil 10 | 5',
  'jdk6-with-prompt.txt': 'gcutil 10 | 1',
  'jdk7-P-column-leaky-run.txt': 'gcutil 900 | 0',
  'jdk8-format-leaky-run.txt': 'gcutil 900 | 0',
  'jstat-error-attach.txt': 'No such header was found.',
  'jstat-error-not-found.txt': 'No such header was found.',
  'jstat-usage.txt': 'No such header was found.',
  'jvm-exits-midway.txt': 'gcutil 19 | 0',
  'lang-ar-arabic-digits.txt': 'gcutil 5 | 0',
  'lang-de.txt': 'gcutil 10 | 0',
  'lang-fr-gc.txt': 'gc 5 | 0',
  'leading-timestamp-by-awk.txt': 'gcutil 80 | 0',
  'long-200k-rows.txt.gz': 'gcutil 200000 | 0',
  'mixed-eol.txt': 'gcutil 80 | 0',
  'nan-and-negative.txt': 'gcutil 2 | 0',
  'no-header.txt': 'gcutil 80 | 0',
  'no-trailing-newline.txt': 'gcutil 80 | 0',
  'nul-bytes-hole.txt': 'gcutil 80 | 0',
  'one-row.txt': 'gcutil 1 | 0',
  'only-whitespace.txt': 'The file is empty.',
  'prompt-at-top.txt': 'gcutil 10 | 1',
  'prompt-top-and-bottom.txt': 'gcutil 19 | 3',
  'restart-counters-reset.txt': 'gcutil 980 | 0',
  'script-typescript.txt': 'gcutil 80 | 4',
  'story-jmap-histo.txt': 'No such header was found.',
  'story-top.txt': 'No such header was found.',
  'story-whole-post.md': 'gcutil 10 | 115',
  'tabs.txt': 'gcutil 80 | 0',
  'text-then-garbage.txt': 'gcutil 37 | 4',
  'utf16be-bom.txt': 'gcutil 80 | 0',
  'utf16le-bom.txt': 'gcutil 80 | 0',
  'utf16le-nobom.txt': 'gcutil 80 | 0',
  'utf8-bom.txt': 'gcutil 80 | 0',
}

function namesIn(...folder: string[]): string[] {
  return (readdirSync(join(largeFixtures!, ...folder), { recursive: true }) as string[]).sort()
}

function bytesOf(...path: string[]): Uint8Array {
  const bytes = readFileSync(join(largeFixtures!, ...path))
  return path.at(-1)!.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

function outcome(bytes: Uint8Array): string {
  const result = parseJstatLogs(bytes)
  if (result.kind === 'not-jstat') return result.message
  return `${result.logs.map(({ option, rows }) => `${option} ${rows}`).join(', ')} | ${result.skippedTotal}`
}

/** Each value of each row is what stands in that place of its line. */
function expectPrintedValues(bytes: Uint8Array, name: string): void {
  const lines = new TextDecoder().decode(bytes).split('\n')
  const titles = lines[0]!.trim().split(/\s+/)
  const result = parseJstatLogs(bytes)
  if (result.kind === 'not-jstat') throw new Error(`${name}: ${result.message}`)
  expect(result.logs, name).toHaveLength(1)
  const log = result.logs[0]!
  for (let row = 0; row < log.rows; row++) {
    const printed = lines[log.lines[row]! - 1]!.trim().split(/\s+/).map(toNumber)
    const read = titles.flatMap((title) => {
      if (title === 'Timestamp') return log.x[row]!
      return log.values[title]?.[row] ?? []
    })
    expect(read, `${name}:${log.lines[row]}`).toEqual(printed.slice(0, read.length))
    expect(read.length).toBe(titles.filter((title) => !/^L?GCC$/.test(title)).length)
  }
}

function toNumber(word: string): number {
  const ascii = word.replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[,٫]/, '.')
  return word === '-' ? Number.NaN : Number(ascii)
}

testWithLarge('the shapes of jstat logs', () => {
  const names = namesIn('B-jstat', 'shapes')
  expect(names).toEqual(Object.keys(SHAPES).sort())
  for (const name of names) {
    const expected = SHAPES[name]!
    const found = outcome(bytesOf('B-jstat', 'shapes', name))
    expect(expected.includes('|') ? found : found.slice(-expected.length), name).toBe(expected)
  }
})

testWithLarge('every option of ten JVMs: all rows, nothing skipped, the values that are printed', () => {
  const jstat = namesIn('B-jstat').filter((name) => /^jdk.*\/(gc(?!\.log)|gcutil)[^/]*\.txt$/.test(name))
  const logs = jstat.filter((name) => !name.includes('stderr'))
  expect(logs.length).toBeGreaterThan(130)
  for (const name of logs) {
    const bytes = bytesOf('B-jstat', name)
    const option = /\/(gc[a-z]*)/.exec(name)![1]!
    const rows = new TextDecoder()
      .decode(bytes)
      .split('\n')
      .filter((line) => line !== '' && !line.includes('GC')).length
    const causes = option === 'gccause' ? bytes.filter((byte) => byte === 10).length - 1 : rows
    expect(outcome(bytes), name).toBe(`${option} ${causes} | 0`)
    expectPrintedValues(bytes, name)
  }
})

testWithLarge('options that say nothing about collections are refused', () => {
  const others = namesIn('B-jstat').filter((name) => /\/(class|compiler|printcompilation)\.txt$/.test(name))
  expect(others).toHaveLength(30)
  for (const name of others) expect(outcome(bytesOf('B-jstat', name)), name).toContain('says nothing about collections')
})

testWithLarge('the logs of leaking services and their controls', () => {
  const names = namesIn('A-netty-leak').filter((name) => /jstat-(gc|final)/.test(name))
  expect(names.length).toBeGreaterThan(40)
  for (const name of names) {
    const bytes = bytesOf('A-netty-leak', name)
    const isPasted = name.endsWith('final-10.txt')
    const rows = bytes.filter((byte) => byte === 10).length - (isPasted ? 2 : 1)
    const option = /jstat-(gccapacity|gc(?=-)|gcutil)/.exec(name)?.[1] ?? 'gcutil'
    expect(outcome(bytes), name).toBe(`${option} ${rows} | ${isPasted ? 1 : 0}`)
    if (!isPasted) expectPrintedValues(bytes, name)
  }
})

testWithLarge('class histograms of all JVMs add up to their totals', () => {
  const names = [
    ...namesIn('B-jstat').flatMap((name) => (/histo-(all|live)\.txt$/.test(name) ? [join('B-jstat', name)] : [])),
    ...namesIn('A-netty-leak').flatMap((name) => (/histo.*\.txt$/.test(name) ? [join('A-netty-leak', name)] : [])),
  ]
  expect(names.length).toBeGreaterThan(55)
  for (const name of names) {
    const bytes = bytesOf(name)
    const result = parseHistograms(bytes)
    if (result.kind === 'not-histogram') throw new Error(`${name}: ${result.message}`)
    const rows = bytes.filter((byte) => byte === 10).length - 3
    expect(result, name).toMatchObject({ histograms: [{ rows, completeness: 'complete' }], skippedTotal: 0 })
    expect(tellTextKinds(bytes), name).toEqual([{ kind: 'class-histogram', confidence: 'certain', line: 1 }])
  }
})

testWithLarge('output of top: every process or thread, and those of Java', () => {
  const names = [
    ...namesIn('B-jstat').flatMap((name) => (name.endsWith('top-p.txt') ? [join('B-jstat', name)] : [])),
    ...namesIn('A-netty-leak').flatMap((name) => (/\/top-.*\.txt$/.test(name) ? [join('A-netty-leak', name)] : [])),
  ]
  expect(names).toHaveLength(30)
  for (const name of names) {
    const bytes = bytesOf(name)
    const result = parseTop(bytes)
    if (result.kind === 'not-top') throw new Error(`${name}: ${result.message}`)
    const lines = new TextDecoder().decode(bytes).split('\n')
    const rows = result.samples.reduce((sum, sample) => sum + sample.rows.length, 0)
    expect(rows, name).toBe(lines.filter((line) => /^ *\d+ \S+ +(-?\d+|rt) /.test(line)).length)
    expect([result.samples.length, result.skippedTotal], name).toEqual([name.includes('b-n3') ? 3 : 1, 0])
    expect(result.samples[0]?.threads, name).toBe(name.includes('top-H'))
    expect(result.processes[0], name).toMatchObject({ isJava: true, command: 'java' })
    expect(tellTextKinds(bytes), name).toEqual([{ kind: 'top-output', confidence: 'certain', line: 1 }])
  }
})

testWithLarge('a whole report in Markdown holds all three kinds', () => {
  const post = bytesOf('B-jstat', 'shapes', 'story-whole-post.md')
  expect(tellTextKinds(post).map(({ kind, confidence }) => [kind, confidence])).toEqual([
    ['top-output', 'certain'],
    ['jstat-log', 'certain'],
    ['class-histogram', 'certain'],
  ])
  expect(parseTop(post)).toMatchObject({ processes: [{ pid: 13_205 }, { pid: 5591 }] })
  expect(parseHistograms(post)).toMatchObject({ histograms: [{ rows: 20, counted: 'live', pid: 13_205 }] })
})
