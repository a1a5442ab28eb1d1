/** The sub-records of a heap dump as bytes. */
import { type BytesWriter, type Id, bytesWriter } from './writer-bytes.ts'
import type { HeapFraming } from './writer-framing.ts'

/** Basic types by their HPROF numbers. */
const TYPE = {
  object: 2,
  boolean: 4,
  char: 5,
  float: 6,
  double: 7,
  byte: 8,
  short: 9,
  int: 10,
  long: 11,
} as const
export type TypeName = keyof typeof TYPE

/** A typed value: references as id, booleans as 0 or 1, chars as code unit. */
export type TypedValue = readonly [type: TypeName, value: number | bigint]

export interface ClassDump {
  readonly id: Id
  readonly superId?: Id
  readonly loaderId?: Id
  readonly signersId?: Id
  readonly protectionDomainId?: Id
  /** As in the record; readers should not trust it. */
  readonly instanceSize?: number
  readonly statics?: readonly { readonly nameId: Id; readonly value: TypedValue }[]
  readonly fields?: readonly { readonly nameId: Id; readonly type: TypeName }[]
  readonly trace?: number
}

export type Root =
  | { readonly type: 'unknown' | 'sticky-class' | 'monitor-used'; readonly id: Id }
  | { readonly type: 'jni-global'; readonly id: Id; readonly referenceId?: Id }
  | {
      readonly type: 'jni-local' | 'java-frame'
      readonly id: Id
      readonly thread: number
      readonly frame: number
    }
  | { readonly type: 'native-stack' | 'thread-block'; readonly id: Id; readonly thread: number }
  | {
      readonly type: 'thread-object'
      readonly id: Id
      readonly thread: number
      readonly trace: number
    }

const ROOT_TAG = {
  unknown: 0xff,
  'jni-global': 0x01,
  'jni-local': 0x02,
  'java-frame': 0x03,
  'native-stack': 0x04,
  'sticky-class': 0x05,
  'thread-block': 0x06,
  'monitor-used': 0x07,
  'thread-object': 0x08,
} as const satisfies Record<Root['type'], number>

const CHUNK = 1 << 16

export interface SubRecords {
  root(root: Root): void
  classDump(dump: ClassDump): void
  /** `values` in record order: own fields first, then those of the superclasses. */
  instance(id: Id, classId: Id, values: readonly TypedValue[]): void
  objectArray(id: Id, classId: Id, elements: readonly Id[]): void
  /** An array of any length that is never in memory as a whole. */
  streamedObjectArray(id: Id, classId: Id, length: number, elementAt: (index: number) => Id): void
  primitiveArray(id: Id, type: Exclude<TypeName, 'object'>, elements: ArrayLike<number | bigint>): void
  /** Bytes of a sub-record as they are, for records that no JVM would write. */
  heapBytes(bytes: Uint8Array): void
}

export function subRecords(heap: BytesWriter, identifierSize: 4 | 8, framing: HeapFraming): SubRecords {
  function sub(tag: number, body: () => void): void {
    framing.begin()
    heap.u1(tag)
    body()
    framing.written()
  }
  return {
    root: (root) => sub(ROOT_TAG[root.type], () => rootBody(heap, root)),
    classDump: (dump) => sub(0x20, () => classBody(heap, dump)),
    instance: (id, classId, values) => sub(0x21, () => instanceBody(heap, id, classId, values, identifierSize)),
    objectArray: (id, classId, elements) =>
      sub(0x22, () => {
        arrayHeader(heap, id, elements.length)
        heap.id(classId)
        for (const element of elements) heap.id(element)
      }),
    streamedObjectArray(id, classId, length, elementAt) {
      framing.begin()
      const to = framing.direct(1 + 2 * identifierSize + 8 + length * identifierSize)
      streamArray(to, identifierSize, { id, classId, length, elementAt })
    },
    primitiveArray: (id, type, elements) =>
      sub(0x23, () => {
        arrayHeader(heap, id, elements.length)
        heap.u1(TYPE[type])
        for (let index = 0; index < elements.length; index++) value(heap, type, elements[index])
      }),
    heapBytes(bytes) {
      framing.begin()
      heap.bytes(bytes)
      framing.written()
    },
  }
}

function rootBody(to: BytesWriter, root: Root): void {
  to.id(root.id)
  switch (root.type) {
    case 'unknown':
    case 'sticky-class':
    case 'monitor-used':
      return
    case 'jni-global':
      return to.id(root.referenceId ?? 0)
    case 'jni-local':
    case 'java-frame':
      to.u4(root.thread)
      return to.u4(root.frame)
    case 'native-stack':
    case 'thread-block':
      return to.u4(root.thread)
    case 'thread-object':
      to.u4(root.thread)
      return to.u4(root.trace)
  }
}

function classBody(to: BytesWriter, dump: ClassDump): void {
  to.id(dump.id)
  to.u4(dump.trace ?? 0)
  for (const id of [dump.superId, dump.loaderId, dump.signersId, dump.protectionDomainId, 0, 0]) to.id(id ?? 0)
  to.u4(dump.instanceSize ?? 0)
  to.u2(0)
  const statics = dump.statics ?? []
  to.u2(statics.length)
  for (const field of statics) {
    to.id(field.nameId)
    to.u1(TYPE[field.value[0]])
    value(to, field.value[0], field.value[1])
  }
  const fields = dump.fields ?? []
  to.u2(fields.length)
  for (const field of fields) {
    to.id(field.nameId)
    to.u1(TYPE[field.type])
  }
}

function instanceBody(to: BytesWriter, id: Id, classId: Id, values: readonly TypedValue[], identifierSize: 4 | 8) {
  to.id(id)
  to.u4(0)
  to.id(classId)
  let length = 0
  for (const [type] of values) length += sizeOfType(type, identifierSize)
  to.u4(length)
  for (const [type, content] of values) value(to, type, content)
}

function arrayHeader(to: BytesWriter, id: Id, length: number): void {
  to.id(id)
  to.u4(0)
  to.u4(length)
}

interface StreamedArray {
  readonly id: Id
  readonly classId: Id
  readonly length: number
  readonly elementAt: (index: number) => Id
}

function streamArray(write: (bytes: Uint8Array) => void, identifierSize: 4 | 8, array: StreamedArray): void {
  const chunk = bytesWriter(identifierSize, CHUNK + 64)
  chunk.u1(0x22)
  arrayHeader(chunk, array.id, array.length)
  chunk.id(array.classId)
  for (let index = 0; index < array.length; index++) {
    chunk.id(array.elementAt(index))
    if (chunk.length >= CHUNK) {
      write(chunk.view())
      chunk.clear()
    }
  }
  write(chunk.view())
}

/** Bytes of a value in the dump. */
export function sizeOfType(type: TypeName, identifierSize: 4 | 8): number {
  switch (type) {
    case 'object':
      return identifierSize
    case 'boolean':
    case 'byte':
      return 1
    case 'char':
    case 'short':
      return 2
    case 'float':
    case 'int':
      return 4
    case 'double':
    case 'long':
      return 8
  }
}

function value(to: BytesWriter, type: TypeName, content: number | bigint): void {
  switch (type) {
    case 'object':
      return to.id(content)
    case 'boolean':
    case 'byte':
      return to.u1(Number(content))
    case 'char':
    case 'short':
      return to.u2(Number(content))
    case 'int':
      return to.u4(Number(content))
    case 'float':
      return to.f4(Number(content))
    case 'double':
      return to.f8(Number(content))
    case 'long':
      return to.u8(BigInt(content))
  }
}
