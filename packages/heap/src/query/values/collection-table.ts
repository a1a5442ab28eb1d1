/**
 * What collections of the JDK hold, read by the layout of their fields: the number of members without looking at
 * them, and the members in the order of their iterator. A collection of another library has its row here too.
 */
import type { Heap } from '../heap.ts'
import { type Instance, indexOfId, instanceAt } from './instance.ts'
import {
  type Member,
  type Members,
  type Size,
  alternating,
  bitCount,
  buckets,
  chainFrom,
  circular,
  concurrentMembers,
  concurrentSize,
  counting,
  dequeMembers,
  dequeSize,
  enumEntries,
  enumMembers,
  inArray,
  inField,
  lengthOf,
  linkedEntries,
  nonNull,
  none,
  one,
  pair,
  pairSize,
  queueCount,
  single,
  skipListEntries,
  skipListSize,
  skipping,
  treeEntries,
} from './members.ts'

export interface Collection {
  readonly kind: 'list' | 'set' | 'map'
  readonly size: Size
  readonly members: Members
}

/** By class; subclasses are read like it. */
export const COLLECTIONS: Readonly<Record<string, Collection>> = {
  'java.util.ArrayList': list(inField('size'), inArray('elementData')),
  'java.util.Vector': list(inField('elementCount'), inArray('elementData')),
  'java.util.Arrays$ArrayList': list(lengthOf('a'), inArray('a')),
  'java.util.ArrayDeque': list(dequeSize, dequeMembers),
  'java.util.PriorityQueue': list(inField('size'), inArray('queue')),
  'java.util.concurrent.PriorityBlockingQueue': list(inField('size'), inArray('queue')),
  'java.util.concurrent.CopyOnWriteArrayList': list(lengthOf('array'), inArray('array')),
  'java.util.concurrent.ArrayBlockingQueue': list(inField('count'), circular('items', 'takeIndex')),
  'java.util.LinkedList': list(inField('size'), skipping(chainFrom('first', 'item'))),
  'java.util.concurrent.LinkedBlockingDeque': list(inField('count'), skipping(chainFrom('first', 'item'))),
  'java.util.concurrent.LinkedBlockingQueue': list(queueCount, skipping(chainFrom('head', 'item'))),
  'java.util.concurrent.ConcurrentLinkedQueue': list(counting('head'), skipping(chainFrom('head', 'item'))),
  'java.util.concurrent.ConcurrentLinkedDeque': list(counting('head'), skipping(chainFrom('head', 'item'))),
  'java.util.ImmutableCollections$ListN': list(lengthOf('elements'), inArray('elements')),
  'java.util.ImmutableCollections$List12': list(pairSize, pair),
  'java.util.ImmutableCollections$SubList': list(inField('size'), part),
  'java.util.ArrayList$SubList': list(inField('size'), part),
  'java.util.Collections$SingletonList': list(() => 1, single('element')),
  'java.util.Collections$EmptyList': list(() => 0, none),

  'java.util.HashSet': set(sizeOfInner('map'), keysOf('map')),
  'java.util.TreeSet': set(sizeOfInner('m'), keysOf('m')),
  'java.util.concurrent.ConcurrentSkipListSet': set(sizeOfInner('m'), keysOf('m')),
  'java.util.Collections$SetFromMap': set(sizeOfInner('m'), keysOf('m')),
  'java.util.concurrent.ConcurrentHashMap$KeySetView': set(sizeOfInner('map'), keysOf('map')),
  'java.util.concurrent.CopyOnWriteArraySet': set(sizeOfInner('al'), valuesOf('al')),
  'java.util.RegularEnumSet': set(bitCount, enumMembers),
  'java.util.ImmutableCollections$SetN': set(inField('size'), skipping(nonNull('elements'))),
  'java.util.ImmutableCollections$Set12': set(pairSize, pair),
  'java.util.Collections$SingletonSet': set(() => 1, single('element')),
  'java.util.Collections$EmptySet': set(() => 0, none),

  'java.util.LinkedHashMap': map(inField('size'), skipping(linkedEntries)),
  'java.util.HashMap': map(inField('size'), skipping(buckets('value'))),
  'java.util.Hashtable': map(inField('count'), skipping(buckets('value'))),
  'java.util.Properties': map(propertiesSize, propertiesMembers),
  'java.util.WeakHashMap': map(inField('size'), skipping(buckets('value', 'referent'))),
  'java.lang.ThreadLocal$ThreadLocalMap': map(inField('size'), skipping(buckets('value', 'referent'))),
  'java.util.concurrent.ConcurrentHashMap': map(concurrentSize, skipping(concurrentMembers)),
  'java.util.TreeMap': map(inField('size'), skipping(treeEntries)),
  'java.util.concurrent.ConcurrentSkipListMap': map(skipListSize, skipping(skipListEntries)),
  'java.util.IdentityHashMap': map(inField('size'), skipping(alternating)),
  'java.util.EnumMap': map(inField('size'), skipping(enumEntries)),
  'java.util.ImmutableCollections$MapN': map(inField('size'), skipping(alternating)),
  'java.util.ImmutableCollections$Map1': map(() => 1, skipping(one('k0', 'v0'))),
  'java.util.Collections$SingletonMap': map(() => 1, skipping(one('k', 'v'))),
  'java.util.Collections$EmptyMap': map(() => 0, none),

  'java.util.Collections$UnmodifiableCollection': wrapper('list', 'c'),
  'java.util.Collections$SynchronizedCollection': wrapper('list', 'c'),
  'java.util.Collections$CheckedCollection': wrapper('list', 'c'),
  'java.util.Collections$UnmodifiableSet': wrapper('set', 'c'),
  'java.util.Collections$SynchronizedSet': wrapper('set', 'c'),
  'java.util.Collections$CheckedSet': wrapper('set', 'c'),
  'java.util.Collections$UnmodifiableMap': wrapper('map', 'm'),
  'java.util.Collections$SynchronizedMap': wrapper('map', 'm'),
  'java.util.Collections$CheckedMap': wrapper('map', 'm'),
}

/** The row of a class, and the classes whose fields it speaks of. */
export interface KnownCollection {
  readonly collection: Collection
  readonly declaredBy: ReadonlySet<number>
}

const knownByHeap = new WeakMap<Heap, Map<number, KnownCollection | undefined>>()

/** @returns the row of the class itself or of its nearest superclass that has one. */
export function collectionOf(heap: Heap, classNumber: number): KnownCollection | undefined {
  const known = knownByHeap.get(heap) ?? new Map<number, KnownCollection | undefined>()
  knownByHeap.set(heap, known)
  if (!known.has(classNumber)) known.set(classNumber, find(heap, classNumber))
  return known.get(classNumber)
}

function find(heap: Heap, classNumber: number): KnownCollection | undefined {
  const chain = heap.facts.chainOf(classNumber)
  const place = chain.findIndex((number) => Object.hasOwn(COLLECTIONS, heap.classes[number].name))
  if (place < 0) return undefined
  return { collection: COLLECTIONS[heap.classes[chain[place]].name], declaredBy: new Set(chain.slice(place)) }
}

/** @returns undefined when the object is no collection that is known. */
export function collectionAt(heap: Heap, index: number): { collection: Collection; of: Instance } | undefined {
  const known = heap.snapshot.classNumberOfObject(index) < 0 && collectionOf(heap, heap.snapshot.classOf(index))
  if (!known) return undefined
  const of = instanceAt(heap, index, known.declaredBy)
  return of && { collection: known.collection, of }
}

/** The array of a list is mostly longer than the list. */
function list(size: Size, members: Members): Collection {
  return {
    kind: 'list',
    size,
    *members(of, from) {
      let left = (size(of) ?? Infinity) - from
      for (const member of members(of, from)) {
        if (left-- <= 0) return
        yield member
      }
    },
  }
}
function set(size: Size, members: Members): Collection {
  return { kind: 'set', size, members }
}
function map(size: Size, members: Members): Collection {
  return { kind: 'map', size, members }
}

/** A view of another collection. */
function wrapper(kind: Collection['kind'], field: string): Collection {
  return {
    kind,
    size: sizeOfInner(field),
    members: (of, from) => inner(of, field)?.members(from) ?? [],
  }
}

function inner(of: Instance, field: string) {
  const index = indexOfId(of.heap, of.id(field))
  const found = index < 0 ? undefined : collectionAt(of.heap, index)
  return (
    found && {
      size: () => found.collection.size(found.of),
      members: (from: number) => found.collection.members(found.of, from),
    }
  )
}

function sizeOfInner(field: string): Size {
  return (of) => inner(of, field)?.size()
}

function keysOf(field: string): Members {
  return function* (of, from) {
    for (const { key } of inner(of, field)?.members(from) ?? []) if (key !== undefined) yield { value: key }
  }
}

function valuesOf(field: string): Members {
  return (of, from) => inner(of, field)?.members(from) ?? []
}

/** Part of another list. Up to JDK 8 its list is `parent`, with `parentOffset`. */
function* part(of: Instance, from: number): Generator<Member> {
  const size = of.int('size') ?? 0
  const offset = of.int('offset') ?? 0
  let left = size - from
  for (const member of inner(of, 'root')?.members(offset + from) ?? inner(of, 'parent')?.members(offset + from) ?? [])
    if (left-- > 0) yield member
    else return
}

/** Since JDK 9 Properties keeps its entries in a ConcurrentHashMap, before it was an ordinary Hashtable. */
function propertiesSize(of: Instance): number | undefined {
  return inner(of, 'map')?.size() ?? of.int('count')
}

function propertiesMembers(of: Instance, from: number): Iterable<Member> {
  return inner(of, 'map')?.members(from) ?? skipping(buckets('value'))(of, from)
}
