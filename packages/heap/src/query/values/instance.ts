/** An instance by the names of its fields, as one class and its superclasses declare them. */
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import type { RecordField } from '../class-facts.ts'
import type { Heap } from '../heap.ts'
import {
  type ArrayRecord,
  type InstanceRecord,
  readArray,
  readElements,
  readInstance,
  referenceAt,
  referenceIn,
} from '../record.ts'
import { nameText } from '../object/text.ts'

const CHUNK = 1024
const INT = 10
const LONG = 11

/** A field that is missing or of another type is undefined: JDKs differ. References are ids, 0n for null. */
export interface Instance {
  readonly heap: Heap
  readonly index: number
  /** boolean (0 or 1), byte, short or int. */
  int(name: string): number | undefined
  long(name: string): bigint | undefined
  id(name: string): bigint
  /** Also undefined for null and for what is not in the dump. */
  object(name: string): Instance | undefined
  array(name: string): ArrayRecord | undefined
  /** Of a String, or of a char[] as older JDKs keep names in. */
  text(name: string): string | undefined
}

const TEXT_LENGTH = 200

/**
 * @param declaredBy numbers of the classes whose fields are meant; a subclass may have others of the same names
 * @returns undefined when the object is no instance
 */
export function instanceAt(heap: Heap, index: number, declaredBy?: ReadonlySet<number>): Instance | undefined {
  const record = readInstance(heap, index)
  return record && instanceOf(heap, index, record, declaredBy)
}

/** The instance with that record; see `instanceAt`. */
export function instanceOf(
  heap: Heap,
  index: number,
  record: InstanceRecord,
  declaredBy?: ReadonlySet<number>,
): Instance {
  const find = (name: string): RecordField | undefined =>
    record.fields.find((field) => field.name === name && (declaredBy === undefined || declaredBy.has(field.declaredBy)))
  const id = (name: string): bigint => {
    const field = find(name)
    return field?.type === 2 ? referenceIn(heap, record, field) : 0n
  }
  const target = (name: string): number => indexOfId(heap, id(name))
  return {
    heap,
    index,
    int(name) {
      const field = find(name)
      if (field === undefined) return undefined
      if (field.type === INT) return record.view.getInt32(field.offset)
      if (field.type === 9) return record.view.getInt16(field.offset)
      return field.type === 8 || field.type === 4 ? record.view.getInt8(field.offset) : undefined
    },
    long(name) {
      const field = find(name)
      return field?.type === LONG ? record.view.getBigInt64(field.offset) : undefined
    },
    id,
    object(name) {
      const index = target(name)
      return index === NO_OBJECT ? undefined : instanceAt(heap, index)
    },
    array(name) {
      const index = target(name)
      return index === NO_OBJECT ? undefined : readArray(heap, index)
    },
    text(name) {
      const index = target(name)
      return index === NO_OBJECT ? undefined : nameText(heap, index, TEXT_LENGTH)
    },
  }
}

/** @returns NO_OBJECT for null and for what is not in the dump. */
export function indexOfId(heap: Heap, id: bigint): number {
  return id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
}

/** Ids in an array of references, from a place on. */
export function* elementIds(heap: Heap, array: ArrayRecord | undefined, from = 0, to = Infinity): Generator<bigint> {
  if (array === undefined || array.type !== 2) return
  const ids = heap.snapshot.meta.identifierSize
  const end = Math.min(array.length, to)
  for (let start = from; start < end; start += CHUNK) {
    const view = readElements(heap, array, start, Math.min(CHUNK, end - start))
    for (let at = 0; at < view.byteLength; at += ids) yield referenceAt(heap, view, at)
  }
}

/** Values of an int[] or byte[]; empty for any other. */
export function smallNumbers(heap: Heap, array: ArrayRecord | undefined, most: number): number[] {
  if (array === undefined || (array.type !== INT && array.type !== 8)) return []
  const view = readElements(heap, array, 0, Math.min(most, array.length))
  const width = array.type === INT ? 4 : 1
  return Array.from({ length: view.byteLength / width }, (_, i) =>
    width === 4 ? view.getInt32(i * 4) : view.getInt8(i),
  )
}
