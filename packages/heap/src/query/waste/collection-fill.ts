/**
 * Empty collections, and collections with more room than they need. What is freed: with an empty one all that goes with
 * it; of the others the part of their array that a fitting one does not have. A set and the map in it count as the set.
 */
import { shallowSizeOf, sizeTable } from '../../graph/shallow-sizes.ts'
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import type { Heap } from '../heap.ts'
import { openHeap } from '../open-heap.ts'
import { reading } from '../reading.ts'
import { remembered } from '../remembered.ts'
import { type Collection, collectionAt, collectionOf } from '../values/collection-table.ts'
import { type Instance, indexOfId, instanceOf } from '../values/instance.ts'
import { CAPACITIES, type Capacity } from './capacities.ts'
import { type Fill, type MeasureFill, byClass, byHolder, fillOf } from './fill.ts'
import { locateValues } from './heads.ts'
import type { FillByClass, FillByHolder, WasteQuery } from './messages.ts'

const filledIn = remembered((heap) => {
  const kinds = collectionKinds(heap)
  const isChosen = chosenOf(heap, kinds)
  return fillOf(heap, isChosen, measuring(heap, kinds))
})

/** @throws QueryError when the dump is not there any more, or the filter cannot be read */
export function collectionFill(heap: Heap, query: WasteQuery): FillByClass {
  return byClass(filledIn(heap), query)
}

/** @throws as `collectionFill` */
export function collectionHolders(heap: Heap, query: WasteQuery): FillByHolder {
  return byHolder(filledIn(heap), query)
}

export interface CollectionKind {
  readonly capacity: Capacity
  /** It is that very class: a subclass may have more in it than its members. */
  readonly isPlain: boolean
}

/** By class number: what collections of the class, or of its nearest superclass that is known, have room for. */
export function collectionKinds(heap: Heap): readonly (CollectionKind | undefined)[] {
  return heap.classes.map(({ number }) => {
    const chain = heap.facts.chainOf(number).map((each) => heap.classes[each].name)
    const known = chain.find((name) => Object.hasOwn(CAPACITIES, name))
    return known === undefined ? undefined : { capacity: CAPACITIES[known], isPlain: chain[0].startsWith('java.util.') }
  })
}

const PAGE = 65_536

function chosenOf({ snapshot, classes }: Heap, kinds: readonly (CollectionKind | undefined)[]) {
  const chosen = new Uint8Array(snapshot.reachableCount + 1)
  const page = new Uint32Array(PAGE)
  for (let from = 1; from < chosen.length; from += PAGE) {
    const count = Math.min(PAGE, chosen.length - from)
    snapshot.readClasses(from, page.subarray(0, count))
    for (let place = 0; place < count; place++) if (kinds[page[place]] !== undefined) chosen[from + place] = 1
  }
  for (const { index } of classes) if (index > 0 && index < chosen.length) chosen[index] = 0
  return (index: number) => chosen[index] === 1
}

function measuring(heap: Heap, kinds: readonly (CollectionKind | undefined)[]): MeasureFill {
  const { snapshot } = heap
  const table = sizeTable(heap.classes, snapshot.meta.layout)
  const ids = snapshot.meta.identifierSize
  let windowed: Heap | undefined
  const kindOf = (index: number) =>
    snapshot.classNumberOfObject(index) < 0 ? kinds[snapshot.classOf(index)] : undefined

  /** Bytes of the array that a fitting one does not have; where the array is not the collection's alone, none. */
  function slack(owner: number, array: number, needed: number): number {
    if (snapshot.immediateDominator(array) !== owner) return 0
    const number = snapshot.classOf(array)
    const length = snapshot.lengthOf(array)
    return needed >= length ? 0 : shallowSizeOf(table, number, length) - shallowSizeOf(table, number, needed)
  }

  function measure(fill: Fill, index: number, { collection, of }: { collection: Collection; of: Instance }): boolean {
    const kind = kindOf(index)
    const size = collection.size(of)
    if (kind === undefined || size === undefined || size < 0) return false
    const { array, inner, needed, perMember = 1 } = kind.capacity
    const own = array === undefined ? NO_OBJECT : indexOfId(of.heap, of.id(array))
    fill.isEmpty = size === 0
    fill.used = own === NO_OBJECT ? 0 : size
    fill.capacity = own === NO_OBJECT ? 0 : Math.floor(snapshot.lengthOf(own) / perMember)
    fill.freed = 0
    if (inner !== undefined && !measureInner(fill, index, indexOfId(of.heap, of.id(inner)))) return false
    if (fill.isEmpty) fill.freed = kind.isPlain ? snapshot.retainedSize(index) : wholeArray(index, own)
    else if (own !== NO_OBJECT && needed !== undefined) fill.freed = slack(index, own, needed(size))
    return true
  }

  /** @returns false where the set shares it with others: then that counts by itself */
  function measureInner(fill: Fill, set: number, index: number): boolean {
    if (index === NO_OBJECT || snapshot.immediateDominator(index) !== set || kindOf(index) === undefined) return false
    const found = windowed && collectionAt(windowed, index)
    return found !== undefined && measure(fill, index, found)
  }

  function wholeArray(owner: number, array: number): number {
    return array !== NO_OBJECT && snapshot.immediateDominator(array) === owner ? snapshot.shallowSize(array) : 0
  }

  /** A set counts for the map in it; a subclass may have another one beside. */
  function isInner(from: Heap, index: number): boolean {
    const owner = snapshot.immediateDominator(index)
    const kind = owner > 0 ? kindOf(owner) : undefined
    if (kind?.capacity.inner === undefined || kind.isPlain) return kind?.capacity.inner !== undefined
    const set = collectionAt(from, owner)
    return set !== undefined && indexOfId(from, set.of.id(kind.capacity.inner)) === index
  }

  return (fill, index, position, window) => {
    windowed ??= openHeap(snapshot, window)
    const from = windowed
    const number = snapshot.classOf(index)
    const known = collectionOf(from, number)
    const bytes = from.facts.recordSizeOf(number)
    const at = locateValues(window, position, ids, bytes)
    if (known === undefined || at < 0) return false
    // The block of the dump is here: the record is not looked for.
    const record = { fields: from.facts.fieldsOf(number), view: new DataView(window.view.buffer, at, bytes) }
    const found = { collection: known.collection, of: instanceOf(from, index, record, known.declaredBy) }
    return reading(() => !isInner(from, index) && measure(fill, index, found), false)
  }
}
