/** By what names one object refers to others: fields, statics, array elements, and what the JVM itself keeps. */
import { findInArray } from './object/array-search.ts'
import type { Heap } from './heap.ts'
import type { EdgeName } from './messages.ts'
import { readArray, readInstance, referenceIn } from './record.ts'

/** Elements named per pair of array and object; the same object may fill an array of millions. */
const MOST_ELEMENTS = 8
/** Of longer arrays only the first place of each object is looked for, which mostly comes soon. */
const LONG_ARRAY = 1_000_000
/** Bytes of arrays that one question may look through. */
const MOST_BYTES = 512 << 20

export interface EdgeBudget {
  bytes: number
}

export function edgeBudget(): EdgeBudget {
  return { bytes: MOST_BYTES }
}

/** @returns for each of the targets, in their order, how `source` refers to it; an empty list where that cannot be told. */
export function edgeNames(heap: Heap, source: number, targets: ArrayLike<number>, budget: EdgeBudget): EdgeName[][] {
  const positions = new Map<bigint, number>()
  const names: EdgeName[][] = Array.from(targets, (target, position) => {
    positions.set(heap.snapshot.idOf(target), position)
    return []
  })
  const add = (id: bigint, name: EdgeName): void => {
    const position = positions.get(id)
    if (position !== undefined) names[position].push(name)
  }
  const standsFor = heap.snapshot.classNumberOfObject(source)
  if (standsFor >= 0) addClassEdges(heap, standsFor, add)
  else if (heap.dump !== undefined) addContents(heap, source, positions, add, budget)
  addThreadLocals(heap, source, add)
  const type = heap.classes[heap.snapshot.classOf(source)]
  add(type.id, { kind: 'class', name: '<class>' })
  return names
}

type Add = (id: bigint, name: EdgeName) => void

function addClassEdges(heap: Heap, number: number, add: Add): void {
  const type = heap.classes[number]
  for (const field of heap.snapshot.classDetails(number).statics)
    if (field.type === 2) add(BigInt(field.value), { kind: 'static', name: field.name })
  if (type.superNumber >= 0) add(heap.classes[type.superNumber].id, { kind: 'super', name: '<super>' })
  add(type.loaderId, { kind: 'loader', name: '<loader>' })
}

function addContents(
  heap: Heap,
  source: number,
  wanted: ReadonlyMap<bigint, number>,
  add: Add,
  budget: EdgeBudget,
): void {
  const record = readInstance(heap, source)
  if (record !== undefined) {
    for (const field of record.fields)
      if (field.type === 2) add(referenceIn(heap, record, field), { kind: 'field', name: field.name })
    return
  }
  if (heap.classes[heap.snapshot.classOf(source)].kind !== 'object-array') return
  const array = readArray(heap, source)
  if (array === undefined) return
  const ids = new Set(wanted.keys())
  // An array refers to its class as well, which no element tells.
  ids.delete(heap.classes[heap.snapshot.classOf(source)].id)
  const most = array.length > LONG_ARRAY ? 1 : MOST_ELEMENTS
  const search = findInArray(heap, array, ids, most, budget.bytes)
  budget.bytes = Math.max(0, budget.bytes - array.length * heap.snapshot.meta.identifierSize)
  for (const id of ids) {
    const indices = search.found.get(id) ?? []
    for (const index of indices) add(id, { kind: 'element', name: `[${index}]` })
    if (indices.length === 0 && !search.complete) add(id, { kind: 'element', name: '[…]' })
  }
}

function addThreadLocals(heap: Heap, source: number, add: Add): void {
  const position = heap.snapshot.threadOfObject(source)
  if (position < 0) return
  const seen = new Set<string>()
  for (const local of heap.snapshot.thread(position).locals) {
    const key = `${local.index} ${local.type}`
    if (seen.has(key)) continue
    seen.add(key)
    add(heap.snapshot.idOf(local.index), { kind: 'thread-local', name: `<${local.type}>` })
  }
}
