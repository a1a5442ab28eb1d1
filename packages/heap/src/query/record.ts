/** Contents of objects, read from the dump at the positions that the snapshot remembers. */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import type { BasicType } from '../parsed-heap.ts'
import { sizeInDump } from './basic-types.ts'
import type { RecordField } from './class-facts.ts'
import type { Heap } from './heap.ts'
import { QueryError } from './query-error.ts'

const INSTANCE = 0x21
const OBJECT_ARRAY = 0x22
const PRIMITIVE_ARRAY = 0x23
/** Android leaves out the contents of arrays that every process has. */
const ARRAY_WITHOUT_CONTENTS = 0xc3

export const CONTENTS_MISSING =
  'The dump was deleted: what it says about classes and references is kept, contents are not.'

/** Values of one instance. */
export interface InstanceRecord {
  /** All fields in record order; where a damaged record is too short, those that are in it. */
  readonly fields: readonly RecordField[]
  readonly view: DataView
}

export interface ArrayRecord {
  /** 2 for an array of references. */
  readonly type: BasicType
  readonly length: number
  /** Byte position of the first element in the dump. */
  readonly start: number
}

/** @throws QueryError when the dump is not there any more. */
export function dumpOf(heap: Heap): ByteSource {
  if (heap.dump === undefined) throw new QueryError('gone', CONTENTS_MISSING)
  return heap.dump
}

/** @returns undefined when the object is no instance. */
export function readInstance(heap: Heap, index: number): InstanceRecord | undefined {
  if (kindOfRecord(heap, index) !== INSTANCE) return undefined
  const classNumber = heap.snapshot.classOf(index)
  const ids = heap.snapshot.meta.identifierSize
  const head = 1 + 2 * ids + 8
  const expected = heap.facts.recordSizeOf(classNumber)
  const record = readAt(heap, heap.snapshot.position(index), head + expected)
  expectRecord(heap, record, INSTANCE, index)
  if (record.byteLength < head) throw wrongDump()
  const length = Math.min(record.getUint32(head - 4), record.byteLength - head)
  const all = heap.facts.fieldsOf(classNumber)
  const fields = length >= expected ? all : all.filter(({ offset, type }) => offset + sizeInDump(type, ids) <= length)
  return { fields, view: new DataView(record.buffer, record.byteOffset + head, length) }
}

/** The field of that name which that very class declares; subclasses may have another of the name. */
export function fieldOf(heap: Heap, record: InstanceRecord, declaredIn: string, name: string): RecordField | undefined {
  return record.fields.find((field) => field.name === name && heap.classes[field.declaredBy].name === declaredIn)
}

/** @returns undefined when the object is no array. */
export function readArray(heap: Heap, index: number): ArrayRecord | undefined {
  const kind = kindOfRecord(heap, index)
  if (kind !== OBJECT_ARRAY && kind !== PRIMITIVE_ARRAY) return undefined
  const ids = heap.snapshot.meta.identifierSize
  const position = heap.snapshot.position(index)
  const view = readAt(heap, position, 1 + ids + 8 + 1)
  expectRecord(heap, view, kind, index)
  if (view.byteLength < 1 + ids + 8 + 1) throw wrongDump()
  const length = view.getUint32(1 + ids + 4)
  if (kind === OBJECT_ARRAY) return { type: 2, length, start: position + 1 + 2 * ids + 8 }
  const type = view.getUint8(1 + ids + 8)
  if (type < 4 || type > 11) throw wrongDump()
  return { type: type as BasicType, length, start: position + 1 + ids + 9 }
}

/** Elements from, from + 1, … of an array, as they stand in the dump. */
export function readElements(heap: Heap, array: ArrayRecord, from: number, count: number): DataView {
  const bytes = sizeInDump(array.type, heap.snapshot.meta.identifierSize)
  const length = Math.max(0, Math.min(count, array.length - from))
  const view = readAt(heap, array.start + from * bytes, length * bytes)
  if (view.byteLength < length * bytes) throw wrongDump()
  return view
}

/** @returns 0n for null. */
export function referenceAt(heap: Heap, view: DataView, offset: number): bigint {
  return heap.snapshot.meta.identifierSize === 8 ? view.getBigUint64(offset) : BigInt(view.getUint32(offset))
}

/** @returns the id in a reference field of an instance; 0n for null. */
export function referenceIn(heap: Heap, record: InstanceRecord, field: RecordField): bigint {
  return referenceAt(heap, record.view, field.offset)
}

function kindOfRecord(heap: Heap, index: number): number {
  const { snapshot } = heap
  if (snapshot.classNumberOfObject(index) >= 0 || snapshot.idOf(index) === 0n) return 0
  switch (heap.classes[snapshot.classOf(index)].kind) {
    case 'instance':
      return INSTANCE
    case 'object-array':
      return OBJECT_ARRAY
    case 'primitive-array':
      return PRIMITIVE_ARRAY
  }
}

/** The snapshot and the dump may have been mixed up: each record carries the id that it has to have. */
function expectRecord(heap: Heap, view: DataView, tag: number, index: number): void {
  if (view.byteLength < 1 + heap.snapshot.meta.identifierSize) throw wrongDump()
  if (view.getUint8(0) === ARRAY_WITHOUT_CONTENTS)
    throw new QueryError('gone', 'The dump was written without the contents of this array.')
  if (view.getUint8(0) !== tag || referenceAt(heap, view, 1) !== heap.snapshot.idOf(index)) throw wrongDump()
}

export function wrongDump(): QueryError {
  return new QueryError('gone', 'The dump was changed after its analysis: contents cannot be shown. Analyse it again.')
}

/** @returns fewer bytes at the end of the dump. */
function readAt(heap: Heap, position: number, length: number): DataView {
  const bytes = new Uint8Array(length)
  return new DataView(bytes.buffer, 0, dumpOf(heap).readInto(position, bytes))
}
