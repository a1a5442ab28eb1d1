import { expect, test } from 'vitest'
import { packed, unpacked } from './far-columns.ts'

const NAMES = ['a', 'b']

test.each([2 ** 30, 2 ** 32 + 64])(
  'a column from byte %i on of a large buffer is the same in another thread',
  (byteOffset) => {
    const column = new Uint32Array(new SharedArrayBuffer(2 ** 32 + 4096), byteOffset, 10)
    const message = { kind: 'write', job: { columns: [{ column }], sizes: new Map([[1, 2]]), names: NAMES } }
    const received = unpacked(structuredClone(packed(message))) as typeof message
    const [there] = received.job.columns
    column[3] = 7
    expect(there.column).toBeInstanceOf(Uint32Array)
    expect(there.column[3]).toBe(7)
    expect([there.column.byteOffset, there.column.length]).toEqual([byteOffset, 10])
    expect(received.job.sizes.get(1)).toBe(2)
    expect(received.job.names).toEqual(NAMES)
  },
)

test('and so is one that is longer than 4 GiB', () => {
  const column = new Uint8Array(new SharedArrayBuffer(2 ** 32 + 10))
  const there = unpacked(structuredClone(packed(column))) as Uint8Array
  column[2 ** 32 + 9] = 3
  expect(there.length).toBe(2 ** 32 + 10)
  expect(there.at(-1)).toBe(3)
})

test('in a smaller buffer it stays as it is', () => {
  const column = new Int32Array(8)
  expect(packed({ column })).toEqual({ column })
})
