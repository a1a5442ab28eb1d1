import { type Random, seededRandom } from '@heaptrail/fixtures/random'
import { describe, expect, test } from 'vitest'
import { PackedReader } from './packed-reader.ts'
import { PackedWriter } from './packed-writer.ts'
import { writtenSections } from './testing/written-sections.ts'

function writtenAndOpened(...parts: (Uint32Array | Float64Array)[]): PackedReader {
  const section = writtenSections((pages) => {
    const writer = new PackedWriter(pages, 'positions')
    for (const part of parts) writer.append(part)
    writer.close()
  })
  return new PackedReader(section('positions'), section('positions.blocks'))
}

/** Blocks of all widths in any order; the last one is seldom whole. */
function randomValues(random: Random, most: number): Float64Array {
  const values = new Float64Array(1 + random.below(random.pick([50, 64, 1000, 30_000])))
  for (let from = 0; from < values.length; from += 64) {
    const spread = random.pick([1, 200, 2 ** 8, 2 ** 8 + 1, 2 ** 16, 2 ** 16 + 1, 2 ** 32, 2 ** 32 + 1, 2 ** 52])
    const base = random.chance(0.5) ? 0 : Math.floor(random.next() * most)
    for (let i = from; i < Math.min(values.length, from + 64); i++)
      values[i] = Math.min(most, base + Math.floor(random.next() * spread))
  }
  return values
}

describe('what was packed is read again', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = seededRandom(seed)
    const isShort = random.chance(0.5)
    const values = randomValues(random, isShort ? 2 ** 32 - 1 : 2 ** 53 - 1)
    const kind = isShort ? Uint32Array : Float64Array
    const cut = random.below(values.length)
    const reader = writtenAndOpened(kind.from(values.subarray(0, cut)), kind.from(values.subarray(cut)))
    expect(Array.from(values, (_, place) => reader.at(place))).toEqual([...values])
    const ranges = Array.from({ length: 10 }, () => random.below(values.length))
    for (const from of [0, ...ranges]) {
      const count = from === 0 ? values.length : random.below(values.length - from + 1)
      const target = new kind(count)
      reader.read(from, target)
      expect([...target]).toEqual([...values.subarray(from, from + count)])
    }
  })
})

test('every width, on both sides of the ends of pages', () => {
  // blocks of 64, 128, 256 and 512 bytes in turn, so that no page holds only whole ones
  const spreads = [200, 60_000, 2 ** 31, 2 ** 45]
  const values = Float64Array.from({ length: 64 * 400 }, (_, i) => 7 + (spreads[(i >>> 6) % 4] / 64) * ((i * 37) % 64))
  const reader = writtenAndOpened(values.map(Math.floor))
  const target = new Float64Array(values.length)
  reader.read(0, target)
  expect(target).toEqual(values.map(Math.floor))
})
