import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SlotBitmap } from './slot-bitmap.ts'
import { SlotIndex, buildSlotIndex } from './slot-index.ts'
import { SortedIndex, buildSortedIndex } from './sorted-index.ts'

const allocate = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes)
const high = (id: bigint): number => Number(id >> 32n)
const low = (id: bigint): number => Number(id & 0xffff_ffffn)

function slotIndex(...parts: readonly bigint[][]): { index: SlotIndex; duplicates: number } {
  let duplicates = 0
  const pages = parts.map((ids) => {
    const bitmap = new SlotBitmap()
    // halves as a cursor gives them: signed
    for (const id of ids) bitmap.add(high(id) | 0, low(id) | 0)
    duplicates += bitmap.duplicates
    return bitmap.pages()
  })
  const built = buildSlotIndex(pages, allocate)
  if (built === undefined) throw new Error('no slot index')
  return { index: new SlotIndex(built.data), duplicates: duplicates + built.duplicates }
}

function expectSameAsList(index: SlotIndex | SortedIndex, ids: readonly bigint[]): void {
  const sorted = [0n, ...new Set(ids.filter((id) => id !== 0n))].toSorted((a, b) => (a < b ? -1 : 1))
  expect(index.count).toBe(sorted.length)
  expect(sorted.map((id) => index.rankOf(high(id), low(id)))).toEqual(sorted.map((_, rank) => rank))
  expect(sorted.map((_, rank) => index.idOf(rank))).toEqual(sorted)
  for (const from of [0, 1, Math.floor(sorted.length / 2)].filter((rank) => rank < sorted.length)) {
    const size = Math.min(5, sorted.length - from)
    const [highs, lows] = [new Uint32Array(size), new Uint32Array(size)]
    index.idsInto(from, highs, lows)
    expect(Array.from(highs, (part, i) => (BigInt(part) << 32n) | BigInt(lows[i]))).toEqual(
      sorted.slice(from, from + size),
    )
  }
  const known = new Set(sorted)
  for (const id of sorted.flatMap((one) => [one + 8n, one + 1n, one ^ (1n << 40n), one ^ (1n << 60n)])) {
    if (!known.has(id)) expect(index.rankOf(high(id), low(id))).toBe(-1)
  }
}

/** Addresses of a heap of a few MiB that lies anywhere below 2^44. */
const heapIds = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 1n << 23n }),
    fc.uniqueArray(fc.bigInt({ min: 1n, max: 1n << 20n }), { maxLength: 80 }),
  )
  .map(([base, slots]) => slots.map((slot) => (base << 21n) + slot * 8n))

describe('SlotIndex', () => {
  test('agrees with a sorted list', () => {
    fc.assert(fc.property(heapIds, (ids) => expectSameAsList(slotIndex(ids).index, ids)))
  })

  test('does not care which thread saw which object', () => {
    fc.assert(
      fc.property(heapIds, (ids) => {
        const parts = [ids.filter((_, i) => i % 3 === 0), ids.filter((_, i) => i % 3 !== 0)]
        expectSameAsList(slotIndex(...parts).index, ids)
      }),
    )
  })

  test('notices ids that occur twice, within a thread and between threads', () => {
    expect(slotIndex([8n, 16n, 8n], [16n, 24n]).duplicates).toBe(2)
  })

  test('is not built for ids that spread over more than 16 TiB or lie beyond 2^51', () => {
    for (const ids of [
      [8n, 1n << 45n],
      [1n << 51n, (1n << 51n) + 8n],
    ]) {
      const bitmap = new SlotBitmap()
      for (const id of ids) bitmap.add(high(id), low(id))
      expect(buildSlotIndex([bitmap.pages()], allocate)).toBeUndefined()
    }
  })

  test('gives up when objects lie too far apart for pages to pay', () => {
    const bitmap = new SlotBitmap()
    for (let i = 1; i < 6000; i++) bitmap.add(i, 0)
    expect(bitmap.sparse).toBe(true)
    expect(bitmap.objects).toBe(5999)
  })
})

test('SortedIndex agrees with a sorted list, for ids of any kind', () => {
  const ids = fc.array(fc.bigInt({ min: 0n, max: (1n << 64n) - 16n }), { maxLength: 60 })
  fc.assert(
    fc.property(ids, ids, (some, others) => {
      const { data, duplicates } = buildSortedIndex([BigUint64Array.from(some), BigUint64Array.from(others)], allocate)
      expectSameAsList(new SortedIndex(data), [...some, ...others])
      expect(duplicates).toBe(some.length + others.length + 1 - data.count)
    }),
  )
})
