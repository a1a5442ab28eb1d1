import { expect, test } from 'vitest'
import { labelOf, withoutPacking } from './label.ts'

test.each([
  ['heap.hprof', 'heap.hprof'],
  ['../../etc/passwd', 'passwd'],
  ['/tmp/fetch.bin', 'fetch.bin'],
  ['C:\\dumps\\heap.hprof', 'heap.hprof'],
  ['a/b/', 'b'],
  ['..', '..'],
  ['///', 'unnamed'],
  ['', 'unnamed'],
  ['new\nline\u0000.hprof', 'newline.hprof'],
  ['evil\u202Eforp.exe', 'evilforp.exe'],
  ['堆/溢出.hprof', '溢出.hprof'],
])('%j is shown as %j', (name, label) => {
  expect(labelOf(name)).toBe(label)
})

test('a long name is cut, between characters', () => {
  const label = labelOf('溢'.repeat(500))
  expect(Array.from(label).length).toBe(200)
  expect(label.endsWith('溢…')).toBe(true)
})

test('endings of packing fall away, but not the whole name', () => {
  expect(['a.hprof.gz', 'a.tgz', 'a.zst', '.gz', 'a.GZ', 'a.zip'].map(withoutPacking)).toEqual([
    'a.hprof',
    'a.tar',
    'a',
    '.gz',
    'a',
    'a.zip',
  ])
})
