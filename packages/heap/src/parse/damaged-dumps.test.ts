import { Scene } from '@heaptrail/fixtures/scene'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import { RecordWalker } from '@heaptrail/hprof/record-walker'
import { type WriterOptions, hprofBytes } from '@heaptrail/hprof/writer'
import { describe, expect, test } from 'vitest'
import type { ParsedHeap } from '../parsed-heap.ts'
import { parseHeap } from './parse-heap.ts'
import { inlineRunner } from './pass-runner.ts'

const HEADER = 31

function parse(bytes: Uint8Array): Promise<ParsedHeap> {
  const source = bytesSource(bytes)
  return parseHeap(source, inlineRunner(source), () => {})
}

/** A small heap in the order of HotSpot: classes, objects, roots. */
function scene(options: WriterOptions = {}): Scene {
  const made = new Scene(options)
  const node = made.defineClass('acme.Node', { fields: { next: 'object', size: 'int' } })
  let last = 0
  for (let i = 0; i < 20; i++) last = made.instance(node, { next: last, size: i })
  made.primitiveArray('byte', [1, 2, 3])
  made.objectArray([last, 0])
  made.keep(last)
  return made
}

/** Byte of the first heap record, and its end by its header. */
function heapRecord(bytes: Uint8Array): { at: number; end: number } {
  const walker = new RecordWalker(bytesSource(bytes), 8)
  walker.open(HEADER)
  while (walker.next()) if (walker.isHeap()) return { at: walker.position, end: walker.bodyPosition + walker.length }
  throw new Error('no heap record')
}

describe('a dump cut off', () => {
  test('anywhere gives what stands before the cut, or says that there is nothing', { timeout: 60_000 }, async () => {
    const bytes = scene().bytes()
    const whole = await parse(bytes)
    const { at, end } = heapRecord(bytes)
    let objects = 0
    for (let length = 0; length < bytes.length; length++) {
      const outcome = await parse(bytes.subarray(0, length)).catch((error: unknown) => error)
      if (outcome instanceof HprofError) {
        // the first class is not complete yet
        expect(objects).toBe(0)
        expect(length).toBeLessThan(at + 200)
        expect(outcome.byte).toBeLessThanOrEqual(length)
        expect(outcome.message).toMatch(/(copy it again|take the dump again|written all of it)\.$/)
        continue
      }
      const heap = outcome as ParsedHeap
      expect(heap.ids.count).toBeGreaterThanOrEqual(objects)
      objects = heap.ids.count
      // the end record that follows says nothing that would be missed
      if (length === end) expect(heap.partial).toBeUndefined()
      else expect(heap.partial?.byte).toBeLessThanOrEqual(length)
    }
    expect(objects).toBe(whole.ids.count)
  })

  test('names the byte, and takes the classes of the boot loader for the roots that are lost', async () => {
    const bytes = scene().bytes()
    const { end } = heapRecord(bytes)
    const heap = await parse(bytes.subarray(0, end - 4))
    expect(heap.partial).toEqual({
      message: `The file ends at byte ${end - 4}, in the middle of its heap: it was still being written, or its copy broke off. What stands before byte ${end - 17} was read.`,
      byte: end - 17,
    })
    const noRoots = await parse(bytes.subarray(0, end - 17 - 5 * 9))
    expect(noRoots.roots.map(({ type }) => type)).toEqual(Array.from({ length: 6 }, () => 'System Class'))
    expect(noRoots.notes).toContainEqual(
      expect.stringContaining('inside its GC roots, which JVMs write last (found: 1)'),
    )
  })
})

describe('a heap record whose length is wrong', () => {
  async function withLength(change: (length: number) => number): Promise<ParsedHeap> {
    const bytes = scene().bytes()
    const { at, end } = heapRecord(bytes)
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at + 5, change(end - at - 9))
    return parse(bytes)
  }

  test.each([
    { name: 'by one byte', change: (length: number) => length + 1 },
    { name: 'by one byte less', change: (length: number) => length - 1 },
    { name: 'half of it', change: (length: number) => Math.floor(length / 2) },
    { name: '4 GB', change: () => 0xffff_fff0 },
  ])('$name is read to where its sub-records end', async ({ change }) => {
    const [heap, whole] = [await withLength(change), await parse(scene().bytes())]
    expect(heap.ids.count).toBe(whole.ids.count)
    expect(heap.roots).toEqual(whole.roots)
    expect(heap.partial).toBeUndefined()
    expect(heap.notes).toEqual([
      expect.stringMatching(/^The heap segment at byte \d+ says it has \d+ bytes, but has \d+\.$/),
    ])
  })

  test('shorter by whole sub-records is read to its end as well', async () => {
    // system classes of 9 bytes each, then a JNI global of 17
    const [heap, whole] = [await withLength((length) => length - 17 - 2 * 9), await parse(scene().bytes())]
    expect(heap.roots).toEqual(whole.roots)
    expect(heap.partial).toBeUndefined()
  })

  test('tells progress that never falls, though the file is read on in a second round', async () => {
    const bytes = scene({ segmentBytes: 200 }).bytes()
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(heapRecord(bytes).at + 5, 0xffff_fff0)
    const source = bytesSource(bytes)
    const told: number[] = []
    await parseHeap(source, inlineRunner(source), (phase, fraction) => void (phase === 'scan' && told.push(fraction)))
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.length).toBeGreaterThan(1)
  })

  test('0, as JDK 6 wrote above 4 GB, is no reason for a remark', async () => {
    const heap = await parse(scene({ heap: 'length-0' }).bytes())
    expect(heap.ids.count).toBe((await parse(scene().bytes())).ids.count)
    expect({ partial: heap.partial, notes: heap.notes }).toEqual({ partial: undefined, notes: [] })
  })
})

describe('what stands in the file besides one heap', () => {
  test.each(['1.0.1', '1.0.2', '1.0.3'] as const)('nothing: version %s, one record or segments', async (version) => {
    const heaps = await Promise.all(
      (['single', 'segments'] as const).map((heap) => parse(scene({ version, heap, segmentBytes: 200 }).bytes())),
    )
    expect(heaps[0].ids.count).toBe(heaps[1].ids.count)
    expect(heaps[0].format).toBe(`JAVA PROFILE ${version}`)
    expect(heaps[0].notes).toEqual([])
  })

  test('no end record', async () => {
    const bytes = scene().bytes()
    const heap = await parse(bytes.subarray(0, heapRecord(bytes).end))
    expect(heap.partial).toBeUndefined()
  })

  test('garbage behind the end record', async () => {
    const bytes = scene().bytes()
    const heap = await parse(Uint8Array.from([...bytes, ...new Uint8Array(50).fill(10)]))
    expect(heap.partial).toBeUndefined()
    expect(heap.notes).toEqual([`After the heap, from byte ${bytes.length} on, the file holds something else.`])
  })

  test('a second heap: only the first is read', async () => {
    const bytes = scene({ heap: 'single' }).bytes()
    const records = bytes.subarray(HEADER)
    const heap = await parse(Uint8Array.from([...bytes, ...records]))
    expect(heap.ids.count).toBe((await parse(bytes)).ids.count)
    expect(heap.notes).toEqual(['The file holds a further heap dump after the first; only the first was read.'])
  })
})

describe('damage in one segment', () => {
  test('costs the rest of that segment, not the next one', async () => {
    const bytes = scene({ segmentBytes: 300 }).bytes()
    const { at, end } = heapRecord(bytes)
    bytes[at + 9] = 0x42
    const heap = await parse(bytes)
    expect(heap.partial?.byte).toBe(at + 9)
    expect(heap.partial?.message).toBe(
      `The heap is damaged at byte ${at + 9}: there is no heap sub-record with tag 0x42. ${end - at - 9} bytes of it could not be read.`,
    )
    expect(heap.roots.length).toBeGreaterThan(0)
  })

  test('no heap at all is an error that says so', async () => {
    const bytes = hprofBytes((writer) => writer.string(1, 'nothing'))
    await expect(parse(bytes)).rejects.toThrow(
      'The dump holds no objects: its heap is missing or empty. Take it again, and wait until the JVM has written all of it.',
    )
  })
})

describe('damage between records', () => {
  /** Bytes of the records of a dump, up to the first of the heap. */
  function recordPositions(bytes: Uint8Array): number[] {
    const walker = new RecordWalker(bytesSource(bytes), 8)
    walker.open(HEADER)
    const positions: number[] = []
    while (walker.next()) positions.push(walker.position)
    return positions
  }

  test.each([
    ['a length that is far too large', (view: DataView, at: number) => view.setUint32(at + 5, 0x7000_0000)],
    ['a length that leads into another record', (view: DataView, at: number) => view.setUint32(at + 5, 21)],
    ['a type that does not exist', (view: DataView, at: number) => view.setUint8(at, 0xd1)],
  ])('%s costs the record, not all that follows', async (_name, damage) => {
    const bytes = scene({ segmentBytes: 300 }).bytes()
    const whole = await parse(bytes)
    const at = recordPositions(bytes)[6]
    damage(new DataView(bytes.buffer, bytes.byteOffset), at)
    const heap = await parse(bytes)
    expect(heap.ids.count).toBe(whole.ids.count)
    expect(heap.roots.length).toBe(whole.roots.length)
    if (heap.partial !== undefined) {
      expect(heap.partial.byte).toBeGreaterThanOrEqual(at)
      expect(heap.partial.message).toMatch(
        /^The file is damaged at byte \d+: .*\. \d+ bytes there were stepped over\.$/,
      )
    }
  })

  test('a heap segment whose header is lost is stepped over', async () => {
    const bytes = scene({ segmentBytes: 300 }).bytes()
    const { at } = heapRecord(bytes)
    bytes[at] = 0xd1
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at + 5, 0xffff_ffff)
    const heap = await parse(bytes)
    expect(heap.partial?.byte).toBe(at)
    expect(heap.ids.count).toBeGreaterThan(10)
    expect(heap.roots.length).toBeGreaterThan(0)
  })

  test('heap records of no length, a million of them, end after a thousand', async () => {
    const header = hprofBytes(() => {}).subarray(0, HEADER)
    const bytes = new Uint8Array(HEADER + 9_000_000)
    bytes.set(header)
    for (let at = HEADER; at < bytes.length; at += 9) bytes[at] = 0x0c
    await expect(parse(bytes)).rejects.toThrow(
      /^The file is damaged at byte \d+, the 1000th place: what follows was not read\./,
    )
  })
})
