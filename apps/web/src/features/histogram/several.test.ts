import { expect, test } from 'vitest'
import { allSelected, withRange, withToggled } from './several.ts'

test('a class is added as the last one and taken away again; without it the one before is the last', () => {
  const one = { selected: '0x1', also: [] }
  const two = withToggled(one, '0x2')
  expect(two).toEqual({ selected: '0x2', also: ['0x1'] })
  expect(withToggled(two, '0x2')).toEqual(one)
  expect(withToggled(two, '0x1')).toEqual({ selected: '0x2', also: [] })
  expect(withToggled(one, '0x1')).toEqual({ selected: undefined, also: [] })
})

test('a range is all its rows, and the keyboard stands on one of them', () => {
  const rows = ['0x1', '0x2', '0x3'].map((classId) => ({ classId }))
  expect(withRange(rows, { classId: '0x3' })).toEqual({ selected: '0x3', also: ['0x1', '0x2'] })
})

test('a link that names a class twice selects it once', () => {
  expect(allSelected({ selected: '0x1', also: ['0x2', '0x1'] })).toEqual(['0x1', '0x2'])
})
