/** How full objects are: sums by class, and of what is wasted by the fields that hold them. */
import { type Heap, printId } from '../heap.ts'
import { nameFilter } from '../name-filter.ts'
import { holderColumns } from '../owners/holder-columns.ts'
import { type GroupsByOwner, groupsByOwner } from '../owners/owned-groups.ts'
import { fieldReader } from '../owners/owner-fields.ts'
import { dumpOf } from '../record.ts'
import { type DumpWindow, inFileOrder } from './file-order.ts'
import { heldByFields, nameOfHolder, wasteHolder } from './holders.ts'
import type { FillByClass, FillByHolder, FillOfClass, FillOfHolder, FillSums, WasteQuery } from './messages.ts'

/** Of one object; filled anew for each. */
export interface Fill {
  used: number
  capacity: number
  isEmpty: boolean
  /** Bytes, a multiple of 8 as all sizes are. */
  freed: number
}

/** @returns false where the object is no such one, or is not known */
export type MeasureFill = (fill: Fill, index: number, position: number, window: DumpWindow) => boolean

export interface Filled {
  readonly classes: readonly FillOfClass[]
  readonly holders: readonly FillOfHolder[]
  readonly sums: FillSums
}

/** Records that are read to tell fields of owners of one class apart. */
const MOST_READ = 10_000
/** Wasted bytes are held in these units. */
const UNIT = 8

/** @throws QueryError when the dump is not there any more */
export function fillOf(heap: Heap, isChosen: (index: number) => boolean, measure: MeasureFill): Filled {
  const { snapshot } = heap
  const classes = new Map<number, ClassSums>()
  const freed = new Uint32Array(snapshot.reachableCount + 1)
  const fill: Fill = { used: 0, capacity: 0, isEmpty: false, freed: 0 }
  inFileOrder(snapshot, dumpOf(heap), isChosen, (index, position, window) => {
    if (!measure(fill, index, position, window)) return
    freed[index] = fill.freed / UNIT
    const number = snapshot.classOf(index)
    let sums = classes.get(number)
    if (sums === undefined) classes.set(number, (sums = noSums()))
    add(sums, fill, index)
  })
  const rows = [...classes].map(([number, sums]) => classRow(heap, number, sums)).toSorted(byBytes)
  return { classes: rows, holders: holderRows(heap, freed), sums: sumOf(rows) }
}

type ClassSums = Omit<FillOfClass, 'classId' | 'className' | 'own' | 'example'> & {
  largest: number
  largestBytes: number
}

function noSums(): ClassSums {
  const nothing = { objects: 0, empty: 0, used: 0, capacity: 0, emptyBytes: 0, slackBytes: 0, bytes: 0 }
  return { ...nothing, largest: 0, largestBytes: 0 }
}

function add(sums: ClassSums, { used, capacity, isEmpty, freed }: Fill, index: number): void {
  sums.objects++
  sums.used += used
  sums.capacity += capacity
  sums.bytes += freed
  if (isEmpty) {
    sums.empty++
    sums.emptyBytes += freed
  } else sums.slackBytes += freed
  if (freed < sums.largestBytes || freed === 0) return
  // Of equal ones the first, in whatever order they stand in the file.
  if (freed > sums.largestBytes || index < sums.largest) sums.largest = index
  sums.largestBytes = freed
}

function classRow(heap: Heap, number: number, { largest, largestBytes, ...sums }: ClassSums): FillOfClass {
  const { id, name } = heap.classes[number]
  return {
    classId: printId(id),
    className: name,
    own: heap.ownCode.isOwn(number),
    ...sums,
    example: largestBytes === 0 ? null : printId(heap.snapshot.idOf(largest)),
  }
}

function byBytes(a: FillOfClass, b: FillOfClass): number {
  return b.bytes - a.bytes || b.objects - a.objects || (a.className < b.className ? -1 : 1)
}

function sumOf(rows: readonly FillOfClass[]): FillSums {
  const sum = (of: (row: FillOfClass) => number) => rows.reduce((all, row) => all + of(row), 0)
  return {
    objects: sum(({ objects }) => objects),
    empty: sum(({ empty }) => empty),
    emptyBytes: sum(({ emptyBytes }) => emptyBytes),
    slackBytes: sum(({ slackBytes }) => slackBytes),
    bytes: sum(({ bytes }) => bytes),
  }
}

/** Of each class by itself: what is to be changed is how a field makes that class. */
function holderRows(heap: Heap, freed: Uint32Array): readonly FillOfHolder[] {
  const { snapshot } = heap
  const columns = holderColumns(heap, 'owner')
  const all = freed.reduce((sum, units) => sum + units, 0) * UNIT
  const groups = new Map<number, GroupsByOwner>()
  for (let index = 1; index < freed.length; index++) {
    if (freed[index] === 0) continue
    const number = snapshot.classOf(index)
    const known = groups.get(number) ?? groupsByOwner(columns, Math.max(1, all / 1000))
    groups.set(number, known)
    known.add(index, freed[index] * UNIT, false)
  }
  const reader = fieldReader(heap, columns, (index) => freed[index] * UNIT, MOST_READ)
  const rows = [...groups].flatMap(([number, known]) =>
    heldByFields(known.all(), reader).map((held): FillOfHolder => ({
      ...wasteHolder(heap, columns, held),
      classId: printId(heap.classes[number].id),
      className: heap.classes[number].name,
      objects: held.objects,
      bytes: held.bytes,
      estimated: held.estimated,
      example: printId(snapshot.idOf(held.largest)),
    })),
  )
  return rows.toSorted((a, b) => b.bytes - a.bytes || b.objects - a.objects)
}

/** By bytes, the most first. @throws QueryError when the filter cannot be read */
export function byClass({ classes, sums }: Filled, { filter, offset, limit }: WasteQuery): FillByClass {
  const matches = nameFilter(filter)
  const rows = classes.filter(({ className }) => matches(className))
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit), sums }
}

/** By bytes, the most first. @throws QueryError when the filter cannot be read */
export function byHolder({ holders, sums }: Filled, { filter, offset, limit }: WasteQuery): FillByHolder {
  const matches = nameFilter(filter)
  const rows = holders.filter((row) => matches(`${row.className} ${nameOfHolder(row)}`))
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit), sums }
}
