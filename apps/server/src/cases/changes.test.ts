import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createChanges } from './changes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first change is told at once, the following ones four times a second, the last one always', () => {
  const changes = createChanges()
  const told: string[] = []
  changes.listen((caseId) => told.push(caseId))
  for (let step = 0; step < 100; step++) {
    changes.changed('busy')
    vi.advanceTimersByTime(10)
  }
  expect(told.length).toBeGreaterThanOrEqual(4)
  expect(told.length).toBeLessThanOrEqual(5)
  const before = told.length
  changes.changed('busy')
  vi.advanceTimersByTime(1000)
  expect(told.length).toBe(before + 1)
  vi.advanceTimersByTime(1000)
  expect(told.length).toBe(before + 1)
})

test('a busy case does not delay another one, and who stopped listening hears nothing', () => {
  const changes = createChanges()
  const told: string[] = []
  const stop = changes.listen((caseId) => told.push(caseId))
  changes.changed('a')
  changes.changed('b')
  expect(told).toEqual(['a', 'b'])
  stop()
  changes.changed('c')
  expect(told).toEqual(['a', 'b'])
})
