import { DEFAULT_OPTIONS } from '@heaptrail/heap/analysis-options'
import { DEFAULT_LIMITS } from '@heaptrail/intake/limits'
import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

const read = (line: string) => readArguments(line.split(' ').filter((word) => word !== ''))

test('analyze takes a file and options in any order', () => {
  const plain = {
    kind: 'analyze',
    file: 'heap.hprof',
    options: DEFAULT_OPTIONS,
    limits: DEFAULT_LIMITS,
    json: false,
    rows: undefined,
  }
  expect(read('analyze heap.hprof')).toEqual(plain)
  expect(read('analyze --json --rows 5 heap.hprof')).toEqual({
    ...plain,
    json: true,
    rows: 5,
  })
})

test('an analysis of a heap dump takes its options', () => {
  expect(read('analyze a --sizes mat --keep-unreachable --layout references=8,alignment=16')).toMatchObject({
    options: { sizes: 'mat', keepUnreachable: true, layout: { referenceSize: 8, alignment: 16 } },
  })
  expect(read('export a objects --out b --layout header=16')).toMatchObject({
    options: { sizes: 'jvm', keepUnreachable: false, layout: { instanceHeader: 16 } },
  })
})

test('limits for packed files can be raised, one by one', () => {
  expect(read('analyze a --unpack gib=2,layers=9')).toMatchObject({
    limits: { ...DEFAULT_LIMITS, unpackedBytes: 2 ** 31, layers: 9 },
  })
  expect(read('export a objects --out b --unpack ratio=5000,entries=20000')).toMatchObject({
    limits: { ...DEFAULT_LIMITS, ratio: 5000, entries: 20_000 },
  })
  for (const wrong of ['gib=0', 'layers=21', 'bytes=1', 'ratio'])
    expect(read(`analyze a --unpack ${wrong}`)).toMatchObject({ kind: 'wrong' })
})

test('export takes a file, what, and where to', () => {
  const expected = {
    kind: 'export',
    file: 'heap.hprof',
    options: DEFAULT_OPTIONS,
    limits: DEFAULT_LIMITS,
    what: 'references',
    out: 'refs.txt',
  }
  expect(read('export heap.hprof references --out refs.txt')).toEqual(expected)
  expect(read('export --out=refs.txt heap.hprof references')).toEqual(expected)
})

test.each(['help', '--help', '-h', 'analyze --help', 'export -h'])('%s asks for the usage', (line) => {
  expect(read(line)).toEqual({ kind: 'help' })
})

test.each([
  ['', /Say what to do/],
  ['burn x', /no command "burn"/],
  ['analyze', /takes one file/],
  ['analyze a b', /takes one file/],
  ['analyze a --rows many', /--rows takes a number/],
  ['analyze a --sizes exact', /jvm or mat/],
  ['analyze a --layout header=13', /one of 8, 12, 16/],
  ['analyze a --layout compact', /references=, header= and alignment=/],
  ['analyze a --jsn', /Unknown option '--jsn'/],
  ['export a objects', /--out OUT/],
  ['export a classes --out b', /objects or references/],
  ['export a --out b', /what to export/],
])('%j is wrong usage', (line, message) => {
  const command = read(line)
  expect(command.kind === 'wrong' ? command.message : command.kind).toMatch(message)
})
