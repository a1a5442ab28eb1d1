import { describe, expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import { HeapCursor } from './heap-cursor.ts'
import { RecordWalker } from './record-walker.ts'
import { Sub } from './tags.ts'
import { type HprofWriter, hprofBytes } from './writer.ts'

interface Seen {
  readonly tag: number
  readonly id: number
  readonly count: number
  readonly position: number
}

/** The sub-records of the first heap record, by a cursor with the given buffer. */
function cursorOver(bytes: Uint8Array, identifierSize: 4 | 8, windowBytes: number, cut = 0): HeapCursor {
  const walker = new RecordWalker(bytesSource(bytes), identifierSize)
  walker.open(31)
  while (walker.next() && !walker.isHeap());
  const cursor = new HeapCursor(bytesSource(bytes), identifierSize, windowBytes)
  cursor.open(walker.bodyPosition, walker.bodyPosition + walker.length - cut)
  return cursor
}

function seen(cursor: HeapCursor): Seen[] {
  const all: Seen[] = []
  while (cursor.next()) {
    const { tag, idLow, count } = cursor
    all.push({ tag, id: idLow >>> 0, count, position: cursor.position() })
  }
  return all
}

function every(writer: HprofWriter): void {
  writer.classDump({
    id: 0x100,
    superId: 0x90,
    statics: [{ nameId: 1, value: ['object', 0x200] }],
    fields: [{ nameId: 2, type: 'long' }],
  })
  writer.instance(0x200, 0x100, [['long', 5n]])
  writer.objectArray(
    0x300,
    0x110,
    Array.from({ length: 500 }, (_, i) => (i % 2) * 0x200),
  )
  writer.primitiveArray(0x400, 'int', [1, 2, 3])
  writer.primitiveArray(
    0x500,
    'byte',
    Array.from({ length: 2000 }, () => 7),
  )
  for (const type of ['unknown', 'sticky-class', 'monitor-used'] as const) writer.root({ type, id: 0x600 })
  writer.root({ type: 'jni-global', id: 0x601 })
  writer.root({ type: 'thread-object', id: 0x602, thread: 9, trace: 4 })
  writer.root({ type: 'java-frame', id: 0x603, thread: 9, frame: 2 })
  writer.root({ type: 'jni-local', id: 0x604, thread: 9, frame: -1 })
  writer.root({ type: 'native-stack', id: 0x605, thread: 9 })
  writer.root({ type: 'thread-block', id: 0x606, thread: 9 })
  writer.endHeap()
}

describe.each([4, 8] as const)('HeapCursor with ids of %i bytes', (identifierSize) => {
  const bytes = hprofBytes(every, { identifierSize })

  test('gives every sub-record, whatever the size of its buffer', () => {
    const large = seen(cursorOver(bytes, identifierSize, 1 << 20))
    expect(large.map(({ tag }) => tag)).toEqual([
      Sub.classDump,
      Sub.instanceDump,
      Sub.objectArrayDump,
      Sub.primitiveArrayDump,
      Sub.primitiveArrayDump,
      Sub.rootUnknown,
      Sub.rootStickyClass,
      Sub.rootMonitorUsed,
      Sub.rootJniGlobal,
      Sub.rootThreadObject,
      Sub.rootJavaFrame,
      Sub.rootJniLocal,
      Sub.rootNativeStack,
      Sub.rootThreadBlock,
    ])
    for (let windowBytes = 256; windowBytes < 400; windowBytes++) {
      expect(seen(cursorOver(bytes, identifierSize, windowBytes))).toEqual(large)
    }
  })

  test('streams the elements of an array that is larger than the buffer', () => {
    const cursor = cursorOver(bytes, identifierSize, 256)
    const elements: number[] = []
    while (cursor.next()) {
      if (cursor.tag !== Sub.objectArrayDump) continue
      for (let index = 0; index < cursor.count;) {
        const there = cursor.elements(index)
        for (let i = 0; i < there; i++) {
          elements.push(cursor.window.view.getInt32(cursor.dataAt + (i + 1) * identifierSize - 4))
        }
        index += there
      }
    }
    expect(elements).toEqual(Array.from({ length: 500 }, (_, i) => (i % 2) * 0x200))
    expect(cursor.stop).toEqual({ kind: 'end' })
  })

  test('tells threads and frames of roots', () => {
    const cursor = cursorOver(bytes, identifierSize, 256)
    const threads: number[][] = []
    while (cursor.next()) {
      if (cursor.tag < Sub.classDump && cursor.tag > Sub.rootJniGlobal) {
        threads.push([cursor.tag, cursor.threadSerial, cursor.frame])
      }
    }
    expect(threads).toEqual([
      [Sub.rootStickyClass, 0, -1],
      [Sub.rootMonitorUsed, 0, -1],
      [Sub.rootThreadObject, 9, 4],
      [Sub.rootJavaFrame, 9, 2],
      [Sub.rootJniLocal, 9, -1],
      [Sub.rootNativeStack, 9, -1],
      [Sub.rootThreadBlock, 9, -1],
    ])
  })

  test('cut off at any byte, it gives what stands before and says where it stopped', () => {
    const all = seen(cursorOver(bytes, identifierSize, 256))
    const begin = all[0].position
    const end = bytes.length
    for (let cut = 1; cut < end - begin; cut += 7) {
      const cursor = cursorOver(bytes, identifierSize, 256, cut)
      const found = seen(cursor)
      expect(all.slice(0, found.length)).toEqual(found)
      const next = all[found.length]
      const clean = next.position === end - cut
      expect(cursor.stop).toEqual(clean ? { kind: 'end' } : { kind: 'cut', byte: next.position })
    }
  })
})

test('the largest class that there can be is not read again for each of its entries', () => {
  const statics = Array.from({ length: 65_535 }, (_, i) => ({ nameId: i, value: ['long', 1n] as const }))
  const fields = Array.from({ length: 65_535 }, (_, i) => ({ nameId: i, type: 'int' as const }))
  const whole = bytesSource(hprofBytes((writer) => writer.classDump({ id: 0x100, statics, fields })))
  let reads = 0
  const counting = { size: whole.size, readInto: (at: number, to: Uint8Array) => (reads++, whole.readInto(at, to)) }
  const cursor = new HeapCursor(counting, 8, 256)
  cursor.open(40, whole.size)
  expect(cursor.next()).toBe(true)
  expect(reads).toBeLessThan(20)
})

test('the position is that of a sub-record, wherever the window has moved', () => {
  const bytes = hprofBytes(every)
  for (let cut = 1; cut < 300; cut++) {
    const cursor = cursorOver(bytes, 8, 256, cut)
    let last = 0
    while (cursor.next()) {
      last = cursor.position()
      if (cursor.tag === Sub.objectArrayDump) cursor.elements(cursor.count - 1)
      expect(cursor.position()).toBe(last)
    }
    const { stop } = cursor
    expect([last, stop.kind === 'cut' ? stop.byte : last]).toContain(cursor.position())
  }
})

describe('HeapCursor on damaged sub-records', () => {
  function stopOf(bytes: readonly number[]): HeapCursor['stop'] {
    const source = bytesSource(Uint8Array.from([...bytes, ...new Uint8Array(64)]))
    const cursor = new HeapCursor(source, 4)
    cursor.open(0, source.size)
    while (cursor.next());
    return cursor.stop
  }

  test('an unknown tag', () => {
    expect(stopOf([0x42])).toEqual({ kind: 'damaged', byte: 0, message: 'there is no heap sub-record with tag 0x42' })
  })

  test('the tag of a heap record ends the heap', () => {
    expect(stopOf([0x05, 0, 0, 0, 1, 0x2c])).toEqual({ kind: 'next-record', byte: 5 })
  })

  test('an array with a negative length, or of elements that do not exist', () => {
    const array = (length: number[], type: number): number[] => [0x23, 0, 0, 0, 8, 0, 0, 0, 0, ...length, type]
    expect(stopOf(array([0xff, 0xff, 0xff, 0xff], 8))).toMatchObject({
      message: 'an array of -1 elements is not possible',
    })
    expect(stopOf(array([0, 0, 0, 1], 99))).toMatchObject({
      message: 'a primitive array of elements of type 99 is not possible',
    })
    expect(stopOf(array([0x7f, 0xff, 0xff, 0xff], 11))).toEqual({ kind: 'cut', byte: 0 })
  })

  test('an instance of 4 GB is damage and takes no memory', () => {
    const instance = [0x21, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 16, 0xf5, 0, 0, 0]
    expect(stopOf(instance)).toMatchObject({ kind: 'damaged', byte: 0 })
  })
})
