/** What an object refers to, and what refers to it. */
import { edgeBudget, edgeNames } from '../edge-names.ts'
import { type Heap, indexOfObject } from '../heap.ts'
import type { ObjectId, Page, ReferenceDirection, ReferenceRow, Window } from '../messages.ts'
import { objectRow } from './object-row.ts'

export function references(
  heap: Heap,
  id: ObjectId,
  direction: ReferenceDirection,
  { offset, limit }: Window,
): Page<ReferenceRow> {
  const index = indexOfObject(heap, id)
  const budget = edgeBudget()
  if (direction === 'outgoing') {
    const targets = heap.snapshot.outgoing(index, offset, limit)
    const names = edgeNames(heap, index, targets, budget)
    const rows = Array.from(targets, (target, row) => ({ edges: names[row], object: objectRow(heap, target) }))
    return { total: heap.snapshot.outgoingCount(index), offset, rows }
  }
  const sources = heap.snapshot.incoming(index, offset, limit)
  const rows = Array.from(sources, (source) => ({
    edges: edgeNames(heap, source, [index], budget)[0],
    object: objectRow(heap, source),
  }))
  return { total: heap.snapshot.incomingCount(index), offset, rows }
}
