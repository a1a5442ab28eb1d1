/** Objects of a class whose fields meet a condition, those that retain most first. */
import type { BasicType } from '../../parsed-heap.ts'
import { primitiveText } from '../basic-types.ts'
import { type Comparable, type Condition, holds, parseFieldFilter } from './field-filter.ts'
import type { Heap } from '../heap.ts'
import { labelOf } from '../object/label.ts'
import { QueryError } from '../query-error.ts'
import { type InstanceRecord, readInstance, referenceIn } from '../record.ts'
import { reading } from '../reading.ts'
import { stringText } from '../object/text.ts'
import { indexOfId } from '../values/instance.ts'

export interface FilteredObjects {
  /** By falling retained size, equal ones by ascending index. */
  readonly matching: readonly number[]
  /** Objects that were looked at; fewer than there are when there are too many. */
  readonly searched: number
}

/** A question has to be answered in seconds; an object costs some microseconds. */
const MOST_SEARCHED = 1_000_000
const PAGE = 8192
/** Characters of a string that are compared. */
const MOST_TEXT = 10_000

interface Last extends FilteredObjects {
  readonly key: string
}
/** The next window of the same list is asked for soon. */
const lastFiltered = new WeakMap<Heap, Last>()

/** @throws QueryError when the condition cannot be read, or none of the objects can have such a field */
export function filteredObjects(heap: Heap, classNumber: number, total: number, filter: string): FilteredObjects {
  const key = `${classNumber} ${filter}`
  const last = lastFiltered.get(heap)
  if (last?.key === key) return last
  const conditions = conditionsOf(heap, classNumber, filter)
  const searched = Math.min(total, MOST_SEARCHED)
  const found: { index: number; retained: number }[] = []
  for (let offset = 0; offset < searched; offset += PAGE)
    for (const index of heap.snapshot.objectsOfClass(classNumber, offset, Math.min(PAGE, searched - offset)))
      if (meets(heap, index, conditions)) found.push({ index, retained: heap.snapshot.retainedSize(index) })
  const matching = found.toSorted((a, b) => b.retained - a.retained || a.index - b.index).map(({ index }) => index)
  const result = { key, matching, searched }
  lastFiltered.set(heap, result)
  return result
}

const OWN_WORDS = ['this', 'length', 'shallow', 'retained']

function conditionsOf(heap: Heap, classNumber: number, filter: string): readonly Condition[] {
  const parsed = parseFieldFilter(filter)
  if (parsed.kind === 'fault')
    throw new QueryError('bad-request', `${parsed.message} (character ${parsed.at + 1} of the filter).`)
  const names = new Set([...heap.facts.fieldsOf(classNumber).map(({ name }) => name), ...OWN_WORDS])
  for (const { name } of parsed.conditions)
    if (!names.has(name))
      throw new QueryError(
        'bad-request',
        `There is no field ${name}. There are: ${[...names].slice(0, 40).join(', ')}.`,
      )
  return parsed.conditions
}

function meets(heap: Heap, index: number, conditions: readonly Condition[]): boolean {
  let record: InstanceRecord | undefined
  for (const condition of conditions) {
    const own = ownWord(heap, index, condition.name)
    if (own === undefined) record ??= reading(() => readInstance(heap, index), undefined)
    const found = own ?? (record && fieldOf(heap, record, condition.name))
    if (found === undefined || !holds(condition, found)) return false
  }
  return true
}

function ownWord(heap: Heap, index: number, name: string): Comparable | undefined {
  switch (name) {
    case 'this':
      return objectValue(heap, index)
    case 'shallow':
      return numberValue(heap.snapshot.shallowSize(index))
    case 'retained':
      return numberValue(heap.snapshot.retainedSize(index))
    case 'length': {
      const isArray = heap.classes[heap.snapshot.classOf(index)].kind !== 'instance'
      return isArray ? numberValue(heap.snapshot.lengthOf(index)) : undefined
    }
    default:
      return undefined
  }
}

function numberValue(number: number): Comparable {
  return { isNull: false, number, text: String(number) }
}

function fieldOf(heap: Heap, record: InstanceRecord, name: string): Comparable | undefined {
  const field = record.fields.find((candidate) => candidate.name === name)
  if (field === undefined) return undefined
  if (field.type !== 2) return primitiveValue(field.type, primitiveText(field.type, record.view, field.offset))
  const id = referenceIn(heap, record, field)
  const index = indexOfId(heap, id)
  if (index < 0) return { isNull: id === 0n, number: undefined, text: undefined }
  return objectValue(heap, index)
}

/** Characters and truth values are no numbers. */
function primitiveValue(type: BasicType, text: string): Comparable {
  return { isNull: false, number: type === 4 || type === 5 ? undefined : Number(text), text }
}

/** The text of a string, the number in a box, the members of a collection, the length of an array. */
function objectValue(heap: Heap, index: number): Comparable {
  const text = reading(() => stringText(heap, index, MOST_TEXT), undefined)
  if (text !== undefined) return { isNull: false, number: undefined, text: text.text }
  const label = labelOf(heap, index)
  switch (label.kind) {
    case 'value':
    case 'string':
      return { isNull: false, number: /^-?\d/.test(label.text) ? asNumber(label.text) : undefined, text: label.text }
    case 'collection':
      return numberValue(label.size)
    case 'array':
      return numberValue(label.length)
    case 'class':
    case 'thread':
    case 'class-loader':
      return { isNull: false, number: undefined, text: label.name }
    case 'plain':
      return { isNull: false, number: undefined, text: undefined }
  }
}

function asNumber(text: string): number | undefined {
  const number = Number(text)
  return Number.isNaN(number) ? undefined : number
}
