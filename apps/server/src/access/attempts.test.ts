import { expect, test } from 'vitest'
import { createAttempts } from './attempts.ts'

function attempts(limits = { burst: 3, refillMs: 1000, burstOfAll: 100 }) {
  const clock = { now: 0 }
  return { clock, ...createAttempts(limits, () => clock.now) }
}

test('so many wrong keys in a row, then one per interval', () => {
  const { clock, mayTry, failed } = attempts()
  for (let wrong = 0; wrong < 3; wrong++) failed('192.0.2.1')
  expect(mayTry('192.0.2.1')).toBe(false)
  clock.now = 999
  expect(mayTry('192.0.2.1')).toBe(false)
  clock.now = 1000
  expect(mayTry('192.0.2.1')).toBe(true)
  failed('192.0.2.1')
  expect(mayTry('192.0.2.1')).toBe(false)
})

test('one address does not lock out another', () => {
  const { mayTry, failed } = attempts()
  for (let wrong = 0; wrong < 3; wrong++) failed('192.0.2.1')
  expect(mayTry('192.0.2.2')).toBe(true)
})

test('addresses of one IPv6 network count together, those of another do not', () => {
  const { mayTry, failed } = attempts()
  for (const host of ['1', '2', 'ffff:3']) failed(`2001:db8:0:7::${host}`)
  expect(mayTry('2001:db8::7:0:0:0:9')).toBe(false)
  expect(mayTry('2001:db8:0:8::1')).toBe(true)
})

test('an attack from many addresses is stopped too, and only for a while', () => {
  const { clock, mayTry, failed } = attempts({ burst: 3, refillMs: 1000, burstOfAll: 5 })
  for (let host = 0; host < 5; host++) failed(`192.0.2.${host}`)
  expect(mayTry('192.0.2.100')).toBe(false)
  clock.now = 1000
  expect(mayTry('192.0.2.100')).toBe(true)
})
