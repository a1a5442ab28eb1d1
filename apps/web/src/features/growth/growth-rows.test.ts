import { expect, test } from 'vitest'
import type { HeapGrowth } from '@heaptrail/api/heap-growth'
import { rowsOf } from './growth-rows.ts'

const GROWTH: HeapGrowth = {
  dumps: [],
  pending: [],
  signatures: [
    {
      signature: 'Shop#orders acme.Order',
      name: 'Shop#orders',
      items: 'acme.Order',
      bytes: [1, 5, 9],
      severities: [null, null, 'warning'],
      steady: true,
    },
  ],
  classes: [
    { name: 'acme.Order', objects: [10, 50, 90], shallow: [1, 5, 9], retained: [1, 5, 9], steady: true },
    { name: 'byte[]', objects: [10, 5, 200], shallow: [5, 6, 7], retained: [5, 6, 7], steady: true },
  ],
}

test('suspects, and classes by what they retain or by their objects; those that grew most stand first', () => {
  const names = (...args: Parameters<typeof rowsOf>) => rowsOf(...args).map(({ title }) => title)
  expect(names(GROWTH, 'suspects', { figure: 'retained', filter: '' })).toEqual(['Shop#orders'])
  expect(names(GROWTH, 'classes', { figure: 'retained', filter: '' })).toEqual(['acme.Order', 'byte[]'])
  expect(names(GROWTH, 'classes', { figure: 'objects', filter: '' })).toEqual(['byte[]', 'acme.Order'])
  expect(names(GROWTH, 'classes', { figure: 'objects', filter: 'ORDER ' })).toEqual(['acme.Order'])
})
