/**
 * What would become free if one object did not refer to another any more, by any of its fields or elements.
 *
 * Exact, and without a search: without the references, the target is either still reachable, by a root or by a referrer
 * that it does not dominate, and then nothing is freed; or it is not, and then exactly what it dominates is freed.
 */
import { edgeBudget, edgeNames } from '../query/edge-names.ts'
import { type Heap, indexOfObject } from '../query/heap.ts'
import type { EdgeName, HeapObject, ObjectId, ReferenceRow } from '../query/messages.ts'
import { objectRow } from '../query/object/object-row.ts'
import { QueryError } from '../query/query-error.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { keepersOf } from './dominated.ts'

export interface CutAnswer {
  source: HeapObject
  target: HeapObject
  /** The references that would be cut; empty where their names cannot be told. */
  edges: EdgeName[]
  /** Bytes and objects that would be free. `objectsExact`: they were counted to the end. */
  freed: { bytes: number; objects: number; objectsExact: boolean }
  /** The target is a GC root itself. */
  isRoot: boolean
  /** Who else keeps the target, the first of them; nobody when it would be freed. */
  keptBy: ReferenceRow[]
  /** There are more than are listed. */
  moreKeepers: boolean
  /** Cutting this reference instead would free the target; null when no single one does. */
  nextBest: { source: HeapObject; target: HeapObject; edges: EdgeName[]; bytes: number } | null
}

const MOST_KEEPERS = 20
const MOST_COUNTED = 200_000

/** @throws QueryError when there is no such reference, or nothing reaches the source. */
export function whatIfCut(heap: Heap, sourceId: ObjectId, targetId: ObjectId): CutAnswer {
  const source = indexOfObject(heap, sourceId)
  const target = indexOfObject(heap, targetId)
  const { snapshot } = heap
  if (!refersTo(heap, source, target)) throw new QueryError('bad-request', `${sourceId} does not refer to ${targetId}.`)
  if (target > snapshot.reachableCount)
    throw new QueryError('bad-request', `No GC root reaches ${targetId}: it is free already.`)
  const budget = edgeBudget()
  const { isRoot, others } = keepersOf(heap, target, MOST_KEEPERS + 2)
  const keepers = others.filter((index) => index !== source)
  const isFreed = !isRoot && keepers.length === 0
  return {
    source: objectRow(heap, source),
    target: objectRow(heap, target),
    edges: edgeNames(heap, source, [target], budget)[0],
    freed: isFreed ? freedWith(heap, target) : { bytes: 0, objects: 0, objectsExact: true },
    isRoot,
    keptBy: keepers.slice(0, MOST_KEEPERS).map((index) => ({
      edges: edgeNames(heap, index, [target], budget)[0],
      object: objectRow(heap, index),
    })),
    moreKeepers: keepers.length > MOST_KEEPERS,
    nextBest: isFreed ? null : nextBest(heap, target),
  }
}

function refersTo(heap: Heap, source: number, target: number): boolean {
  const PAGE = 4096
  for (let offset = 0; ; offset += PAGE) {
    const page = heap.snapshot.outgoing(source, offset, PAGE)
    if (page.includes(target)) return true
    if (page.length < PAGE) return false
  }
}

function freedWith(heap: Heap, target: number): CutAnswer['freed'] {
  const queue = [target]
  let counted = 0
  for (; counted < queue.length && counted < MOST_COUNTED; counted++)
    queue.push(...heap.snapshot.dominatorChildren(queue[counted], 0, MOST_COUNTED - queue.length))
  const objectsExact = counted === queue.length && queue.length < MOST_COUNTED
  return { bytes: heap.snapshot.retainedSize(target), objects: counted, objectsExact }
}

/** The nearest dominator that only one other object keeps. */
function nextBest(heap: Heap, target: number): CutAnswer['nextBest'] {
  for (let index = target; index !== VIRTUAL_ROOT; index = heap.snapshot.immediateDominator(index)) {
    const { isRoot, others } = keepersOf(heap, index, 2)
    if (isRoot || others.length !== 1) continue
    const [source] = others
    return {
      source: objectRow(heap, source),
      target: objectRow(heap, index),
      edges: edgeNames(heap, source, [index], edgeBudget())[0],
      bytes: heap.snapshot.retainedSize(index),
    }
  }
  return null
}
