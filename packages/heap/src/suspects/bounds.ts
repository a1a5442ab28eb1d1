/**
 * Evidence that a collection does not grow without limit, read from its own fields and from those of whoever holds
 * it: a limit above its size, an order of access as caches keep it, an expiry, a type that cannot change at all.
 */
import type { Heap } from '../query/heap.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import type { Bound } from './messages.ts'
import { type NumberField, booleanIn, numberFields, numberIn, referenceOf, staticNumbers } from './contents.ts'

/** Names by which programs call a limit of how many; those of times, threads and sizes in bytes are none. */
const LIMIT_NAME = /max|limit|capacity|bound/i
const OTHER_NAME =
  /time|interval|age$|idle|second|milli|nano|ttl|wait|delay|period|inactive|expir|retr|thread|conn|depth|bytes?$|load|modcount|threshold|length|level|priority|port|heap|memory/i
const EXPIRY_NAME =
  /^(expire(s)?After(Access|Write)Nanos|expireAfter(Access|Write)|timeToLive(Nanos|Millis|Seconds)?|ttl(Nanos|Millis|Seconds)?)$/

/** A number so many times as large as the size has nothing to do with it. */
const FAR_AWAY = 100

/** Entries of a collection of the JDK, or undefined where they cannot be told. */
export function sizeOf(heap: Heap, index: number, depth = 0): number | undefined {
  const name = heap.classes[heap.snapshot.classOf(index)].name
  if (depth > 3) return undefined
  if (name.endsWith('[]')) return undefined
  const inner = INNER.map((field) => referenceOf(heap, index, field)).find((found) => found !== undefined)
  const base = numberIn(heap, index, 'baseCount')
  if (base !== undefined) return base + sumOfCells(heap, index)
  for (const field of SIZES) {
    const size = numberIn(heap, index, field)
    if (size !== undefined && size >= 0) return size
  }
  const counter = referenceOf(heap, index, 'count')
  if (counter !== undefined) return numberIn(heap, counter, 'value')
  if (name === 'java.util.ArrayDeque') return dequeSize(heap, index)
  return inner === undefined ? undefined : sizeOf(heap, inner, depth + 1)
}

const SIZES = ['size', 'count', 'elementCount', 'theSize']
const INNER = ['map', 'm', 'c', 'list', 'al', 'q', 's', 'ss', 'sm', 'cache', 'localCache']

/** Of a ConcurrentHashMap under contention the count is spread over cells. */
function sumOfCells(heap: Heap, index: number): number {
  const cells = referenceOf(heap, index, 'counterCells')
  if (cells === undefined) return 0
  const targets = [...heap.snapshot.outgoing(cells, 1, 256)]
  return targets.reduce((sum, cell) => sum + (numberIn(heap, cell, 'value') ?? 0), 0)
}

function dequeSize(heap: Heap, index: number): number | undefined {
  const head = numberIn(heap, index, 'head')
  const tail = numberIn(heap, index, 'tail')
  const elements = referenceOf(heap, index, 'elements')
  if (head === undefined || tail === undefined || elements === undefined) return undefined
  const length = Math.max(1, heap.snapshot.lengthOf(elements))
  return (((tail - head) % length) + length) % length
}

/**
 * @param holder object or class object whose field holds the collection; VIRTUAL_ROOT when there is none.
 * @param size entries of the collection, as `sizeOf` tells them, or items that were counted.
 */
export function boundOf(heap: Heap, container: number, holders: readonly number[], size: number): Bound | undefined {
  const names = superNames(heap, heap.snapshot.classOf(container))
  if (names[0].startsWith('java.util.ImmutableCollections$')) return { kind: 'immutable' }
  if (isSealedIn(heap, container, holders)) return { kind: 'immutable' }
  const capacity = capacityOf(heap, container, names)
  if (capacity !== undefined) return { kind: 'capacity', limit: capacity, size }
  const objects = [container, ...outerOf(heap, container), ...holders.filter((index) => index !== VIRTUAL_ROOT)]
  const fields = objects.flatMap((index) => fieldsAround(heap, index))
  const limits = fields.filter(({ name }) => LIMIT_NAME.test(name) && !OTHER_NAME.test(name))
  const limit = limits.find(({ value }) => value >= size && value > 0 && value <= size * FAR_AWAY)
  if (limit !== undefined) return { kind: 'limit', field: fieldText(limit), limit: limit.value, size }
  const expiry = fields.find(({ name, value }) => EXPIRY_NAME.test(name) && value > 0)
  if (expiry !== undefined) return { kind: 'expires', field: fieldText(expiry) }
  const isOvergrown = limits.some(({ value, static: isStatic }) => !isStatic && value > 0 && value * 2 < size)
  const isLinked = names.includes('java.util.LinkedHashMap')
  const byAccess = isLinked && booleanIn(heap, container, 'accessOrder') === true
  if (isLinked && !isOvergrown && (byAccess || names[0] !== 'java.util.LinkedHashMap'))
    return { kind: 'evicts', byAccess }
  return undefined
}

function fieldText({ declaredIn, name }: NumberField): string {
  return `${declaredIn}#${name}`
}

/** Of an instance its fields and the statics of its class, the JDK's own left out; of a class object its statics. */
function fieldsAround(heap: Heap, index: number): NumberField[] {
  const standsFor = heap.snapshot.classNumberOfObject(index)
  if (standsFor >= 0) return staticsOf(heap, standsFor)
  const classNumber = heap.snapshot.classOf(index)
  const statics = heap.classes[classNumber].kind === 'instance' ? staticsOf(heap, classNumber) : []
  return [...numberFields(heap, index).filter(isOfProgram), ...statics]
}

/** Constants of libraries are about all their collections and not about this one. */
function staticsOf(heap: Heap, classNumber: number): NumberField[] {
  return heap.ownCode.isUnknown(classNumber) ? staticNumbers(heap, classNumber) : []
}

function isOfProgram({ declaredIn }: NumberField): boolean {
  return !/^java\.(util|lang)\./.test(declaredIn)
}

/** The object that an inner class belongs to, and its class. */
function outerOf(heap: Heap, index: number): number[] {
  const outer = referenceOf(heap, index, 'this$0')
  const name = heap.classes[heap.snapshot.classOf(index)].name
  const outerClass = name.includes('$') ? heap.facts.numberOf(name.slice(0, name.lastIndexOf('$'))) : -1
  const classObject = outerClass < 0 ? -1 : heap.classes[outerClass].index
  return [...(outer === undefined ? [] : [outer]), ...(classObject > 0 ? [classObject] : [])]
}

/** Queues of the JDK that were given a capacity. */
function capacityOf(heap: Heap, container: number, names: readonly string[]): number | undefined {
  if (names.includes('java.util.concurrent.ArrayBlockingQueue')) {
    const items = referenceOf(heap, container, 'items')
    return items === undefined ? undefined : Math.max(1, heap.snapshot.lengthOf(items))
  }
  if (!names.some((name) => /^java\.util\.concurrent\.LinkedBlocking(Queue|Deque)$/.test(name))) return undefined
  const capacity = numberIn(heap, container, 'capacity')
  return capacity === undefined || capacity >= 2 ** 31 - 1 ? undefined : capacity
}

/** An unmodifiable view that nobody goes around. */
function isSealedIn(heap: Heap, container: number, holders: readonly number[]): boolean {
  return holders.some(
    (holder) =>
      heap.snapshot.classNumberOfObject(holder) < 0 &&
      heap.classes[heap.snapshot.classOf(holder)].name.startsWith('java.util.Collections$Unmodifiable') &&
      heap.snapshot.immediateDominator(container) === holder,
  )
}

/** The class and its superclasses, from the bottom. */
export function superNames(heap: Heap, classNumber: number): string[] {
  const names: string[] = []
  for (let number = classNumber; number >= 0 && names.length < 64; number = heap.classes[number].superNumber)
    names.push(heap.classes[number].name)
  return names
}
