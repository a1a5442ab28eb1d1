import { writeBigShape } from '@heaptrail/fixtures/big-shapes'
import { smallDump } from '@heaptrail/fixtures/packed'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { readHeader } from '@heaptrail/hprof/header'
import { hprofBytes, type WriterOptions } from '@heaptrail/hprof/writer'
import { describe, expect, test } from 'vitest'
import { type ArrivingSource, scanArrivingDump } from '@heaptrail/heap/parse/arriving-dump'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { type ScannedDump, scanDump } from '@heaptrail/heap/parse/scan-dump'

/** Bytes that come in when they are asked for; their end is only known once somebody reads up to it. */
function arriving(bytes: Uint8Array): ArrivingSource {
  let size = Infinity
  return {
    get size() {
      return size
    },
    readInto(offset, target) {
      const part = bytes.subarray(offset, offset + target.length)
      if (part.length < target.length) size = bytes.length
      target.set(part)
      return part.length
    },
  }
}

async function ordinary(bytes: Uint8Array): Promise<ScannedDump> {
  const source = bytesSource(bytes)
  return scanDump(source, readHeader(source), inlineRunner(source), () => {})
}

function chain(nodes: number, options: WriterOptions): Uint8Array {
  const parts: Uint8Array[] = []
  writeBigShape((bytes) => parts.push(bytes.slice()), 'chain', nodes, options)
  return joined(parts)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const REGULAR: readonly (readonly [string, Uint8Array])[] = [
  ['a dump of JDK 17', smallDump('known-17')],
  ['many segments', chain(20_000, { segmentBytes: 1 << 14 })],
  ['a single heap record, as JDK 8 writes it', chain(400_000, { heap: 'single' })],
  ['ids of 4 bytes', chain(1000, { identifierSize: 4 })],
  [
    'nothing after the heap',
    hprofBytes((writer) => {
      writer.root({ type: 'unknown', id: 8 })
      writer.end({ endRecord: false })
    }),
  ],
]

describe('what is found in a dump that comes in is what is found in the whole one:', () => {
  test.each(REGULAR)('%s', async (_what, bytes) => {
    const { scans, ...dump } = await ordinary(bytes)
    const found = scanArrivingDump(arriving(bytes), () => {})
    // where the ranges can be divided says `ranges`
    const outcomes = found?.scans[0].outcomes
    expect(found).toEqual({ ...dump, scans: scans.map((scan) => ({ ...scan, outcomes })) })
  })
})

test('how far it is, it tells as it goes', () => {
  const bytes = chain(200_000, {})
  const told: [number, number][] = []
  scanArrivingDump(arriving(bytes), ({ bytes: passed, scan }) => told.push([passed, scan.result().objects]))
  expect(told.length).toBeGreaterThan(10)
  expect(told).toEqual(told.toSorted(([a], [b]) => a - b))
  expect(told.at(-1)?.[0]).toBeLessThanOrEqual(bytes.length)
  expect(told.at(-1)?.[1]).toBe(200_006)
})

const WHOLE = smallDump('known-17')
test.each([
  ['is cut off', WHOLE.subarray(0, WHOLE.length - 100_000)],
  ['is cut off in a header', WHOLE.subarray(0, WHOLE.length - 4)],
  ['has no heap', hprofBytes((writer) => writer.string(1, 'acme'))],
  ['holds a second heap', joined([WHOLE, WHOLE.subarray(31)])],
  ['has a heap of unknown length', chain(1000, { heap: 'length-0' })],
  ['is no dump', Uint8Array.from('JAVA PROFILE 9.9.9', (letter) => letter.charCodeAt(0))],
])('a dump that %s is left to the ordinary pass', (_what, bytes) => {
  expect(scanArrivingDump(arriving(bytes), () => {}) === undefined).toBe(true)
})
