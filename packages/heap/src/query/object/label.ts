/** What an object is, in a form that a view can put into words: a thread by its name, a string by its text. */
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import { primitiveText } from '../basic-types.ts'
import { type Heap, printId } from '../heap.ts'
import type { ObjectLabel } from '../messages.ts'
import { type InstanceRecord, fieldOf, readInstance, referenceIn } from '../record.ts'
import { QueryError } from '../query-error.ts'
import { nameText, stringText } from './text.ts'
import { collectionAt } from '../values/collection-table.ts'
import { valueText } from '../values/value-table.ts'

const LABEL_LENGTH = 200
const PLAIN: ObjectLabel = { kind: 'plain' }

/** Never fails for want of contents: then it is the plain label. */
export function labelOf(heap: Heap, index: number): ObjectLabel {
  try {
    return contentLabel(heap, index, 0)
  } catch (error) {
    if (error instanceof QueryError) return PLAIN
    throw error
  }
}

function contentLabel(heap: Heap, index: number, depth: number): ObjectLabel {
  const { snapshot } = heap
  const standsFor = snapshot.classNumberOfObject(index)
  if (standsFor >= 0) return { kind: 'class', name: heap.classes[standsFor].name }
  if (snapshot.idOf(index) === 0n) return { kind: 'class-loader', name: 'bootstrap' }
  const classNumber = snapshot.classOf(index)
  if (heap.classes[classNumber].kind !== 'instance') return { kind: 'array', length: snapshot.lengthOf(index) }
  if (heap.dump === undefined) return PLAIN
  switch (heap.facts.kindOf(classNumber)) {
    case 'string':
    case 'string-builder': {
      const found = stringText(heap, index, LABEL_LENGTH)
      return found === undefined ? PLAIN : { kind: 'string', text: found.text, length: found.length }
    }
    case 'thread':
      return named(heap, index, 'thread', 'java.lang.Thread')
    case 'class-loader':
      return named(heap, index, 'class-loader', 'java.lang.ClassLoader')
    case 'enum': {
      const text = nameField(heap, index, 'java.lang.Enum')
      return text === undefined ? PLAIN : { kind: 'value', text }
    }
    case 'boxed':
      return boxed(heap, index)
    default:
      return knownLabel(heap, index, depth)
  }
}

/** Words within words end here: a map's entry whose value is another entry. */
const MOST_DEPTH = 2
const NESTED_LENGTH = 60

function knownLabel(heap: Heap, index: number, depth: number): ObjectLabel {
  const found = collectionAt(heap, index)
  const size = found?.collection.size(found.of)
  if (size !== undefined) return { kind: 'collection', size }
  if (found !== undefined || depth > MOST_DEPTH) return PLAIN
  const text = valueText(heap, index, (_, id) => nested(heap, id, depth + 1))
  return text === undefined ? PLAIN : { kind: 'value', text: cut(text, LABEL_LENGTH) }
}

/** What stands in a field of an object that is being put into words. */
function nested(heap: Heap, id: bigint, depth: number): string {
  const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
  if (id === 0n) return 'null'
  if (index === NO_OBJECT) return printId(id)
  const label = contentLabel(heap, index, depth)
  const simpleName = (name: string): string => name.replace(/^.*\.(?=[^.]+$)/, '')
  const name = simpleName(heap.classes[heap.snapshot.classOf(index)].name)
  switch (label.kind) {
    case 'plain':
      return name
    case 'class':
      return `class ${simpleName(label.name)}`
    case 'thread':
    case 'class-loader':
      return `${name} "${cut(label.name, NESTED_LENGTH)}"`
    case 'string':
      return `"${cut(label.text, NESTED_LENGTH)}"`
    case 'array':
      return name.replace('[]', `[${label.length}]`)
    case 'collection':
      return `${name}(${label.size})`
    case 'value':
      return cut(label.text, NESTED_LENGTH)
  }
}

/** Never within a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const end = /[\ud800-\udbff]/.test(text[length - 1]) ? length - 1 : length
  return `${text.slice(0, end)}…`
}

function named(heap: Heap, index: number, kind: 'thread' | 'class-loader', declaredIn: string): ObjectLabel {
  const name = nameField(heap, index, declaredIn)
  return name === undefined ? PLAIN : { kind, name }
}

/** Text of the field `name` that the class `declaredIn` declares. */
function nameField(heap: Heap, index: number, declaredIn: string): string | undefined {
  const record = readInstance(heap, index)
  const target = record && referencedBy(heap, record, declaredIn, 'name')
  return target === undefined ? undefined : nameText(heap, target, LABEL_LENGTH)
}

/** The object in a reference field, or undefined when it is null, dangling or no such field. */
export function referencedBy(heap: Heap, record: InstanceRecord, declaredIn: string, name: string): number | undefined {
  const field = fieldOf(heap, record, declaredIn, name)
  if (field?.type !== 2) return undefined
  const id = referenceIn(heap, record, field)
  const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
  return index === NO_OBJECT ? undefined : index
}

function boxed(heap: Heap, index: number): ObjectLabel {
  const record = readInstance(heap, index)
  const field = record?.fields.find((candidate) => candidate.name === 'value')
  if (record === undefined || field === undefined || field.type === 2) return PLAIN
  return { kind: 'value', text: primitiveText(field.type, record.view, field.offset) }
}
