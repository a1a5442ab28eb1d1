import { seededRandom } from '@heaptrail/fixtures/random'
import { type ByteSource, bytesSource } from '@heaptrail/hprof/byte-source'
import { describe, expect, test } from 'vitest'
import { parsedGraph } from '../graph/testing/parsed-graph.ts'
import { buildSnapshot } from './build.ts'
import { SnapshotError } from './errors.ts'
import { HEADER, PAGE } from './format.ts'
import { openSnapshot } from './open.ts'
import { memorySink } from './sink.ts'
import type { Snapshot } from './snapshot.ts'

/** A binary tree with a list below, 20,000 objects: enough for sections of several pages and for marks on paths. */
function snapshotBytes(): Uint8Array {
  const count = 19_500
  const deep = 500
  const objects = Array.from({ length: count + deep }, (_, i) => ({
    references: i < count ? [2 * i + 1, 2 * i + 2].filter((child) => child < count) : [],
  }))
  for (let i = count - 1; i < count + deep - 1; i++) objects[i].references.push(i + 1)
  const sink = memorySink()
  buildSnapshot(parsedGraph({ objects, roots: [0], threads: [{ rank: 0, serial: 1, frames: [] }] }), sink)
  return sink.bytes().slice()
}

const whole = snapshotBytes()

/** Fewer objects than a page of any section has. */
const STEP = 199

/** Asks for so much that every page is needed. */
function readAll(snapshot: Snapshot): number {
  let sum = 0
  for (let index = 1; index <= snapshot.objectCount; index += STEP) {
    sum += snapshot.retainedSize(index) + snapshot.immediateDominator(index) + snapshot.position(index)
    sum += snapshot.lengthOf(index) + snapshot.classOf(index)
    sum += Number(snapshot.idOf(index)) + snapshot.indexOf(snapshot.idOf(index))
    sum += snapshot.outgoing(index).length + snapshot.incoming(index).length + snapshot.shortestPathParent(index)
    sum += snapshot.dominatorChildren(index, 0, 10).length + (snapshot.pathMark(index)?.depth ?? 0)
  }
  for (const { number } of snapshot.classes()) {
    sum += snapshot.classDetails(number).fields.length + snapshot.objectsOfClass(number, 0, Infinity).length
    sum += snapshot.largestOfClass(number)?.length ?? 0
  }
  return sum + snapshot.roots(0, 100).length + snapshot.thread(0).frames.length
}

function problemOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof SnapshotError) return error.kind
    throw error
  }
  return 'none'
}

function changed(offset: number, bit: number): Uint8Array {
  const copy = whole.slice()
  copy[offset] ^= 1 << bit
  return copy
}

describe('a damaged snapshot is noticed', () => {
  test('the whole one is fine', () => {
    expect(problemOf(() => readAll(openSnapshot(bytesSource(whole))))).toBe('none')
  })

  test('a flipped bit anywhere in any page', () => {
    const random = seededRandom(1)
    for (let page = 1; page * PAGE < whole.length; page++) {
      const offset = Math.min(page * PAGE + random.below(PAGE), whole.length - 1)
      const bytes = changed(offset, random.below(8))
      expect(`byte ${offset} ${problemOf(() => readAll(openSnapshot(bytesSource(bytes))))}`).toMatch(/checksum/)
    }
  })

  test('a flipped bit in the header', () => {
    for (let offset = 0; offset < HEADER.length; offset++) {
      const expected = offset < 8 ? 'not-a-snapshot' : /version|checksum/
      expect(problemOf(() => openSnapshot(bytesSource(changed(offset, 0))))).toMatch(expected)
    }
  })

  test('pages that changed places', () => {
    const copy = whole.slice()
    let page = 1
    // some pages of a regular heap hold the same
    while (copy.subarray(page * PAGE, (page + 1) * PAGE).every((byte, i) => byte === whole[(page + 1) * PAGE + i]))
      page++
    copy.copyWithin(page * PAGE, (page + 1) * PAGE, (page + 2) * PAGE)
    expect(problemOf(() => readAll(openSnapshot(bytesSource(copy))))).toBe('checksum')
  })

  test('a file that was cut off anywhere', () => {
    for (const length of [1, 7, 8, 30, HEADER.length, PAGE, whole.length >> 1, whole.length - 1]) {
      const cut = bytesSource(whole.subarray(0, length))
      expect(`${length} ${problemOf(() => openSnapshot(cut))}`).toBe(`${length} truncated`)
    }
    expect(problemOf(() => openSnapshot(bytesSource(new Uint8Array(0))))).toBe('not-a-snapshot')
  })

  test('a file that was never finished', () => {
    const unfinished = whole.slice().fill(0, 0, PAGE)
    expect(problemOf(() => openSnapshot(bytesSource(unfinished)))).toBe('not-a-snapshot')
  })

  test('a file of another kind, and one of another version', () => {
    expect(problemOf(() => openSnapshot(bytesSource(new Uint8Array(100).fill(65))))).toBe('not-a-snapshot')
    const newer = whole.slice()
    newer[HEADER.version] = 99
    expect(problemOf(() => openSnapshot(bytesSource(newer)))).toBe('version')
  })

  test('a file that shrinks while it is open', () => {
    let size = whole.length
    const source: ByteSource = {
      size: whole.length,
      readInto: (offset, target) => bytesSource(whole.subarray(0, size)).readInto(offset, target),
    }
    const snapshot = openSnapshot(source)
    size = 2 * PAGE
    expect(problemOf(() => readAll(snapshot))).toBe('truncated')
  })
})

describe('an open snapshot', () => {
  test('answers the same however few pages it may keep', () => {
    expect(readAll(openSnapshot(bytesSource(whole), { cacheBytes: 0 }))).toBe(readAll(openSnapshot(bytesSource(whole))))
  })

  test('reads header and directory when it is opened, and a few pages for an answer', () => {
    let reads = 0
    const source: ByteSource = {
      size: whole.length,
      readInto(offset, target) {
        reads++
        return bytesSource(whole).readInto(offset, target)
      },
    }
    const snapshot = openSnapshot(source)
    expect(reads).toBe(2)
    snapshot.dominatorChildren(0, 0, 100)
    expect(reads).toBeLessThan(8)
  })

  test('refuses indices that are none', () => {
    const snapshot = openSnapshot(bytesSource(whole))
    for (const index of [-1, 20_001, Number.NaN]) expect(() => snapshot.retainedSize(index)).toThrow(RangeError)
    expect(() => snapshot.idOf(0)).toThrow(RangeError)
    expect(() => snapshot.classDetails(99)).toThrow(RangeError)
    expect(() => snapshot.thread(1)).toThrow(RangeError)
  })
})
