import { Scene } from '@heaptrail/fixtures/scene'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FilterOperator, type FilterValue, holds, parseFieldFilter } from './field-filter.ts'
import { printId } from '../heap.ts'
import { objectsOfClass } from './objects-of-class.ts'
import { analysed } from '../testing/analysed.ts'

function printed(value: FilterValue): string | null {
  if (value.kind === 'pattern') return String(value.pattern)
  return value.kind === 'null' ? null : value.text
}

function conditions(text: string): unknown[] {
  const parsed = parseFieldFilter(text)
  if (parsed.kind === 'fault') throw new Error(`${parsed.message} at ${parsed.at}`)
  return parsed.conditions.map(({ name, operator, value }) => [name, operator, printed(value)])
}

describe('a condition on fields', () => {
  test('is a name, an operator and a value; several are joined by and', () => {
    expect(conditions('size > 1000')).toEqual([['size', '>', '1000']])
    expect(conditions('name=/a\\/b/i')).toEqual([['name', '=', '/a\\/b/iu']])
    expect(conditions('name = "a \\"b\\" and c" and state != null')).toEqual([
      ['name', '=', 'a "b" and c'],
      ['state', '!=', null],
    ])
    expect(conditions('状态 == 完成 && x<=-1.5')).toEqual([
      ['状态', '=', '完成'],
      ['x', '<=', '-1.5'],
    ])
  })

  test('takes sizes as the flags of the JVM have them', () => {
    const parsed = parseFieldFilter('retained >= 1.5m')
    expect(parsed.kind === 'conditions' && parsed.conditions[0].value).toMatchObject({ number: 1.5 * 2 ** 20 })
  })

  test.each([
    ['', 'The name of a field is expected', 0],
    ['size', 'One of = != < <= > >= is expected behind size', 4],
    ['size >', 'A number, "text", /regular expression/ or null is expected', 6],
    ['name = /(/', 'This is no regular expression', 6],
    ['name > "x"', 'Only numbers are smaller or larger: use = or !=', 6],
    ['a = 1 b = 2', '"and" or the end is expected', 5],
    ['a = 1 and', 'The name of a field is expected', 9],
  ])('%s says what is wrong and where', (text, message, at) => {
    expect(parseFieldFilter(text)).toEqual({ kind: 'fault', message, at })
  })

  test('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(['conditions', 'fault']).toContain(parseFieldFilter(text).kind)
      }),
    )
  })

  test('compares numbers as numbers', () => {
    const operators: readonly [FilterOperator, (a: number, b: number) => boolean][] = [
      ['=', (a, b) => a === b],
      ['!=', (a, b) => a !== b],
      ['<', (a, b) => a < b],
      ['>=', (a, b) => a >= b],
    ]
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.constantFrom(...operators), (a, b, [operator, expected]) => {
        const condition = { name: 'x', operator, value: { kind: 'number', number: b, text: String(b) } } as const
        expect(holds(condition, { isNull: false, number: a, text: String(a) })).toBe(expected(a, b))
      }),
    )
  })
})

test('objects of a class are filtered by what their fields hold', async () => {
  const scene = new Scene()
  const order = scene.defineClass('acme.Order', { fields: { number: 'int', name: 'object', items: 'object' } })
  const list = scene.defineClass('java.util.ArrayList', { fields: { size: 'int', elementData: 'object' } })
  const ids = Array.from({ length: 20 }, (_, number) =>
    scene.instance(order, {
      number,
      name: number % 2 === 0 ? scene.string(`order ${number}`) : 0,
      items: scene.instance(list, { size: number * 10 }),
    }),
  )
  scene.keep(scene.objectArray(ids))
  const heap = await analysed(scene.bytes())
  const found = (filter: string, limit = 100): readonly number[] => {
    const page = objectsOfClass(heap, { classId: printId(BigInt(order.id)), filter, offset: 0, limit })
    expect(page).toMatchObject({ searched: 20 })
    return page.rows.map(({ id }) => ids.indexOf(Number(id))).toSorted((a, b) => a - b)
  }
  expect(found('number > 17')).toEqual([18, 19])
  expect(found('name = /r 1[0-9]$/')).toEqual([10, 12, 14, 16, 18])
  expect(found('name = "order 4"')).toEqual([4])
  expect(found('name = null and number < 4')).toEqual([1, 3])
  expect(found('items >= 180')).toEqual([18, 19])
  expect(found('retained > 1g')).toEqual([])
  const unfiltered = objectsOfClass(heap, { classId: printId(BigInt(order.id)), offset: 0, limit: 3 })
  expect(unfiltered).toMatchObject({ total: 20, searched: null })
  expect(unfiltered.rows).toHaveLength(3)
  expect(() => found('count > 1')).toThrow('There is no field count. There are: number, name, items')
  expect(() => found('number ~ 1')).toThrow('character 7')
})
