import { expect, test } from 'vitest'
import { type Memory, createMemory, takeFloat64, takeUint16, takeUint32 } from './memory.ts'

const KIB = 1024

/** Where a column of that many bytes would be put. */
function placeOf(memory: Memory, bytes: number): number {
  const column = takeUint32(memory, bytes / 4)
  memory.give(column)
  return column.byteOffset
}

test('columns lie in one buffer, apart from each other and at cache lines', () => {
  const memory = createMemory(4 * KIB)
  const [a, b, c] = [takeUint32(memory, 5), takeUint16(memory, 3), takeFloat64(memory, 2)]
  expect([a.buffer, b.buffer]).toEqual([c.buffer, c.buffer])
  expect([a.byteOffset, b.byteOffset, c.byteOffset]).toEqual([0, 64, 128])
  expect([a.length, b.length, c.length]).toEqual([5, 3, 2])
})

test('the lowest place that was given back and is large enough is used first', () => {
  const memory = createMemory(64 * KIB)
  const [a, b, c] = [1, 2, 1].map((kib) => takeUint32(memory, (kib * KIB) / 4))
  memory.give(a)
  memory.give(b)
  expect(c.byteOffset).toBe(3 * KIB)
  expect(placeOf(memory, KIB)).toBe(0)
  expect(placeOf(memory, 3 * KIB)).toBe(0)
  expect(placeOf(memory, 4 * KIB)).toBe(4 * KIB)
})

test('places that touch are joined, in whatever order they come back', () => {
  const memory = createMemory(64 * KIB)
  const columns = Array.from({ length: 5 }, () => takeUint32(memory, KIB / 4))
  for (const i of [1, 3, 2, 0]) memory.give(columns[i])
  expect(placeOf(memory, 4 * KIB)).toBe(0)
})

test('the tail of a column can be given back alone', () => {
  const memory = createMemory(64 * KIB)
  const column = takeUint32(memory, (4 * KIB) / 4)
  memory.shrink(column, KIB)
  expect(placeOf(memory, 3 * KIB)).toBe(KIB)
  memory.give(new Uint32Array(column.buffer, column.byteOffset, KIB / 4))
  expect(placeOf(memory, 4 * KIB)).toBe(0)
})

test('an adopted buffer comes before the reserve, the smallest that fits before others', () => {
  const memory = createMemory(64 * KIB)
  const [small, large] = [new SharedArrayBuffer(2 * KIB), new ArrayBuffer(8 * KIB)]
  memory.adopt(large)
  memory.adopt(small)
  const [first, second] = [takeUint32(memory, (1.5 * KIB) / 4), takeUint32(memory, (6 * KIB) / 4)]
  expect([first.buffer === small, second.buffer === large]).toEqual([true, true])
  expect(takeUint32(memory, (6 * KIB) / 4).byteLength).toBe(6 * KIB)
})

test('what was touched comes before what was not: within the reserve, then in an adopted buffer, however large', () => {
  const memory = createMemory(64 * KIB)
  const [used, half] = [takeUint32(memory, (2 * KIB) / 4), takeUint32(memory, (4 * KIB) / 4)]
  memory.shrink(half, KIB)
  memory.give(used)
  const adopted = new ArrayBuffer(32 * KIB)
  memory.adopt(adopted)
  const [first, second] = [takeUint32(memory, (2 * KIB) / 4), takeUint32(memory, (2 * KIB) / 4)]
  expect([first.buffer, first.byteOffset]).toEqual([used.buffer, 0])
  expect(second.buffer).toBe(adopted)
})

test('of an adopted buffer the first bytes can stay in use', () => {
  const memory = createMemory(KIB)
  const buffer = new ArrayBuffer(8 * KIB)
  memory.adopt(buffer, 4 * KIB)
  expect(takeUint32(memory, (4 * KIB) / 4)).toMatchObject({ buffer, byteOffset: 4 * KIB })
})

test('an adopted buffer is not broken for what is small, unless that comes back soon', () => {
  const memory = createMemory(64 * KIB)
  const large = new ArrayBuffer(8 * KIB)
  memory.give(takeUint32(memory, KIB / 4))
  memory.adopt(large)
  expect(takeUint32(memory, KIB / 4).buffer).not.toBe(large)
  const brief = takeUint32(memory, KIB / 4, true)
  expect(brief.buffer).toBe(large)
  memory.give(brief)
  expect(takeUint32(memory, (8 * KIB) / 4).buffer).toBe(large)
})

test('half of an adopted buffer is left for what comes back soon where another does as well', () => {
  const memory = createMemory(64 * KIB)
  const [large, small] = [new ArrayBuffer(32 * KIB), new ArrayBuffer(16 * KIB + 128)]
  memory.adopt(large)
  const half = takeUint32(memory, (32 * KIB) / 4)
  memory.shrink(half, 16 * KIB)
  memory.adopt(small)
  expect(takeUint32(memory, (16 * KIB) / 4, true).buffer).toBe(large)
  memory.give(new Uint8Array(large, 16 * KIB))
  expect(takeUint32(memory, (16 * KIB) / 4).buffer).toBe(small)
})

test('more than the reserve is allocated when it is needed', () => {
  const memory = createMemory(KIB)
  const column = takeUint32(memory, KIB)
  expect(column.length).toBe(KIB)
  memory.give(column)
  expect(takeUint32(memory, KIB).buffer).toBe(column.buffer)
})
