import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBytes, formatExactBytes, formatSignedBytes } from './bytes.ts'
import { splitClassName, withLength } from './class-name.ts'
import { formatShare, formatSigned } from './count.ts'
import { heapSizeText, parseHeapSize } from './heap-size.ts'
import { jstatValue } from './jstat-value.ts'
import { readObjectId } from './object-id.ts'
import { edgesText, objectSentence, objectText } from './object-text.ts'
import { formatDuration, localDateTime, parseLocalDateTime } from './time.ts'

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [144, '144 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KiB'],
    [14_434_088, '13.8 MiB'],
    [1_048_575, '1.0 MiB'],
    [1_031_577, '1,007.4 KiB'],
    [2 ** 30, '1.0 GiB'],
    [5 * 2 ** 40, '5.0 TiB'],
    [2000 * 2 ** 40, '2,000.0 TiB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test('no unit is ever shown with 1,024 of it, and the text is within half a tenth of the value', () => {
    const units: Record<string, number> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 49 }), (bytes) => {
        const [number = '', unit = ''] = formatBytes(bytes).split(' ')
        const size = units[unit] ?? 0
        const value = Number(number.replaceAll(',', ''))
        expect(value).toBeLessThan(1024)
        expect(Math.abs(value * size - bytes)).toBeLessThanOrEqual(size * 0.0501)
      }),
    )
  })

  test('exact bytes stand on hover', () => {
    expect(formatExactBytes(14_434_088)).toBe('14,434,088 bytes')
    expect(formatExactBytes(1)).toBe('1 byte')
  })
})

test.each([
  [0, '0 %'],
  [0.0004, '< 0.1 %'],
  [0.0312, '3.1 %'],
  [0.0996, '10 %'],
  [0.2212, '22 %'],
  [1, '100 %'],
])('a share of %d is %s', (share, text) => {
  expect(formatShare(share)).toBe(text)
})

test.each([
  ['io.netty.buffer.PoolArena$HeapArena', 'io.netty.buffer', 'PoolArena$HeapArena'],
  ['byte[]', '', 'byte[]'],
  ['java.lang.Object[][]', 'java.lang', 'Object[][]'],
  ['Main', '', 'Main'],
  ['a.b.Main$$Lambda/0x00007f12a4001000', 'a.b', 'Main$$Lambda/0x00007f12a4001000'],
  ['a.b.Main$$Lambda$27+0x00007f.x', 'a.b', 'Main$$Lambda$27+0x00007f.x'],
])('%s lies in package "%s"', (className, packageName, simpleName) => {
  expect(splitClassName(className)).toEqual({ packageName, simpleName })
})

test('the length of an array stands in its first brackets', () => {
  expect(withLength('byte[]', '262,144')).toBe('byte[262,144]')
  expect(withLength('Entry[][]', '5')).toBe('Entry[5][]')
})

describe('object ids', () => {
  test.each([
    ['0xfd59b668', '0xfd59b668'],
    ['0XFD59B668', '0xfd59b668'],
    [' fd59b668 ', '0xfd59b668'],
    ['@ 0x00000000fd59b668', '0xfd59b668'],
    ['0x0', '0x0'],
    ['0x7f12a4001000', '0x7f12a4001000'],
  ])('%s is read as %s', (typed, id) => {
    expect(readObjectId(typed)).toBe(id)
  })

  test.each(['', '0x', 'face', 'decade', 'java.lang.String', '0x12345678901234567', '0xfg', 'PoolChunk'])(
    '"%s" is no id',
    (typed) => {
      expect(readObjectId(typed)).toBeUndefined()
    },
  )
})

describe('an object is labelled by what it is', () => {
  test.each([
    [{ className: 'a.Foo', label: { kind: 'plain' } }, 'a.Foo 0x1'],
    [{ className: 'java.lang.Class', label: { kind: 'class', name: 'a.b.Server' } }, 'class a.b.Server 0x1'],
    [{ className: 'java.lang.Thread', label: { kind: 'thread', name: 'main' } }, 'java.lang.Thread "main" 0x1'],
    [
      { className: 'java.lang.String', label: { kind: 'string', text: 'a\nb', length: 3 } },
      'java.lang.String "a\\nb" 0x1',
    ],
    [
      { className: 'java.lang.String', label: { kind: 'string', text: 'abc', length: 9 } },
      'java.lang.String "abc"… 0x1',
    ],
    [{ className: 'byte[]', label: { kind: 'array', length: 262_144 } }, 'byte[262,144] 0x1'],
    [{ className: 'java.lang.Integer', label: { kind: 'value', text: '42' } }, 'java.lang.Integer 42 0x1'],
    [{ className: 'a.Loader', label: { kind: 'class-loader', name: '' } }, 'a.Loader 0x1'],
  ] as const)('%o', (object, sentence) => {
    expect(objectSentence({ ...object, id: '0x1' })).toBe(sentence)
  })

  test('no control character reaches a row', () => {
    const { detail } = objectText({
      className: 'java.lang.String',
      label: { kind: 'string', text: '\u0000\u2028\r', length: 3 },
    })
    expect(detail).toBe('"\\u0000\\u2028\\r"')
  })
})

test('edges are named once, statics with the word before them', () => {
  const edges = [
    { kind: 'field', name: 'next' },
    { kind: 'element', name: '[3]' },
    { kind: 'static', name: 'static bufPool' },
    { kind: 'static', name: 'CACHE' },
  ] as const
  expect(edgesText(edges, 'static')).toBe('next, [3], static bufPool, static CACHE')
})

test.each([
  [0.4, '0 s'],
  [75, '1 min 15 s'],
  [3725, '1 h 2 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test.each([
  ['O', 100, '100.00'],
  ['GCT', 19.3, '19.300'],
  ['FGC', 25_877, '25,877'],
  ['CGC', null, '–'],
])('%s shows %s as jstat does: %s', (column, value, text) => {
  expect(jstatValue(column, value)).toBe(text)
})

test('sizes behind -Xmx are read as people type them', () => {
  expect(parseHeapSize('4g')).toBe(4 * 2 ** 30)
  expect(parseHeapSize('-Xmx512m')).toBe(512 * 2 ** 20)
  expect(parseHeapSize('1.5 GiB')).toBe(1.5 * 2 ** 30)
  expect(parseHeapSize('1073741824')).toBe(2 ** 30)
  for (const wrong of ['', 'much', '4 apples', '-4g', '4gg']) expect(parseHeapSize(wrong)).toBeUndefined()
  expect(heapSizeText(4 * 2 ** 30)).toBe('4g')
  expect(heapSizeText(320 * 2 ** 20)).toBe('320m')
  expect(heapSizeText(12_345)).toBe('12345')
})

test('differences have a sign', () => {
  expect(formatSigned(1234)).toBe('+1,234')
  expect(formatSigned(0)).toBe('0')
  expect(formatSignedBytes(-144)).toBe('−144 B')
  expect(formatSignedBytes(2048)).toBe('+2.0 KiB')
})

test('a moment comes back from the field in which it is typed', () => {
  const moment = Date.UTC(2014, 6, 17, 10, 20, 30)
  expect(parseLocalDateTime(localDateTime(moment))).toBe(moment)
  expect(parseLocalDateTime('yesterday')).toBeUndefined()
})
