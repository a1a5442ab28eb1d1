import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { Scene } from '@heaptrail/fixtures/scene'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { readHeader } from '@heaptrail/hprof/header'
import { expect, test } from 'vitest'
import { divideSegments, guessedRight } from './divide-segments.ts'
import { inlineRunner } from './pass-runner.ts'
import { scanDump } from './scan-dump.ts'

/** A heap of many small objects. */
function manyObjects(): Scene {
  const scene = new Scene()
  const type = scene.defineClass('acme.Item', { fields: { next: 'object', price: 'int' } })
  for (let i = 0; i < 4000; i++) scene.instance(type, { price: i })
  return scene
}

async function segmentsOf(bytes: Uint8Array) {
  const source = bytesSource(bytes)
  const header = readHeader(source)
  const dump = await scanDump(source, header, inlineRunner(source), () => {})
  return { source, header, segments: dump.records.segments }
}

test('a segment is divided where sub-records begin', async () => {
  const { source, header, segments } = await segmentsOf(manyObjects().bytes())
  const pieces = divideSegments(source, header.identifierSize, segments, 16_384)
  expect(pieces.length).toBeGreaterThan(5)
  expect(pieces.map(({ goesOn }) => goesOn)).toEqual(pieces.map((_, i) => i < pieces.length - 1))
  const begins = new Set<number>()
  const cursor = new HeapCursor(source, header.identifierSize)
  cursor.open(segments[0].from, segments[0].end)
  while (cursor.next()) begins.add(cursor.position())
  expect(pieces.filter(({ from }) => !begins.has(from))).toEqual([])
  expect(pieces.map(({ end }) => end)).toEqual([...pieces.slice(1).map(({ from }) => from), segments[0].end])
})

test('small segments stay whole', async () => {
  const { source, header, segments } = await segmentsOf(randomHeap(1).bytes())
  expect(divideSegments(source, header.identifierSize, segments)).toEqual(
    segments.map(({ from, end }) => ({ from, end, goesOn: false })),
  )
})

test('a piece that does not end where the next one begins shows that a guess was wrong', () => {
  const pieces = [
    { from: 0, end: 100, goesOn: true },
    { from: 100, end: 200, goesOn: false },
  ]
  const outcome = { splits: [], damage: undefined }
  expect(guessedRight(pieces, [])).toBe(true)
  expect(guessedRight(pieces, [{ ...outcome, range: 1, end: 150, damage: 'anything' }])).toBe(true)
  expect(guessedRight(pieces, [{ ...outcome, range: 0, end: 90, damage: 'reaches beyond' }])).toBe(false)
})
