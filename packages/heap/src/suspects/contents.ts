/** Single values inside objects, by the names of fields. */
import type { Heap } from '../query/heap.ts'
import { reading } from '../query/reading.ts'
import { type InstanceRecord, readInstance, referenceIn } from '../query/record.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'

export interface NumberField {
  readonly name: string
  /** Class that declares it. */
  readonly declaredIn: string
  readonly value: number
  readonly static: boolean
}

/** Fields of type int and long. @returns nothing when the contents are not there. */
export function numberFields(heap: Heap, index: number): NumberField[] {
  const record = recordOf(heap, index)
  if (record === undefined) return []
  return record.fields.flatMap(({ name, type, offset, declaredBy }) => {
    if (type !== INT && type !== LONG) return []
    const value = type === INT ? record.view.getInt32(offset) : Number(record.view.getBigInt64(offset))
    return [{ name, declaredIn: heap.classes[declaredBy].name, value, static: false }]
  })
}

/** Static fields of type int and long of one class. */
export function staticNumbers(heap: Heap, classNumber: number): NumberField[] {
  const declaredIn = heap.classes[classNumber].name
  return heap.snapshot.classDetails(classNumber).statics.flatMap(({ name, type, value }) => {
    if (type !== INT && type !== LONG) return []
    return [{ name, declaredIn, value: Number(value), static: true }]
  })
}

export function numberIn(heap: Heap, index: number, name: string): number | undefined {
  return numberFields(heap, index).find((field) => field.name === name)?.value
}

export function booleanIn(heap: Heap, index: number, name: string): boolean | undefined {
  const record = recordOf(heap, index)
  const field = record?.fields.find((candidate) => candidate.name === name && candidate.type === BOOLEAN)
  return record === undefined || field === undefined ? undefined : record.view.getUint8(field.offset) !== 0
}

/** @returns the object in the first reference field of that name, own class first. */
export function referenceOf(heap: Heap, index: number, name: string): number | undefined {
  const record = recordOf(heap, index)
  const field = record?.fields.find((candidate) => candidate.name === name && candidate.type === 2)
  if (record === undefined || field === undefined) return undefined
  return existing(heap, referenceIn(heap, record, field))
}

/** @returns the object in a static field of the first class of that name. */
export function staticReference(heap: Heap, className: string, name: string): number | undefined {
  const number = heap.facts.numberOf(className)
  if (number < 0) return undefined
  const field = heap.snapshot.classDetails(number).statics.find((candidate) => candidate.name === name)
  return field?.type === 2 ? existing(heap, BigInt(field.value)) : undefined
}

function existing(heap: Heap, id: bigint): number | undefined {
  const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
  return index === NO_OBJECT ? undefined : index
}

function recordOf(heap: Heap, index: number): InstanceRecord | undefined {
  return heap.dump === undefined ? undefined : reading(() => readInstance(heap, index), undefined)
}

const BOOLEAN = 4
const INT = 10
const LONG = 11
