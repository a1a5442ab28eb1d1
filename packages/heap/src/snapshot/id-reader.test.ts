import { seededRandom } from '@heaptrail/fixtures/random'
import { describe, expect, test } from 'vitest'
import { idMap } from '../graph/testing/parsed-graph.ts'
import { SlotBitmap } from '../parse/slot-bitmap.ts'
import { SlotIndex, buildSlotIndex } from '../parse/slot-index.ts'
import type { IdMap } from '../parsed-heap.ts'
import { type IdReader, SlotIds, SortedIds } from './id-reader.ts'
import { writtenSections } from './testing/written-sections.ts'
import { placeOfIds, writeIds } from './write-ids.ts'

const COUNT = 60_000
const HIGHEST = 2n ** 64n - 1n

/** Objects of 8 to 48 bytes one behind the other, in four heaps far apart; the first id is 0. */
function slotIds(seed: number): bigint[] {
  const random = seededRandom(seed)
  let at = 0x7_0000_0000n
  const ids = Array.from({ length: COUNT - 1 }, (_, i) => {
    at += i % 20_000 === 12_345 ? BigInt(random.below(2 ** 31)) * 64n : BigInt(1 + random.below(6)) * 8n
    return at
  })
  return [0n, ...ids]
}

function randomIds(seed: number): bigint[] {
  const random = seededRandom(seed)
  const word = () => BigInt(random.below(2 ** 32))
  const ids = new Set([0n, HIGHEST, ...Array.from({ length: COUNT - 2 }, () => (word() << 32n) | word())])
  return [...ids].toSorted((a, b) => (a < b ? -1 : 1))
}

function asSlots(ids: readonly bigint[]): SlotIndex {
  const bitmap = new SlotBitmap()
  for (const id of ids.slice(1)) bitmap.add(Number(id >> 32n), Number(id & 0xffffffffn))
  const built = buildSlotIndex([bitmap.pages()], (bytes) => new ArrayBuffer(bytes))
  if (built === undefined) throw new Error('these ids spread too wide')
  return new SlotIndex(built.data)
}

function opened(ids: SlotIndex | IdMap): { kind: string; reader: IdReader } {
  const given = ids instanceof SlotIndex ? ids.data : ids
  const section = writtenSections((pages) => writeIds(pages, given))
  const kind = placeOfIds(given)
  if (kind === 'sorted') return { kind, reader: new SortedIds(section('ids')) }
  return { kind, reader: new SlotIds(section('slots'), section('slots.pages'), section('slots.starts')) }
}

describe.each([
  ['slots', slotIds, asSlots],
  ['sorted', randomIds, idMap],
] as const)('ids as %s', (expected, idsOf, indexOf) => {
  test.each([1, 2, 3])('seed %i', (seed) => {
    const ids = idsOf(seed)
    const { kind, reader } = opened(indexOf(ids))
    expect(kind).toBe(expected)
    expect(ids.map((_, rank) => reader.idOf(rank))).toEqual(ids)
    expect(ids.map((id) => reader.rankOf(id))).toEqual(ids.map((_, rank) => rank))
    const known = new Set(ids)
    const others = ids.flatMap((id) => [id + 1n, id + 8n, id + 4096n, id ^ (1n << 40n)]).concat(HIGHEST, 2n ** 53n, 8n)
    const unknown = others.filter((id) => id <= HIGHEST && !known.has(id))
    expect(unknown.filter((id) => reader.rankOf(id) !== -1)).toEqual([])
    const random = seededRandom(seed)
    for (const from of [0, 1, 127, 128, 129, ...Array.from({ length: 20 }, () => random.below(COUNT))]) {
      const target = new BigUint64Array(random.below(COUNT - from))
      reader.read(from, target)
      expect([...target]).toEqual(ids.slice(from, from + target.length))
    }
  })
})

test('a few objects in a large heap are a list, which takes less room', () => {
  const ids = [0n, 0x7_0000_0000n, 0x7_ffff_fff8n]
  const { kind, reader } = opened(asSlots(ids))
  expect(kind).toBe('sorted')
  expect(ids.map((_, rank) => reader.idOf(rank))).toEqual(ids)
})
