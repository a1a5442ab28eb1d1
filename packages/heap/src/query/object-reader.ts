/** The fields of one instance by name, as the JDK's own classes are read: its record is read once. */
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import type { RecordField } from './class-facts.ts'
import type { Heap } from './heap.ts'
import { readInstance, referenceIn } from './record.ts'
import { nameText } from './object/text.ts'

const MOST_TEXT = 10_000

/** Each method takes the class that declares the field where subclasses may have another one of that name. */
export interface ObjectReader {
  /** The object in a reference field; undefined for null, a dangling reference, or no such field. */
  reference(name: string, declaredIn?: string): number | undefined
  /** An int, short, byte, long or boolean (0 or 1). */
  number(name: string, declaredIn?: string): number | undefined
  /** Text of the string, or of the char[] of older JDKs. */
  text(name: string, declaredIn?: string): string | undefined
}

/** @returns undefined when the object is no instance. @throws QueryError when the dump does not have the contents */
export function objectReader(heap: Heap, index: number): ObjectReader | undefined {
  const record = readInstance(heap, index)
  if (record === undefined) return undefined
  const field = (name: string, declaredIn: string | undefined): RecordField | undefined =>
    record.fields.find(
      (one) => one.name === name && (declaredIn === undefined || heap.classes[one.declaredBy].name === declaredIn),
    )
  function reference(name: string, declaredIn?: string): number | undefined {
    const found = field(name, declaredIn)
    if (record === undefined || found?.type !== 2) return undefined
    return indexOfReference(heap, referenceIn(heap, record, found))
  }
  return {
    reference,
    number(name, declaredIn) {
      const found = field(name, declaredIn)
      return found && wholeNumber(record.view, found)
    },
    text(name, declaredIn) {
      const target = reference(name, declaredIn)
      return target === undefined ? undefined : nameText(heap, target, MOST_TEXT)
    },
  }
}

/** @returns the object index in a static field of the first class of that name. */
export function staticReference(heap: Heap, className: string, field: string): number | undefined {
  const number = heap.facts.numberOf(className)
  if (number < 0) return undefined
  const found = heap.snapshot.classDetails(number).statics.find((candidate) => candidate.name === field)
  return found?.type === 2 ? indexOfReference(heap, BigInt(found.value)) : undefined
}

/** @returns undefined for null and for what the dump does not hold */
export function indexOfReference(heap: Heap, id: bigint): number | undefined {
  const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
  return index === NO_OBJECT ? undefined : index
}

function wholeNumber(view: DataView, { type, offset }: RecordField): number | undefined {
  switch (type) {
    case 4:
    case 8:
      return view.getInt8(offset)
    case 9:
      return view.getInt16(offset)
    case 10:
      return view.getInt32(offset)
    case 11:
      return Number(view.getBigInt64(offset))
    default:
      return undefined
  }
}
