import { seededRandom } from '@heaptrail/fixtures/random'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { expect, test } from 'vitest'
import { parsedGraph } from '../graph/testing/parsed-graph.ts'
import { type IdIndexData, openIdIndex } from '../parse/id-index.ts'
import { SlotBitmap } from '../parse/slot-bitmap.ts'
import { buildSlotIndex } from '../parse/slot-index.ts'
import { buildSortedIndex } from '../parse/sorted-index.ts'
import { buildSnapshot } from './build.ts'
import { readDirectory } from './header.ts'
import { openSnapshot } from './open.ts'
import { memorySink } from './sink.ts'

const allocate = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes)

/** Increasing ids from 8 on, so many, at least 8 and up to `widest` bytes apart, with holes of 3 GiB now and then. */
function heapIds(count: number, widest: number): bigint[] {
  const random = seededRandom(1)
  const ids: bigint[] = []
  for (let id = 0n; ids.length < count; ids.push(id)) {
    id += 8n * BigInt(1 + random.below(widest / 8))
    if (ids.length % 9000 === 8999) id += 3n << 30n
  }
  return ids
}

function slotsOf(ids: readonly bigint[]): IdIndexData {
  const bitmap = new SlotBitmap()
  for (const id of ids) bitmap.add(Number(id >> 32n), Number(id & 0xffffffffn))
  const built = buildSlotIndex([bitmap.pages()], allocate)
  if (built === undefined) throw new Error('no slots')
  return built.data
}

/** A heap of objects with these ids, all of them GC roots, the pseudo object with id 0 being the first. */
function written(ids: IdIndexData) {
  const map = openIdIndex(ids)
  const objects = Array.from({ length: map.count }, () => ({ references: [] }))
  const sink = memorySink()
  buildSnapshot({ ...parsedGraph({ objects, roots: [...objects.keys()] }), ids: map }, sink)
  const source = bytesSource(sink.bytes())
  return { snapshot: openSnapshot(source), place: readDirectory(source).ids }
}

test.each([
  { of: 'slots side by side', place: 'slots', ids: heapIds(20_000, 8) },
  { of: 'a heap of small objects', place: 'slots', ids: heapIds(30_000, 64) },
  { of: 'slots that would take more than a list', place: 'sorted', ids: heapIds(10_000, 4096) },
])('ids of $of', ({ place, ids }) => {
  const found = written(slotsOf(ids))
  expect(found.place).toBe(place)
  expectIds(found.snapshot, [0n, ...ids])
})

test('ids that are no slots', () => {
  const ids = heapIds(300, 128).map((id) => id * 1001n)
  const found = written(buildSortedIndex([BigUint64Array.from(ids)], allocate).data)
  expect(found.place).toBe('sorted')
  expectIds(found.snapshot, [0n, ...ids])
})

/** In both directions, one by one and many at once. */
function expectIds(snapshot: ReturnType<typeof openSnapshot>, ids: readonly bigint[]) {
  const indices = ids.map((id) => snapshot.indexOf(id))
  expect(indices.toSorted((a, b) => a - b)).toEqual(ids.map((_, i) => i + 1))
  expect(indices.map((index) => snapshot.idOf(index))).toEqual(ids)
  for (const from of [0, 1, 127, 128, ids.length - 3]) {
    const count = Math.min(3000, ids.length - from)
    const [found, at] = [new BigUint64Array(count), new Uint32Array(count)]
    snapshot.readByAddress(from, found, at)
    expect([...found]).toEqual(ids.slice(from, from + count))
    expect([...at]).toEqual(indices.slice(from, from + count))
  }
  const known = new Set(ids)
  const others = ids.flatMap((id) => [id + 8n, id + 1n, id + (1n << 40n)]).filter((id) => !known.has(id))
  expect(others.filter((id) => snapshot.indexOf(id) !== -1)).toEqual([])
}
