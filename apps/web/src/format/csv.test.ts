import { expect, test } from 'vitest'
import { csvText } from './csv.ts'

test('a table becomes lines, with quotes where a cell would break one', () => {
  expect(
    csvText(
      ['class', 'bytes'],
      [
        ['byte[]', 12],
        ['a,"b"', undefined],
      ],
    ),
  ).toBe('class,bytes\r\nbyte[],12\r\n"a,""b""",\r\n')
})

test('no spreadsheet takes a name for a formula', () => {
  expect(csvText(['x'], [['=1+1'], [-1]])).toBe("x\r\n'=1+1\r\n-1\r\n")
})
