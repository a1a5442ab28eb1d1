/**
 * Objects of exactly one class, by falling retained size: the reachable ones, as the histogram counts them; where
 * there are none of these, the unreachable ones.
 */
import { LARGEST_KEPT } from '../../graph/largest-of-class.ts'
import { filteredObjects } from './filtered-objects.ts'
import { type Heap, printId } from '../heap.ts'
import type { HeapObject, ObjectId, Page, Window } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'
import { QueryError } from '../query-error.ts'
import { type ScanValues, selectWindow } from '../select-window.ts'

const PAGE = 65_536
/** Up to this many sizes are held, 12 bytes each, also for the next window; more are read again in each pass. */
const MOST_HELD = 1 << 21
/** From this share of the heap on, reading all sizes in order is quicker than each one by itself. */
const DENSE = 1 / 16

export interface ObjectsOfClass extends Page<HeapObject> {
  /** Objects that the filter was held against; null without one. */
  searched: number | null
}

interface ObjectsOfClassQuery extends Window {
  readonly classId: ObjectId
  /** Condition on fields (field-filter.ts); empty: none. */
  readonly filter?: string
}

/** @throws QueryError when there is no such class, or the filter cannot be read. */
export function objectsOfClass(heap: Heap, query: ObjectsOfClassQuery): ObjectsOfClass {
  const number = heap.classes.findIndex((type) => printId(type.id) === query.classId)
  if (number < 0) throw new QueryError('class-not-found', `There is no class ${query.classId} in this dump.`)
  // The unreachable ones stand last.
  const total = heap.classes[number].instances || heap.snapshot.objectsOfClassCount(number)
  if ((query.filter ?? '').trim() !== '') return filtered(heap, number, total, query)
  const indices = windowOf(heap, number, total, query)
  return { total, offset: query.offset, rows: Array.from(indices, (index) => objectRow(heap, index)), searched: null }
}

function filtered(heap: Heap, number: number, total: number, query: ObjectsOfClassQuery): ObjectsOfClass {
  const { offset, limit } = query
  const { matching, searched } = filteredObjects(heap, number, total, query.filter ?? '')
  const rows = matching.slice(offset, offset + limit).map((index) => objectRow(heap, index))
  return { total: matching.length, offset, rows, searched }
}

function windowOf(heap: Heap, number: number, total: number, { offset, limit }: Window): ArrayLike<number> {
  const largest = offset < LARGEST_KEPT ? heap.snapshot.largestOfClass(number) : undefined
  if (largest !== undefined && offset + limit <= largest.length) return largest.subarray(offset, offset + limit)
  return selectWindow(scanOf(heap, number, total), total, offset, limit)
}

function scanOf(heap: Heap, number: number, total: number): ScanValues {
  if (heap.lastClassScan?.classNumber === number) return heap.lastClassScan.scan
  const isDense = heap.classes[number].instances > heap.snapshot.reachableCount * DENSE
  const reading = isDense ? denseScan(heap, number) : sparseScan(heap, number, total)
  if (total > MOST_HELD) return reading
  const scan = heldScan(reading, total)
  heap.lastClassScan = { classNumber: number, scan }
  return scan
}

function sparseScan(heap: Heap, number: number, total: number): ScanValues {
  return (visit) => {
    for (let offset = 0; offset < total; offset += PAGE)
      for (const index of heap.snapshot.objectsOfClass(number, offset, Math.min(PAGE, total - offset)))
        visit(index, heap.snapshot.retainedSize(index))
  }
}

/** Only for reachable objects. */
function denseScan({ snapshot }: Heap, number: number): ScanValues {
  return (visit) => {
    for (let from = 1; from <= snapshot.reachableCount; from += PAGE) {
      const count = Math.min(PAGE, snapshot.reachableCount + 1 - from)
      const classes = new Uint32Array(count)
      const sizes = new Float64Array(count)
      snapshot.readClasses(from, classes)
      snapshot.readRetainedSizes(from, sizes)
      for (let row = 0; row < count; row++) if (classes[row] === number) visit(from + row, sizes[row])
    }
  }
}

function heldScan(reading: ScanValues, total: number): ScanValues {
  const indices = new Uint32Array(total)
  const sizes = new Float64Array(total)
  let count = 0
  reading((index, retained) => {
    indices[count] = index
    sizes[count++] = retained
  })
  return (visit) => {
    for (let item = 0; item < count; item++) visit(indices[item], sizes[item])
  }
}
