/** What maps and lists of the JDK hold, read from their fields; other collections are taken for empty. */
import type { Heap } from '../heap.ts'
import { type ObjectReader, indexOfReference, objectReader } from '../object-reader.ts'
import { readArray, readElements, referenceAt } from '../record.ts'

export interface MapEntry {
  readonly key: number
  /** Undefined for null. */
  readonly value: number | undefined
}

/** Wrappers within wrappers; a damaged heap may have a circle of them. */
const MOST_WRAPPERS = 8

/**
 * Hashtable, HashMap and ConcurrentHashMap of JDK 6 to 25, Properties over either, `Map.of`, and synchronized or unmodifiable
 * views of these.
 * @param most entries
 */
export function mapEntries(heap: Heap, map: number, most: number): MapEntry[] {
  let index = map
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const reader = objectReader(heap, index)
    if (reader === undefined) return []
    // Properties since JDK 9; views.
    const inner = reader.reference('map') ?? reader.reference('m')
    if (inner === undefined) return isFlat(heap, index) ? pairs(heap, reader, most) : entriesOf(heap, reader, most)
    index = inner
  }
  return []
}

function entriesOf(heap: Heap, map: ObjectReader, most: number): MapEntry[] {
  const table = map.reference('table')
  const only = map.reference('k0')
  if (only !== undefined) return [{ key: only, value: map.reference('v0') }]
  if (table === undefined) return segmentEntries(heap, map, most)
  const entries: MapEntry[] = []
  for (const bucket of elementsOf(heap, table, most * 4)) {
    if (bucket === undefined) continue
    for (const entry of chainOf(heap, bucket, most - entries.length)) entries.push(entry)
    if (entries.length >= most) break
  }
  return entries
}

/** ConcurrentHashMap up to JDK 7: each segment has a table of its own. */
function segmentEntries(heap: Heap, map: ObjectReader, most: number): MapEntry[] {
  const segments = map.reference('segments')
  if (segments === undefined) return []
  return elementsOf(heap, segments, most).flatMap((segment) => {
    const reader = segment === undefined ? undefined : objectReader(heap, segment)
    return reader?.reference('table') === undefined ? [] : entriesOf(heap, reader, most)
  })
}

/** The table of `Map.of` has keys and values by turns, and no entries. */
function isFlat(heap: Heap, map: number): boolean {
  return heap.classes[heap.snapshot.classOf(map)].name === 'java.util.ImmutableCollections$MapN'
}

function pairs(heap: Heap, map: ObjectReader, most: number): MapEntry[] {
  const table = map.reference('table')
  const elements = table === undefined ? [] : elementsOf(heap, table, most * 4)
  const entries: MapEntry[] = []
  for (let at = 0; at + 1 < elements.length && entries.length < most; at += 2) {
    const key = elements[at]
    if (key !== undefined) entries.push({ key, value: elements[at + 1] })
  }
  return entries
}

/** One bucket: entries linked by `next`, or a tree that keeps such a list from `first` on. */
function chainOf(heap: Heap, bucket: number, most: number): MapEntry[] {
  const entries: MapEntry[] = []
  let at: number | undefined = bucket
  let reader = objectReader(heap, bucket)
  const first = reader?.reference('first')
  if (first !== undefined) {
    at = first
    reader = objectReader(heap, first)
  }
  while (at !== undefined && reader !== undefined && entries.length < most) {
    const key = reader.reference('key')
    if (key !== undefined) entries.push({ key, value: reader.reference('value') ?? reader.reference('val') })
    at = reader.reference('next')
    reader = at === undefined ? undefined : objectReader(heap, at)
  }
  return entries
}

/** Elements of an ArrayList, Vector, `Arrays.asList`, an array, or a synchronized or unmodifiable view; nulls left out. */
export function listElements(heap: Heap, list: number, most: number): number[] {
  let index = list
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const reader = objectReader(heap, index)
    if (reader === undefined) break
    const array = reader.reference('elementData') ?? reader.reference('a')
    const inner = array ?? reader.reference('list') ?? reader.reference('c')
    if (inner === undefined) return []
    index = inner
  }
  return elementsOf(heap, index, most).filter((element) => element !== undefined)
}

function elementsOf(heap: Heap, index: number, most: number): (number | undefined)[] {
  const array = readArray(heap, index)
  if (array?.type !== 2) return []
  const view = readElements(heap, array, 0, most)
  const size = heap.snapshot.meta.identifierSize
  return Array.from({ length: view.byteLength / size }, (_, place) =>
    indexOfReference(heap, referenceAt(heap, view, place * size)),
  )
}
