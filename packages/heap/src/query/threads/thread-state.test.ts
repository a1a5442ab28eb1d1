import { expect, test } from 'vitest'
import { platformState } from './thread-state.ts'

/** `threadStatus` as HotSpot writes it (`JavaThreadStatus`). */
test.each([
  [0, 'NEW', undefined],
  [0x5, 'RUNNABLE', undefined],
  [0x400005, 'RUNNABLE', undefined],
  [0xe1, 'TIMED_WAITING', 'sleeping'],
  [0x191, 'WAITING', 'object-wait'],
  [0x1a1, 'TIMED_WAITING', 'object-wait'],
  [0x291, 'WAITING', 'parked'],
  [0x2a1, 'TIMED_WAITING', 'parked'],
  [0x401, 'BLOCKED', 'monitor'],
  [0x2, 'TERMINATED', undefined],
  [undefined, undefined, undefined],
])('status %s is %s, %s', (status, name, wait) => {
  expect(platformState(status)).toEqual({ name, wait })
})
