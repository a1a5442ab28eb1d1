import { expect, test } from 'vitest'
import { PACKED_BLOCK, PACKED_ENTRY, PAGE } from './format.ts'
import { PackedWriter } from './packed-writer.ts'
import { PageWriter } from './page-writer.ts'
import { memorySink } from './sink.ts'

/** What is in the two sections when these parts were appended. */
function written(...parts: (Uint32Array | Float64Array)[]) {
  const sink = memorySink()
  const pages = new PageWriter(sink)
  const writer = new PackedWriter(pages, 'lengths')
  for (const part of parts) writer.append(part)
  writer.close()
  const [data, blocks] = pages.close().map(({ length, pages: table }) => {
    const bytes = new Uint8Array(length)
    for (let page = 0; page * PAGE < length; page++)
      bytes.set(
        sink
          .bytes()
          .subarray(table[page * 2] * PAGE)
          .subarray(0, Math.min(PAGE, length - page * PAGE)),
        page * PAGE,
      )
    return bytes
  })
  return { data, entries: entriesOf(new DataView(blocks.buffer)) }
}

function entriesOf(blocks: DataView): { base: number; start: number; width: number }[] {
  return Array.from({ length: blocks.byteLength / PACKED_ENTRY }, (_, block) => ({
    base: blocks.getFloat64(block * PACKED_ENTRY, true),
    start: blocks.getUint32(block * PACKED_ENTRY + 8, true),
    width: blocks.getUint32(block * PACKED_ENTRY + 12, true),
  }))
}

/** 64 values from … on, so far apart. */
function row(from: number, step: number): Float64Array {
  return Float64Array.from({ length: PACKED_BLOCK }, (_, i) => from + i * step)
}

test('a block takes the least value and the differences to it, a byte each', () => {
  const { data, entries } = written(Uint32Array.from(row(1000, 4)).reverse())
  expect(entries).toEqual([{ base: 1000, start: 0, width: 1 }])
  expect([...data]).toEqual([...row(0, 4)].reverse())
})

test.each([Uint32Array, Float64Array])('each block takes the width that it needs: %o', (kind) => {
  const { data, entries } = written(
    kind.from(row(0, 4)),
    kind.from(row(7, 5)),
    kind.from(row(2 ** 31, 2000)),
    kind.from(row(3, 1)),
  )
  expect(entries).toEqual([
    { base: 0, start: 0, width: 1 },
    { base: 7, start: 1, width: 2 },
    { base: 2 ** 31, start: 3, width: 4 },
    { base: 3, start: 7, width: 1 },
  ])
  expect([...new Uint16Array(data.buffer, 64, 64)]).toEqual([...row(0, 5)])
  expect([...new Uint32Array(data.buffer, 3 * 64, 64)]).toEqual([...row(0, 2000)])
  expect(data.length).toBe(8 * 64)
})

test('differences beyond 32 bits are floats, up to 53 bits', () => {
  const { data, entries } = written(row(5, 2 ** 46))
  expect(entries).toEqual([{ base: 5, start: 0, width: 8 }])
  expect([...new Float64Array(data.buffer)]).toEqual([...row(0, 2 ** 46)])
})

test('parts of any length make the same blocks; the last one is filled up with zeros', () => {
  const values = Uint32Array.from({ length: 200 }, (_, i) => 500 + ((i * 37) % 101))
  const whole = written(values)
  const inParts = written(values.subarray(0, 3), values.subarray(3, 3), values.subarray(3, 150), values.subarray(150))
  expect(inParts).toEqual(whole)
  expect(whole.data.length).toBe(256)
  expect([...whole.data.subarray(200)]).toEqual(Array.from({ length: 56 }, () => 0))
  expect(whole.entries.map(({ base }, block) => base + whole.data[block * 64])).toEqual(
    [0, 64, 128, 192].map((i) => values[i]),
  )
})

test('a column that fills many pages goes on as it began', () => {
  const count = 300_000
  const { data, entries } = written(Uint32Array.from({ length: count }, (_, i) => i * 1000))
  expect(entries.length).toBe(Math.ceil(count / 64))
  const halves = new Uint16Array(data.buffer)
  const wrong = halves.findIndex((value, i) => i < count && entries[i >> 6].base + value !== i * 1000)
  expect(wrong).toBe(-1)
})

test('nothing makes nothing', () => {
  expect(written()).toEqual({ data: new Uint8Array(0), entries: [] })
})
