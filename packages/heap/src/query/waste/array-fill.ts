/**
 * Arrays with nothing in them (no elements, or all of them null or zero), and arrays whose end is null or zero: what is
 * freed is the whole array, or the end. Arrays of strings and of known collections are no matter of their own: these count
 * with the strings and the collections.
 */
import { shallowSizeOf, sizeTable } from '../../graph/shallow-sizes.ts'
import type { Heap } from '../heap.ts'
import { remembered } from '../remembered.ts'
import { collectionKinds } from './collection-fill.ts'
import type { DumpWindow } from './file-order.ts'
import { type MeasureFill, byClass, byHolder, fillOf } from './fill.ts'
import { type ArrayHead, arrayHead, readArrayHead } from './heads.ts'
import type { FillByClass, FillByHolder, WasteQuery } from './messages.ts'

const filledIn = remembered((heap) => fillOf(heap, chosenOf(heap), measuring(heap)))

/** @throws QueryError when the dump is not there any more, or the filter cannot be read */
export function arrayFill(heap: Heap, query: WasteQuery): FillByClass {
  return byClass(filledIn(heap), query)
}

/** @throws as `arrayFill` */
export function arrayHolders(heap: Heap, query: WasteQuery): FillByHolder {
  return byHolder(filledIn(heap), query)
}

const PAGE = 65_536
const PRIMITIVES = 1
const REFERENCES = 2
const ARRAY = PRIMITIVES | REFERENCES
/** Strings and collections count for the arrays that they refer to; a collection for those of references. */
const STRING = 4
const COLLECTION = 8

function chosenOf(heap: Heap): (index: number) => boolean {
  const { snapshot, classes } = heap
  const kinds = collectionKinds(heap)
  const ofClass = Uint8Array.from(classes, ({ kind, number }) => {
    if (kind !== 'instance') return kind === 'object-array' ? REFERENCES : PRIMITIVES
    if (heap.facts.kindOf(number) === 'string') return STRING
    return kinds[number] === undefined ? 0 : COLLECTION
  })
  const flags = new Uint8Array(snapshot.reachableCount + 1)
  const page = new Uint32Array(PAGE)
  for (let from = 1; from < flags.length; from += PAGE) {
    const count = Math.min(PAGE, flags.length - from)
    snapshot.readClasses(from, page.subarray(0, count))
    for (let place = 0; place < count; place++) flags[from + place] = ofClass[page[place]]
  }
  for (const { index } of classes) if (index > 0 && index < flags.length) flags[index] = 0
  snapshot.scanReferences(1, snapshot.reachableCount, (index, targets, start, end) => {
    if ((flags[index] & (STRING | COLLECTION)) === 0) return
    const counted = flags[index] === STRING ? ARRAY : REFERENCES
    for (let at = start; at < end; at++) if ((flags[targets[at]] & counted) !== 0) flags[targets[at]] = 0
  })
  return (index) => (flags[index] & ARRAY) !== 0
}

function measuring({ classes, snapshot }: Heap): MeasureFill {
  const table = sizeTable(classes, snapshot.meta.layout)
  const ids = snapshot.meta.identifierSize
  const head = arrayHead()
  return (fill, index, position, window) => {
    if (!readArrayHead(head, window, position, ids)) return false
    const used = usedLength(head, window)
    if (used < 0) return false
    const number = snapshot.classOf(index)
    const shallow = shallowSizeOf(table, number, head.length)
    fill.used = used
    fill.capacity = head.length
    fill.isEmpty = used === 0
    fill.freed = used === 0 ? shallow : shallow - shallowSizeOf(table, number, used)
    return true
  }
}

/** Bytes that are looked at together, from the end: most arrays are full. */
const CHUNK = 1 << 16

/** @returns elements up to the last one that is neither null nor zero; −1 where the dump ends before */
function usedLength({ start, length, elementBytes }: ArrayHead, window: DumpWindow): number {
  for (let end = length * elementBytes; end > 0;) {
    const from = Math.max(0, end - CHUNK)
    const at = window.locate(start + from, end - from)
    if (at < 0) return -1
    const { view } = window
    for (let byte = end - 1; byte >= from; byte--)
      if (view.getUint8(at + byte - from) !== 0) return Math.floor(byte / elementBytes) + 1
    end = from
  }
  return 0
}
