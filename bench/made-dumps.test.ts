import { bytesSource } from '@heaptrail/hprof/byte-source'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import type { ParsedHeap } from '@heaptrail/heap/parsed-heap'
import { expect, test } from 'vitest'
import { SHAPES, writeShape } from './shapes.ts'
import { writeShopHeap } from './shop-heap.ts'

function made(write: (to: (bytes: Uint8Array) => void) => void): Buffer {
  const pieces: Buffer[] = []
  write((bytes) => pieces.push(Buffer.from(bytes)))
  return Buffer.concat(pieces)
}

function parse(dump: Uint8Array): Promise<ParsedHeap> {
  const source = bytesSource(dump)
  return parseHeap(source, inlineRunner(source), () => {})
}

test('the shop is a whole dump with compressed references, and the same every time', async () => {
  let objects = 0
  const dump = made((to) => (objects = writeShopHeap(to, 50_000)))
  expect(Math.abs(objects / 50_000 - 1)).toBeLessThan(0.1)
  expect(dump.equals(made((to) => writeShopHeap(to, 50_000)))).toBe(true)
  const heap = await parse(dump)
  expect(heap.partial).toBeUndefined()
  expect(heap.notes).toEqual([])
  expect(heap.layout).toMatchObject({ references: 'compressed', alignment: 8, certainty: 'certain' })
  expect(heap.ids.count).toBeGreaterThan(objects)
})

test.each(SHAPES)('a %s has as many references as asked for', async (shape) => {
  const heap = await parse(made((to) => writeShape(to, shape, 10_000)))
  expect(heap.partial).toBeUndefined()
  expect(heap.notes).toEqual([])
  expect(heap.references.count).toBeGreaterThan(shape === 'array' ? 999 : 19_999)
})
