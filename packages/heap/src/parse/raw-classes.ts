import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { type ClassDump, readClassDump } from '@heaptrail/hprof/class-dump'
import { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { HprofError } from '@heaptrail/hprof/errors'
import { isBasicType } from '@heaptrail/hprof/tags'
import type { BasicType } from '../parsed-heap.ts'

/** A class of the dump before the layout of objects is known. */
export interface RawClass {
  readonly id: bigint
  /** Byte of its sub-record. */
  readonly position: number
  readonly superId: bigint
  readonly loaderId: bigint
  readonly statics: readonly { readonly nameId: bigint; readonly type: BasicType; readonly value: number | bigint }[]
  readonly fields: readonly { readonly nameId: bigint; readonly type: BasicType }[]
}

/** Fields of all classes together: far more than real dumps have, and no more names than a Set can hold (2²⁴). */
const MOST_FIELDS = 10_000_000

/** Reads the class sub-records at these positions, in the order of the dump. Of two with the same id the first counts. */
export function readClasses(source: ByteSource, identifierSize: 4 | 8, positions: Float64Array): RawClass[] {
  const cursor = new HeapCursor(source, identifierSize)
  const classes = new Map<bigint, RawClass>()
  let fields = 0
  for (const position of positions) {
    cursor.open(position, source.size)
    if (!cursor.next()) continue
    const dump = readClassDump(cursor.window.view, position - cursor.window.start, identifierSize)
    fields += dump.fields.length + dump.statics.length
    if (fields > MOST_FIELDS) {
      throw new HprofError(`The classes have more than ${MOST_FIELDS} fields: this is no dump of a JVM.`, position)
    }
    if (!classes.has(dump.id) && dump.id !== 0n) classes.set(dump.id, rawClass(dump, position))
  }
  return [...classes.values()]
}

function rawClass(dump: ClassDump, position: number): RawClass {
  const { id, superId, loaderId } = dump
  const statics: { nameId: bigint; type: BasicType; value: number | bigint }[] = []
  for (const { nameId, type, value } of dump.statics) if (isBasicType(type)) statics.push({ nameId, type, value })
  const fields: { nameId: bigint; type: BasicType }[] = []
  for (const { nameId, type } of dump.fields) {
    // where the next field begins is unknown from here on
    if (!isBasicType(type)) break
    fields.push({ nameId, type })
  }
  return { id, position, superId, loaderId, statics, fields }
}
