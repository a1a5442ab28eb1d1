/** The fields of one object by name; its record is read once. */
import type { Heap } from '../query/heap.ts'
import { readArray, readElements, readInstance, referenceAt, referenceIn } from '../query/record.ts'
import { reading } from '../query/reading.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'

export interface ObjectFields {
  /** Of int, short and byte fields, and of long ones whose digits beyond 2^53 do not matter. */
  number(name: string): number | undefined
  long(name: string): bigint | undefined
  flag(name: string): boolean | undefined
  /** The object that the field refers to; own class first where superclasses have a field of that name too. */
  reference(name: string): number | undefined
}

const BOOLEAN = 4
const BYTE = 8
const SHORT = 9
const INT = 10
const LONG = 11

/** @returns fields without values where the object is no instance, or its contents are not there. */
export function fieldsIn(heap: Heap, index: number): ObjectFields {
  const record = heap.dump === undefined ? undefined : reading(() => readInstance(heap, index), undefined)
  const find = (name: string, type?: number) =>
    record?.fields.find((field) => field.name === name && (type === undefined || field.type === type))
  return {
    number(name) {
      const field = find(name)
      if (record === undefined || field === undefined) return undefined
      if (field.type === INT) return record.view.getInt32(field.offset)
      if (field.type === LONG) return Number(record.view.getBigInt64(field.offset))
      if (field.type === SHORT) return record.view.getInt16(field.offset)
      return field.type === BYTE ? record.view.getInt8(field.offset) : undefined
    },
    long(name) {
      const field = find(name, LONG)
      return record === undefined || field === undefined ? undefined : record.view.getBigInt64(field.offset)
    },
    flag(name) {
      const field = find(name, BOOLEAN)
      return record === undefined || field === undefined ? undefined : record.view.getUint8(field.offset) !== 0
    },
    reference(name) {
      const field = find(name, 2)
      return record === undefined || field === undefined ? undefined : indexOf(heap, referenceIn(heap, record, field))
    },
  }
}

function indexOf(heap: Heap, id: bigint): number | undefined {
  const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
  return index === NO_OBJECT ? undefined : index
}

/** Elements that are looked at; a chunk of 64 MiB has 16,384 pages. */
const MOST_ELEMENTS = 1 << 17

/** @returns the objects in an array of references, and where; empty places are passed over. */
export function elementsIn(heap: Heap, array: number): { readonly place: number; readonly index: number }[] {
  return reading(() => {
    const record = readArray(heap, array)
    if (record?.type !== 2) return []
    const view = readElements(heap, record, 0, MOST_ELEMENTS)
    const ids = heap.snapshot.meta.identifierSize
    const found: { place: number; index: number }[] = []
    for (let place = 0; place * ids < view.byteLength; place++) {
      const index = indexOf(heap, referenceAt(heap, view, place * ids))
      if (index !== undefined) found.push({ place, index })
    }
    return found
  }, [])
}

/** @returns the bytes of an array of primitives as they stand in the dump; undefined when it is none. */
export function bytesOfArray(heap: Heap, array: number): DataView | undefined {
  return reading(() => {
    const record = readArray(heap, array)
    return record === undefined || record.type === 2 ? undefined : readElements(heap, record, 0, MOST_ELEMENTS)
  }, undefined)
}
