/** What an object contains: fields, static fields of a class, elements of an array. */
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import { BASIC_TYPES, primitiveText, sizeInDump, staticText } from '../basic-types.ts'
import { type Heap, indexOfObject, printId } from '../heap.ts'
import type { FieldRow, FieldValue, ObjectId, Page, Window } from '../messages.ts'
import { objectRow } from './object-row.ts'
import { type ArrayRecord, readArray, readElements, readInstance, referenceAt, referenceIn } from '../record.ts'

/** Own fields first, then the superclasses'; a field that shadows another stands beside it, told apart by its class. */
export function fields(heap: Heap, id: ObjectId, window: Window): Page<FieldRow> {
  const index = indexOfObject(heap, id)
  const standsFor = heap.snapshot.classNumberOfObject(index)
  if (standsFor >= 0) return page(staticFields(heap, standsFor), window)
  const array = readArray(heap, index)
  if (array !== undefined) return elements(heap, array, window)
  const record = readInstance(heap, index)
  if (record === undefined) return page([], window)
  const rows = record.fields.slice(window.offset, window.offset + window.limit).map((field): FieldRow => ({
    name: field.name,
    type: BASIC_TYPES[field.type].name,
    static: false,
    declaredIn: heap.classes[field.declaredBy].name,
    value:
      field.type === 2
        ? referenceValue(heap, referenceIn(heap, record, field))
        : { kind: 'primitive', text: primitiveText(field.type, record.view, field.offset) },
  }))
  return { total: record.fields.length, offset: window.offset, rows }
}

function page(all: readonly (() => FieldRow)[], { offset, limit }: Window): Page<FieldRow> {
  return { total: all.length, offset, rows: all.slice(offset, offset + limit).map((row) => row()) }
}

function staticFields(heap: Heap, number: number): (() => FieldRow)[] {
  return heap.snapshot.classDetails(number).statics.map((field) => () => ({
    name: field.name,
    type: BASIC_TYPES[field.type].name,
    static: true,
    declaredIn: heap.classes[number].name,
    value:
      field.type === 2
        ? referenceValue(heap, BigInt(field.value))
        : { kind: 'primitive', text: staticText(field.type, field.value) },
  }))
}

function elements(heap: Heap, array: ArrayRecord, { offset, limit }: Window): Page<FieldRow> {
  const size = sizeInDump(array.type, heap.snapshot.meta.identifierSize)
  const view = readElements(heap, array, offset, limit)
  const rows = Array.from({ length: view.byteLength / size }, (_, row): FieldRow => ({
    name: `[${offset + row}]`,
    type: BASIC_TYPES[array.type].name,
    static: false,
    declaredIn: null,
    value:
      array.type === 2
        ? referenceValue(heap, referenceAt(heap, view, row * size))
        : { kind: 'primitive', text: primitiveText(array.type, view, row * size) },
  }))
  return { total: array.length, offset, rows }
}

export function referenceValue(heap: Heap, id: bigint): FieldValue {
  if (id === 0n) return { kind: 'null' }
  const index = heap.snapshot.indexOf(id)
  if (index === NO_OBJECT) return { kind: 'dangling', id: printId(id) }
  return { kind: 'reference', object: objectRow(heap, index) }
}
