/** A path in the terms of its collections: which of its steps are one, and by which key, place or thread local. */
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import { edgeBudget, edgeNames } from '../edge-names.ts'
import type { Heap } from '../heap.ts'
import { type Fold, foldsOf } from './logical-path.ts'
import type { EdgeName, PathReading } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'
import { readArray, readElements, readInstance, referenceAt, referenceIn } from '../record.ts'
import { reading } from '../reading.ts'

/**
 * @param objects of the path, from the object on; `edges` are how each refers to the one before it
 * @param barrier the steps up to this one and those behind it are not neighbours; −1: all are
 */
export function pathReadings(
  heap: Heap,
  objects: readonly number[],
  edges: readonly (readonly EdgeName[])[],
  barrier: number,
): PathReading[] {
  const steps = objects.map((index, step) => ({
    classes: heap.facts.chainOf(heap.snapshot.classOf(index)).map((number) => heap.classes[number].name),
    edges: (edges[step] ?? []).map(({ name }) => name),
  }))
  return foldsOf(steps, barrier).map((fold) => {
    const key = keyOf(heap, objects, fold)
    return {
      first: fold.first,
      last: fold.last,
      role: fold.role,
      index: fold.role === 'element' ? (fold.index ?? null) : null,
      key: key === undefined ? null : objectRow(heap, key),
      owner: key === undefined || fold.role !== 'thread-local' ? null : staticOwner(heap, key),
    }
  })
}

/** What the value stands under; undefined for keys and elements themselves, and where the contents are not there. */
function keyOf(heap: Heap, objects: readonly number[], fold: Fold): number | undefined {
  const { collection, role, part, index } = fold
  if (part === undefined || role === 'key' || role === 'element') return undefined
  if (collection.array === 'by-ordinal') return enumKey(heap, objects[part + 1], index)
  if (collection.array === 'pairs') return elementAt(heap, objects[part], (index ?? 0) - 1)
  const contents = Object.entries(collection.parts?.contents ?? collection.direct ?? {})
  const names = contents.flatMap(([name, content]) => (content === 'key' ? [name] : []))
  return fieldTarget(heap, objects[part], names)
}

function enumKey(heap: Heap, map: number, ordinal: number | undefined): number | undefined {
  const universe = fieldTarget(heap, map, ['keyUniverse'])
  return universe === undefined || ordinal === undefined ? undefined : elementAt(heap, universe, ordinal)
}

function fieldTarget(heap: Heap, index: number, names: readonly string[]): number | undefined {
  return reading(() => {
    const record = readInstance(heap, index)
    const field = record?.fields.find(({ name, type }) => type === 2 && names.includes(name))
    return record === undefined || field === undefined ? undefined : existing(heap, referenceIn(heap, record, field))
  }, undefined)
}

function elementAt(heap: Heap, array: number, place: number): number | undefined {
  return reading(() => {
    const record = readArray(heap, array)
    if (record === undefined || place < 0 || place >= record.length) return undefined
    return existing(heap, referenceAt(heap, readElements(heap, record, place, 1), 0))
  }, undefined)
}

function existing(heap: Heap, id: bigint): number | undefined {
  const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
  return index === NO_OBJECT ? undefined : index
}

/** A ThreadLocal is mostly held by a static field, and then known by its name. */
const MOST_HOLDERS = 64

function staticOwner(heap: Heap, index: number): string | null {
  for (const source of heap.snapshot.incoming(index, 0, MOST_HOLDERS)) {
    const standsFor = heap.snapshot.classNumberOfObject(source)
    const edge = standsFor < 0 ? undefined : edgeNames(heap, source, [index], edgeBudget())[0]?.[0]
    if (edge?.kind === 'static') return `${heap.classes[standsFor].name}#${edge.name}`
  }
  return null
}
