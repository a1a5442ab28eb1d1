import { mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBigShape } from '@heaptrail/fixtures/big-shapes'
import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { type PassRunner, inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import {
  LAST_REFERENCE,
  NO_REFERENCES,
  type ParsedHeap,
  classNumberOf,
  firstReference,
  lengthOf,
} from '@heaptrail/heap/parsed-heap'
import { hprofWriter } from '@heaptrail/hprof/writer'
import { afterAll, describe, expect, test } from 'vitest'
import { type FileSource, openFileSource } from './file-source.ts'
import { threadRunner } from './thread-runner.ts'

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-threads-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function parse(source: FileSource, runner: PassRunner): Promise<ParsedHeap> {
  return parseHeap(source, runner, () => {})
}

async function parseBoth(path: string, threads: number): Promise<[ParsedHeap, ParsedHeap]> {
  const source = openFileSource(path)
  const runner = threadRunner(path, threads)
  try {
    return [await parse(source, inlineRunner(source)), await parse(source, runner)]
  } finally {
    await runner.close()
    source.close()
  }
}

function classColumn(heap: ParsedHeap): Buffer {
  return Buffer.from(Uint32Array.from({ length: heap.ids.count }, (_, rank) => classNumberOf(heap, rank)).buffer)
}

/** Everything about the objects as plain data; where a run stands does not matter. */
function plain(heap: ParsedHeap): unknown {
  const { targets, count } = heap.references
  const runs = Array.from({ length: heap.ids.count }, (_, rank) => {
    const begin = firstReference(heap, rank)
    const run: number[] = []
    if (begin === NO_REFERENCES) return run
    for (let at = begin; ; at++) {
      run.push(targets[at] & (LAST_REFERENCE - 1))
      if ((targets[at] & LAST_REFERENCE) !== 0) return run
    }
  })
  const { positionLow, classes, roots, threads, notes, partial, layout } = heap
  const classOf = Array.from({ length: heap.ids.count }, (_, rank) => classNumberOf(heap, rank))
  const lengths = classOf.map((_, rank) => lengthOf(heap, rank))
  const columns = [classOf, lengths, Array.from(positionLow)]
  return { runs, count, columns, classes, roots, threads, notes, partial, layout, objects: heap.ids.count }
}

describe('several threads give the same heap as one', { timeout: 60_000 }, () => {
  test.each([1, 2, 3, 4, 5, 6])('random heap %i', async (seed) => {
    const path = join(folder, `random-${seed}.hprof`)
    writeFileSync(path, randomHeap(seed).bytes())
    const [one, several] = await parseBoth(path, 3)
    expect(plain(several)).toEqual(plain(one))
  })

  test.each([
    { shape: 'chain', heap: 'segments' },
    { shape: 'star', heap: 'single' },
    { shape: 'array', heap: 'length-0' },
  ] as const)('$shape of a million, $heap', async ({ shape, heap }) => {
    const path = join(folder, `${shape}.hprof`)
    const file = openSync(path, 'w')
    writeBigShape((bytes) => writeSync(file, bytes), shape, 1_000_000, { heap })
    const [one, several] = await parseBoth(path, 2)
    expect(several.references.count).toBe(one.references.count)
    expect(several.ids.count).toBe(one.ids.count)
    expect(Buffer.from(several.positionLow.buffer).equals(Buffer.from(one.positionLow.buffer))).toBe(true)
    expect(classColumn(several).equals(classColumn(one))).toBe(true)
    expect(several.notes).toEqual([])
  })

  test('an id that occurs in many segments: the first object of the dump wins', async () => {
    const path = join(folder, 'duplicates.hprof')
    const file = openSync(path, 'w')
    const writer = hprofWriter((bytes) => writeSync(file, bytes), { segmentBytes: 5 << 20 })
    writer.classDump({ id: 0x100 })
    for (let length = 1; length <= 20; length++) {
      writer.primitiveArray(
        0x200,
        'byte',
        Array.from({ length }, () => 0),
      )
      writer.primitiveArray(
        0x300 + length * 8,
        'long',
        Array.from({ length: 1 << 19 }, () => 0n),
      )
    }
    writer.end()
    const [one, several] = await parseBoth(path, 2)
    expect(lengthOf(several, several.ids.rankOf(0, 0x200))).toBe(1)
    expect(plain(several)).toEqual(plain(one))
  })
})
