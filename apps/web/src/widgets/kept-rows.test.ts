import { expect, test } from 'vitest'
import { keptRows } from './kept-rows.ts'

interface Row {
  readonly key: string
  readonly name: string
  readonly open: boolean
}

const row = (key: string, open = false): Row => ({ key, name: `row ${key}`, open })
const keep = (before: readonly Row[], rows: readonly Row[]) => keptRows(before, rows, ({ key }) => key)

test('rows that show the same are the same objects, wherever they stand now', () => {
  const before = [row('a'), row('b'), row('c')]
  const [a, inserted, b, c] = keep(before, [row('a', true), row('a1'), row('b'), row('c')])
  expect(a).not.toBe(before[0])
  expect(inserted).toEqual(row('a1'))
  expect([b, c]).toEqual([before[1], before[2]])
  expect(b).toBe(before[1])
  expect(c).toBe(before[2])
})

test('a list in which nothing has changed is the same list', () => {
  const before = [row('a'), row('b')]
  expect(keep(before, [row('a'), row('b')])).toBe(before)
  expect(keep(before, [row('a')])).not.toBe(before)
  expect(keep(before, [row('b'), row('a')])).toEqual([row('b'), row('a')])
})
