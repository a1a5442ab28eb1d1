/**
 * Objects of exactly one class, by falling retained size: the reachable ones, as the histogram counts them; where
 * there are none of these, the unreachable ones.
 */
import { type Heap, printId } from './heap.ts'
import type { HeapObject, ObjectId, Page, Window } from './messages.ts'
import { objectRow } from './object-row.ts'
import { QueryError } from './query-error.ts'
import { selectWindow } from './select-window.ts'

const PAGE = 65_536
/** Up to this many sizes are kept while the window is selected; more are read again in each pass. */
const MOST_KEPT = 1 << 22

export function objectsOfClass(heap: Heap, query: Window & { readonly classId: ObjectId }): Page<HeapObject> {
  const number = heap.classes.findIndex((type) => printId(type.id) === query.classId)
  if (number < 0) throw new QueryError('class-not-found', `There is no class ${query.classId} in this dump.`)
  // The unreachable ones stand last.
  const total = heap.classes[number].instances || heap.snapshot.objectsOfClassCount(number)
  const scan = total <= MOST_KEPT ? keptScan(heap, number, total) : readingScan(heap, number, total)
  const indices = selectWindow(scan, total, query.offset, query.limit)
  return { total, offset: query.offset, rows: indices.map((index) => objectRow(heap, index)) }
}

type Visit = (index: number, retained: number) => void

function readingScan(heap: Heap, number: number, total: number): (visit: Visit) => void {
  return (visit) => {
    for (let offset = 0; offset < total; offset += PAGE)
      for (const index of heap.snapshot.objectsOfClass(number, offset, Math.min(PAGE, total - offset)))
        visit(index, heap.snapshot.retainedSize(index))
  }
}

function keptScan(heap: Heap, number: number, total: number): (visit: Visit) => void {
  const indices = new Uint32Array(total)
  const sizes = new Float64Array(total)
  let count = 0
  readingScan(
    heap,
    number,
    total,
  )((index, retained) => {
    indices[count] = index
    sizes[count++] = retained
  })
  return (visit) => {
    for (let item = 0; item < count; item++) visit(indices[item], sizes[item])
  }
}
