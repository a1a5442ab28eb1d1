import { describe, expect, test } from 'vitest'
import { columnFilter } from './column-filter.ts'
import { nameFilter } from '../name-filter.ts'

const MIB = 2 ** 20
const bytes = (text: string) => columnFilter(text, { name: 'retained', whole: 1000 * MIB })
const passes = (text: string, values: readonly number[]) => values.filter(bytes(text))

describe('a filter of a column', () => {
  test('compares with sizes in binary units, whatever way they are written', () => {
    for (const text of ['> 1 MB', '>1mb', '>1MiB', '> 1M', '> 1,048,576', '>1024 k', '> 0.1 %'])
      expect([text, passes(text, [0, MIB, MIB + 50_000, 2 * MIB])]).toEqual([text, [MIB + 50_000, 2 * MIB]])
    expect(passes('> 1 MB', [0, MIB, MIB + 1])).toEqual([MIB + 1])
    expect(passes('1.5k', [1535, 1536])).toEqual([1536])
    expect(passes('<= 10', [9, 10, 11])).toEqual([9, 10])
    expect(passes('= 0', [0, 1])).toEqual([0])
    expect(passes('< 1 GB', [2 ** 30, 2 ** 30 - 1])).toEqual([2 ** 30 - 1])
  })

  test('takes ranges, percentages and their negations', () => {
    expect(passes('1 KB..2 KB', [1023, 1024, 2048, 2049])).toEqual([1024, 2048])
    expect(passes('>= 5 %', [49 * MIB, 50 * MIB])).toEqual([50 * MIB])
    expect(passes('! > 10', [10, 11])).toEqual([10])
    expect(passes('!1..3', [0, 1, 3, 4])).toEqual([0, 4])
    expect(passes('!!5', [4, 5])).toEqual([5])
  })

  test('empty, it lets everything through', () => {
    expect(passes('  ', [0, 1])).toEqual([0, 1])
  })

  test('says what it understands when it does not', () => {
    for (const text of ['big', '> ', '1..', '1..2..3', '> 1 XB', '>> 1', '-1', '1e5', '!', 'x'.repeat(100)])
      expect(() => bytes(text), text).toThrow('is no filter of retained: > 1 MB')
    expect(() => columnFilter('> 1 MB', { name: 'objects' })).toThrow('is no filter of objects: > 100')
    expect(() => columnFilter('> 1 %', { name: 'objects' })).toThrow('no filter')
  })
})

describe('a filter of names', () => {
  const left = (filter: string) => ['a.Order', 'a.Item', 'b.Order'].filter(nameFilter(filter))

  test('with an exclamation mark before it leaves what does not match', () => {
    expect(left('!order')).toEqual(['a.Item'])
    expect(left('!/^a/')).toEqual(['b.Order'])
    expect(left('!')).toEqual(['a.Order', 'a.Item', 'b.Order'])
  })
})
