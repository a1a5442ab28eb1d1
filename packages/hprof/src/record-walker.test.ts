import { describe, expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import { decodeModifiedUtf8 } from './modified-utf8.ts'
import { RecordWalker } from './record-walker.ts'
import { Record } from './tags.ts'
import { type HprofWriter, hprofBytes } from './writer.ts'

const HEADER = 31

function walk(bytes: Uint8Array): { walker: RecordWalker; tags: number[] } {
  const walker = new RecordWalker(bytesSource(bytes), 8)
  walker.open(HEADER)
  const tags: number[] = []
  while (walker.next()) tags.push(walker.tag)
  return { walker, tags }
}

function small(writer: HprofWriter): void {
  writer.string(1, 'demo/Node')
  writer.loadClass(1, 0x100, 1)
  writer.classDump({ id: 0x100 })
  writer.endHeap()
}

describe('RecordWalker', () => {
  test('gives the records in order and stops at the last byte', () => {
    const { walker, tags } = walk(
      hprofBytes((writer) => {
        small(writer)
        writer.end()
      }),
    )
    expect(tags).toEqual([Record.string, Record.loadClass, Record.heapDumpSegment, Record.heapDumpEnd])
    expect(walker.stop).toEqual({ kind: 'end' })
  })

  test('brings bodies into its window', () => {
    const bytes = hprofBytes(small)
    const walker = new RecordWalker(bytesSource(bytes), 8)
    walker.open(HEADER)
    expect(walker.next()).toBe(true)
    const at = walker.body(8 + 9)
    expect(decodeModifiedUtf8(walker.bytes.subarray(at + 8, at + 17))).toBe('demo/Node')
    expect(walker.body(8 + 10)).toBe(-1)
  })

  test('steps over a record of an unknown type whose length fits', () => {
    const { tags } = walk(
      hprofBytes((writer) => {
        writer.record(0x77, Uint8Array.of(1, 2, 3))
        small(writer)
        writer.end()
      }),
    )
    expect(tags[0]).toBe(0x77)
    expect(tags).toContain(Record.heapDumpSegment)
  })

  test('an unknown type that nothing valid follows is damage, with its byte', () => {
    const { walker } = walk(
      hprofBytes((writer) => {
        writer.string(1, 'a')
        writer.record(0x77, Uint8Array.of(0x99, 0x99, 0x99), 2)
        small(writer)
      }),
    )
    expect(walker.stop).toMatchObject({ kind: 'no-record', byte: HEADER + 9 + 8 + 1 })
  })

  test('a record that claims more bytes than there are is damage', () => {
    const bytes = hprofBytes(small).subarray(0, HEADER + 12)
    expect(walk(bytes).walker.stop).toMatchObject({ kind: 'no-record', byte: HEADER })
  })

  test.each([
    { name: 'of length 0, as JDK 6 wrote above 4 GB', heap: 'length-0' as const, change: 0 },
    { name: 'one byte too long', heap: 'segments' as const, change: 1 },
    { name: 'one byte too short', heap: 'segments' as const, change: -1 },
    { name: 'far beyond the end', heap: 'segments' as const, change: 0x7000_0000 },
  ])('does not trust a heap record $name', ({ heap, change }) => {
    const bytes = hprofBytes(
      (writer) => {
        small(writer)
        writer.end()
      },
      { heap },
    )
    const segment = walkTo(bytes, heap === 'segments' ? Record.heapDumpSegment : Record.heapDump)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    view.setUint32(segment + 5, view.getUint32(segment + 5) + change)
    const { walker } = walk(bytes)
    expect(walker.position).toBe(segment)
    expect(walker.trusted).toBe(false)
  })

  test('does not trust the length of a HEAP_DUMP that leads to what looks like one record by chance', () => {
    // a stack trace of one byte, and nothing that could follow
    const content = [Record.stackTrace, 0, 0, 0, 0, 0, 0, 0, 1, 0x99, 0x99, 0x99]
    const bytes = hprofBytes(
      (writer) => {
        writer.primitiveArray(0x100, 'byte', content)
        writer.end()
      },
      { heap: 'single' },
    )
    const dump = walkTo(bytes, Record.heapDump)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    view.setUint32(dump + 5, view.getUint32(dump + 5) - content.length)
    expect(bytes[dump + 9 + view.getUint32(dump + 5)]).toBe(Record.stackTrace)
    expect(walk(bytes).walker.trusted).toBe(false)
  })
})

function walkTo(bytes: Uint8Array, tag: number): number {
  const walker = new RecordWalker(bytesSource(bytes), 8)
  walker.open(HEADER)
  while (walker.next()) if (walker.tag === tag) return walker.position
  throw new Error(`no record ${tag}`)
}
