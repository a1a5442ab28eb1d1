import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { hprofBytes } from '@heaptrail/hprof/writer'
import { expect, test } from 'vitest'
import { LAST_REFERENCE, firstReference, lengthOf } from '../parsed-heap.ts'
import { parseHeap } from './parse-heap.ts'
import { inlineRunner } from './pass-runner.ts'

const HEADER = 31
const RECORD_HEADER = 9
const HUGE = 2 ** 31 - 1

/** Pieces of bytes one behind the other; a number is a hole of so many zeros, as in a sparse file. */
function sparseSource(pieces: readonly (Uint8Array | number)[]): ByteSource {
  const sizeOf = (piece: Uint8Array | number): number => (typeof piece === 'number' ? piece : piece.length)
  return {
    size: pieces.reduce((sum: number, piece) => sum + sizeOf(piece), 0),
    readInto(offset, target) {
      target.fill(0)
      let at = 0
      for (const piece of pieces) {
        const from = Math.max(at, offset)
        const to = Math.min(at + sizeOf(piece), offset + target.length)
        if (to > from && typeof piece !== 'number') target.set(piece.subarray(from - at, to - at), from - offset)
        at += sizeOf(piece)
      }
      return Math.max(0, Math.min(target.length, at - offset))
    },
  }
}

/** Sub-records without the record around them. */
function subRecords(write: Parameters<typeof hprofBytes>[0]): Uint8Array {
  return hprofBytes((writer) => {
    write(writer)
    writer.endHeap()
  }).subarray(HEADER + RECORD_HEADER)
}

/** `byte[2147483647]`, three times, then a node that refers to the last one. */
const HEAP = [
  subRecords((writer) => writer.classDump({ id: 0x100, fields: [{ nameId: 1, type: 'object' }] })),
  ...[0x1000_0000, 0x2000_0000, 0x3000_0000].flatMap((id) => [hugeArray(id), HUGE]),
  subRecords((writer) => {
    writer.instance(0x4000_0000, 0x100, [['object', 0x3000_0000]])
    writer.root({ type: 'sticky-class', id: 0x100 })
  }),
]

function hugeArray(id: number): Uint8Array {
  const bytes = subRecords((writer) => writer.primitiveArray(id, 'byte', []))
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(1 + 8 + 4, HUGE)
  return bytes
}

const HEAP_BYTES = HEAP.reduce((sum: number, piece) => sum + (typeof piece === 'number' ? piece : piece.length), 0)

test.each([
  { name: '0, as JDK 6 wrote', length: 0 },
  { name: 'the length without its upper bits', length: HEAP_BYTES % 2 ** 32 },
])('one HEAP_DUMP of 6 GB whose header says $name', async ({ length }) => {
  const record = new DataView(new ArrayBuffer(RECORD_HEADER))
  record.setUint8(0, 0x0c)
  record.setUint32(5, length)
  const header = hprofBytes(() => {}).subarray(0, HEADER)
  const source = sparseSource([header, new Uint8Array(record.buffer), ...HEAP])
  const heap = await parseHeap(source, inlineRunner(source), () => {})
  expect(heap.partial).toBeUndefined()
  const [last, node] = [heap.ids.rankOf(0, 0x3000_0000), heap.ids.rankOf(0, 0x4000_0000)]
  expect(lengthOf(heap, last)).toBe(HUGE)
  expect(heap.references.targets[firstReference(heap, node)]).toBe(last + LAST_REFERENCE)
  const position = (heap.positionHigh?.[node] ?? 0) * 2 ** 32 + heap.positionLow[node]
  expect(position).toBe(HEADER + RECORD_HEADER + HEAP_BYTES - 9 - 33)
})
