import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

const read = (line: string) => readArguments(line.split(' ').filter((word) => word !== ''))

test('analyze takes a file and options in any order', () => {
  expect(read('analyze heap.hprof')).toEqual({ kind: 'analyze', file: 'heap.hprof', json: false, rows: undefined })
  expect(read('analyze --json --rows 5 heap.hprof')).toEqual({
    kind: 'analyze',
    file: 'heap.hprof',
    json: true,
    rows: 5,
  })
})

test('export takes a file, what, and where to', () => {
  const expected = { kind: 'export', file: 'heap.hprof', what: 'references', out: 'refs.txt' }
  expect(read('export heap.hprof references --out refs.txt')).toEqual(expected)
  expect(read('export --out=refs.txt heap.hprof references')).toEqual(expected)
})

test.each(['help', '--help', '-h', 'analyze --help', 'export -h'])('%s asks for the usage', (line) => {
  expect(read(line)).toEqual({ kind: 'help' })
})

test.each([
  ['', /Say what to do/],
  ['open x', /no command "open"/],
  ['analyze', /takes one file/],
  ['analyze a b', /takes one file/],
  ['analyze a --rows many', /--rows takes a number/],
  ['analyze a --jsn', /Unknown option '--jsn'/],
  ['export a objects', /--out OUT/],
  ['export a classes --out b', /objects or references/],
  ['export a --out b', /what to export/],
])('%j is wrong usage', (line, message) => {
  const command = read(line)
  expect(command.kind === 'wrong' ? command.message : command.kind).toMatch(message)
})
