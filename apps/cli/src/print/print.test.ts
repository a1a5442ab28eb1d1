import { expect, test } from 'vitest'
import { countText, percentText, sizeText } from './numbers.ts'
import { printable } from './printable.ts'
import { tableText } from './table.ts'

test('sizes are in binary units, counts have separators', () => {
  expect([0, 1023, 1024, 14_434_088, 2 ** 31, 3 * 2 ** 50].map(sizeText)).toEqual([
    '0 B',
    '1,023 B',
    '1.0 KiB',
    '13.8 MiB',
    '2.0 GiB',
    '3072.0 TiB',
  ])
  expect(countText(21_001_521)).toBe('21,001,521')
  expect([percentText(1, 3), percentText(0, 0)]).toEqual(['33.3 %', '–'])
})

test('a table is aligned, also where letters are wide, and says how much is left out', () => {
  const rows = [
    { name: '溢出', size: 1000 },
    { name: 'heap', size: 7 },
    { name: 'rest', size: 1 },
  ]
  const text = tableText<(typeof rows)[number]>(
    [
      { title: 'Name', align: 'left', text: (row) => row.name },
      { title: 'Size', align: 'right', text: (row) => countText(row.size) },
    ],
    rows,
    2,
  )
  expect(text).toBe('  Name   Size\n  溢出  1,000\n  heap      7\n  … and 1 more\n')
})

test('names from a dump cannot steer a terminal', () => {
  expect(printable('a\u001b[2Jb\nc\u202e')).toBe('a\ufffd[2Jb\ufffdc\ufffd')
  expect(printable('x'.repeat(60_000)).length).toBe(301)
})
