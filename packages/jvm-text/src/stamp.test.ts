import { expect, test } from 'vitest'
import { readStamp } from './stamp.ts'

test.each([
  ['2026-11-23T00:25:00.100Z', 'instant', '2026-11-23T00:25:00.100Z'],
  ['2026-11-23T08:25:00+08:00 rest', 'instant', '2026-11-23T00:25:00.000Z'],
  ['2026-11-23 00:25:00 -0530', 'instant', '2026-11-23T05:55:00.000Z'],
  ['2026-11-23T00:25:00 0.00', 'local', '2026-11-23T00:25:00.000Z'],
  ['2026-11-23 00:25:00   - 0.00', 'local', '2026-11-23T00:25:00.000Z'],
  ['2026-11-23 01:25:00 PM 0.00', 'local', '2026-11-23T13:25:00.000Z'],
  ['[2026/11/23 00:25:00.5]', 'local', '2026-11-23T00:25:00.500Z'],
  ['23/Nov/2026:00:25:00 +0000', 'instant', '2026-11-23T00:25:00.000Z'],
  ['Mon Nov 23 00:25:00 UTC 2026', 'instant', '2026-11-23T00:25:00.000Z'],
  ['Mon Nov 23 00:25:00 CET 2026', 'local', '2026-11-23T00:25:00.000Z'],
  ['Mon, 23 Nov 2026 12:25:00 AM', 'local', '2026-11-23T00:25:00.000Z'],
  ['Nov 23 00:25:00', 'no-year', '1972-11-23T00:25:00.000Z'],
  ['1795393500.25', 'instant', '2026-11-23T00:25:00.250Z'],
  ['1795393500250', 'instant', '2026-11-23T00:25:00.250Z'],
  ['23:05:06,789', 'time-of-day', '1970-01-01T23:05:06.789Z'],
] as const)('%s', (text, kind, iso) => {
  const stamp = readStamp(text, 0)
  expect(stamp?.kind).toBe(kind)
  expect(new Date(stamp?.milliseconds ?? 0).toISOString()).toBe(iso)
})

test.each([
  '',
  'abc',
  '0.00 100.00',
  '2026-02-30 00:00:00',
  '2026-02-30 00:00:00 1.5',
  '25:00:00',
  '12345',
  'Monday',
  '99.98 12:3',
])('%j is no time', (text) => {
  expect(readStamp(text, 0)).toBeUndefined()
})

test('it ends where the text goes on', () => {
  const text = '[2026-11-23 00:25:00] 0.00'
  expect(text.slice(readStamp(text, 0)?.end)).toBe(' 0.00')
})
