import { expect, test } from 'vitest'
import { DEFAULT_OPTIONS, optionsKey } from './analysis-options.ts'

test('options that differ have keys that differ', () => {
  expect(optionsKey(DEFAULT_OPTIONS)).toBe('')
  expect(optionsKey({ ...DEFAULT_OPTIONS, keepUnreachable: true })).toBe('keep')
  expect(optionsKey({ sizes: 'mat', keepUnreachable: true, layout: {} })).toBe('mat-keep')
  const layout = { referenceSize: 8, instanceHeader: 16, alignment: 32 } as const
  expect(optionsKey({ ...DEFAULT_OPTIONS, layout })).toBe('r8-h16-a32')
})
