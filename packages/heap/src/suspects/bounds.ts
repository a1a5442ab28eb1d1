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
/** How high something ever was, and not how high it may become. */
const HIGH_WATER = /peak|highest|high_?water|largest|reached/i
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
  const segments = referenceOf(heap, index, 'segments')
  if (segments !== undefined) return sumOver(heap, segments, 'count')
  const counter = referenceOf(heap, index, 'count')
  if (counter !== undefined) return numberIn(heap, counter, 'value')
  if (name === 'java.util.ArrayDeque') return dequeSize(heap, index)
  return inner === undefined ? undefined : sizeOf(heap, inner, depth + 1)
}

const SIZES = ['size', 'count', 'elementCount', 'theSize']
const INNER = ['map', 'm', 'c', 'list', 'al', 'q', 's', 'ss', 'sm', 'cache', 'localCache', 'data']

/** Of a ConcurrentHashMap under contention the count is spread over cells. */
function sumOfCells(heap: Heap, index: number): number {
  const cells = referenceOf(heap, index, 'counterCells')
  return cells === undefined ? 0 : sumOver(heap, cells, 'value')
}

function sumOver(heap: Heap, array: number, field: string): number {
  const targets = [...heap.snapshot.outgoing(array, 1, 256)]
  return targets.reduce((sum, target) => sum + (numberIn(heap, target, field) ?? 0), 0)
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
  const around = objects.map((index) => fieldsAround(heap, index))
  const limit =
    limitIn(around, size) ??
    limitIn(
      objects.flatMap((index) => settingsOf(heap, index)),
      size,
    )
  if (limit !== undefined) return limit
  const fields = around.flat()
  const limits = fields.filter(isLimit)
  const expiry = fields.find(({ name, value }) => EXPIRY_NAME.test(name) && value > 0)
  if (expiry !== undefined) return { kind: 'expires', field: fieldText(expiry) }
  const isOvergrown = limits.some(({ value, static: isStatic }) => !isStatic && value > 0 && value * 2 < size)
  const isLinked = names.includes('java.util.LinkedHashMap')
  const byAccess = isLinked && booleanIn(heap, container, 'accessOrder') === true
  if (isLinked && !isOvergrown && (byAccess || names[0] !== 'java.util.LinkedHashMap'))
    return { kind: 'evicts', byAccess }
  return undefined
}

/** A limit in the fields of those who hold what is no collection of a library. */
export function limitAround(heap: Heap, holders: readonly number[], size: number): Bound | undefined {
  const objects = holders.filter((index) => index !== VIRTUAL_ROOT)
  return limitIn(
    objects.map((index) => fieldsAround(heap, index)),
    size,
  )
}

/**
 * The fields of each object by themselves. A number that the size has reached exactly may be a mark of how high it ever was: it
 * counts when it is a round one, as people choose them, and no limit beside it is switched off (0 or less, or the largest int).
 * Caches that evict in the background may be a little above their limit.
 */
function limitIn(objects: readonly (readonly NumberField[])[], size: number): Bound | undefined {
  for (const fields of objects) {
    const limits = fields.filter(isLimit)
    const isOff = limits.some(({ value }) => value <= 0 || value === MAX_INT)
    const limit = limits.find(({ value }) => {
      if (value <= 0 || value < size * SLACK || value > size * FAR_AWAY) return false
      return value === size ? !isOff && isRound(value) : value > size || isRound(value)
    })
    if (limit !== undefined) return { kind: 'limit', field: fieldText(limit), limit: limit.value, size }
  }
  return undefined
}
const MAX_INT = 2 ** 31 - 1
const SLACK = 0.95

function isLimit({ name }: NumberField): boolean {
  return LIMIT_NAME.test(name) && !OTHER_NAME.test(name) && !HIGH_WATER.test(name)
}

function isRound(value: number): boolean {
  return value % 50 === 0 || value % 32 === 0 || (value < 1000 && value % 10 === 0)
}

/** Places of an array that are all taken, in number a power of two with a mask beside them, or counted by whoever holds the array. */
export function ringOf(heap: Heap, path: readonly number[], size: number): Bound | undefined {
  const at = path.findIndex((index) => isObjectArray(heap, index))
  if (at < 0 || at + 1 >= path.length) return undefined
  const length = heap.snapshot.lengthOf(path[at])
  const isFull = length >= 64 && (length & (length - 1)) === 0 && heap.snapshot.outgoingCount(path[at]) >= length
  const numbers = numberFields(heap, path[at + 1])
  const isMasked = numbers.some(({ name, value }) => /mask/i.test(name) && value + 1 >= size && value + 1 <= length)
  return isFull || isMasked ? { kind: 'ring', limit: length } : undefined
}

function isObjectArray(heap: Heap, index: number): boolean {
  return heap.snapshot.classNumberOfObject(index) < 0 && heap.classes[heap.snapshot.classOf(index)].name.endsWith('[]')
}

function fieldText({ declaredIn, name }: NumberField): string {
  return `${declaredIn}#${name}`
}

/** Settings that whoever holds the collection refers to: objects of the program's own whose names say what they are. */
function settingsOf(heap: Heap, index: number): NumberField[][] {
  const { snapshot, classes } = heap
  if (snapshot.classNumberOfObject(index) >= 0) return []
  return [...snapshot.outgoing(index, 1, MOST_REFERRED)].flatMap((target) => {
    const classNumber = snapshot.classOf(target)
    const isSettings = snapshot.classNumberOfObject(target) < 0 && SETTINGS_NAME.test(classes[classNumber].name)
    return isSettings ? [fieldsAround(heap, target)] : []
  })
}
const SETTINGS_NAME = /(Config\w*|Configuration|Settings|Options|Properties|Props|Spec)$/
const MOST_REFERRED = 32

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
