import { expect, test } from 'vitest'
import { plainProcess } from './plain.ts'

test('what a sample did not show is null', () => {
  const plain = plainProcess({
    pid: 13205,
    command: 'java',
    user: undefined,
    isJava: true,
    samples: Uint32Array.of(0, 2),
    virtualBytes: Float64Array.of(1024, NaN),
    residentBytes: Float64Array.of(512, 0),
    cpuPercent: Float64Array.of(NaN, 120.7),
  })
  expect(plain).toEqual({
    pid: 13205,
    command: 'java',
    user: null,
    isJava: true,
    samples: [0, 2],
    virtualBytes: [1024, null],
    residentBytes: [512, 0],
    cpuPercent: [null, 120.7],
  })
})
