/** One class: where it stands among the others, and how much its objects are, with those of its subclasses and without. */
import { type Heap, printId } from '../heap.ts'
import type { ClassDetail, ClassRow, ObjectId } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'
import { QueryError } from '../query-error.ts'

const PAGE = 65_536
const MOST_SUBCLASSES = 1000

/** @throws QueryError when there is no such class. */
export function classDetail(heap: Heap, classId: ObjectId): ClassDetail {
  const type = heap.classes.find(({ id }) => printId(id) === classId)
  if (type === undefined) throw new QueryError('class-not-found', `There is no class ${classId} in this dump.`)
  const below = subclassesOf(heap, type.number)
  const family = [type.number, ...below]
  const sum = (of: 'instances' | 'shallow'): number => family.reduce((all, number) => all + heap.classes[number][of], 0)
  const fields = heap.snapshot.classDetails(type.number)
  return {
    classId,
    className: type.name,
    own: heap.ownCode.isOwn(type.number),
    loader: type.loaderIndex < 0 || type.loaderId === 0n ? null : objectRow(heap, type.loaderIndex),
    superclasses: heap.facts
      .chainOf(type.number)
      .slice(1)
      .map((number) => rowOf(heap, number)),
    subclasses: below
      .map((number) => rowOf(heap, number))
      .toSorted((a, b) => b.retained - a.retained || b.objects - a.objects)
      .slice(0, MOST_SUBCLASSES),
    subclassCount: below.length,
    staticFields: fields.statics.length,
    objects: type.instances,
    unreachable: type.unreachableInstances,
    shallow: type.shallow,
    retained: type.retainedMin,
    withSubclasses: {
      objects: sum('instances'),
      shallow: sum('shallow'),
      retained: below.length === 0 ? type.retainedMin : retainedBy(heap, new Set(family)),
    },
  }
}

function rowOf(heap: Heap, number: number): ClassRow {
  const { id, name, superNumber, instances, shallow, retainedMin } = heap.classes[number]
  return {
    classId: printId(id),
    className: name,
    superclass: superNumber < 0 ? null : heap.classes[superNumber].name,
    own: heap.ownCode.isOwn(number),
    objects: instances,
    shallow,
    retained: retainedMin,
  }
}

/** Numbers of all classes below, directly or not. */
function subclassesOf(heap: Heap, top: number): number[] {
  return heap.classes
    .filter(({ number }) => number !== top && heap.facts.chainOf(number).includes(top))
    .map(({ number }) => number)
}

/**
 * Minimum retained size of several classes together, their class objects among them: every object counts unless one of
 * the family dominates it. What dominates an object comes earlier in the depth-first order, so that one pass will do.
 */
function retainedBy({ snapshot, classes }: Heap, family: ReadonlySet<number>): number {
  const inFamily = new Uint8Array(classes.length)
  const classObjects = new Set<number>()
  for (const number of family) {
    inFamily[number] = 1
    classObjects.add(classes[number].index)
  }
  const isCovered = new Uint8Array(snapshot.reachableCount + 1)
  let retained = 0
  for (let from = 1; from <= snapshot.reachableCount; from += PAGE) {
    const count = Math.min(PAGE, snapshot.reachableCount + 1 - from)
    const dominators = new Int32Array(count)
    const numbers = new Uint32Array(count)
    snapshot.readDominators(from, dominators)
    snapshot.readClasses(from, numbers)
    for (let row = 0; row < count; row++) {
      const above = isCovered[dominators[row]]
      const isMember = inFamily[numbers[row]] === 1 || classObjects.has(from + row)
      isCovered[from + row] = above | Number(isMember)
      if (isMember && above === 0) retained += snapshot.retainedSize(from + row)
    }
  }
  return retained
}
