/** Selections of objects, by their ids or by class, and what is asked about them. */
import { type Heap, indexOfObject } from '../query/heap.ts'
import type { ObjectId } from '../query/messages.ts'
import { QueryError } from '../query/query-error.ts'
import { type RetainedSet, retainedSet } from './retained-set.ts'

export interface Selection {
  readonly objects: readonly ObjectId[]
  /** Ids of class objects: all objects of exactly these classes. */
  readonly classes: readonly ObjectId[]
  /** All objects of the classes of exactly this name. */
  readonly className: string | undefined
}

/** @returns distinct object indices, ascending. @throws QueryError when an object or a class is not in the dump. */
export function selectedIndices(heap: Heap, { objects, classes, className }: Selection): Uint32Array {
  const numbers = new Set([...classes.map((id) => classNumber(heap, id)), ...classesNamed(heap, className)])
  const lists = [...numbers].map((number) => {
    const { instances, unreachableInstances } = heap.classes[number]
    return heap.snapshot.objectsOfClass(number, 0, instances + unreachableInstances)
  })
  if (objects.length === 0 && lists.length === 1) return lists[0]
  const all = new Uint32Array(objects.length + lists.reduce((sum, list) => sum + list.length, 0))
  all.set(objects.map((id) => indexOfObject(heap, id)))
  let at = objects.length
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all.sort().filter((index, place, sorted) => place === 0 || sorted[place - 1] !== index)
}

function classNumber(heap: Heap, id: ObjectId): number {
  const number = heap.snapshot.classNumberOfObject(indexOfObject(heap, id))
  if (number < 0) throw new QueryError('class-not-found', `${id} is no class.`)
  return number
}

function classesNamed(heap: Heap, className: string | undefined): number[] {
  if (className === undefined) return []
  const numbers = heap.classes.flatMap((type) => (type.name === className ? [type.number] : []))
  if (numbers.length === 0) throw new QueryError('class-not-found', `There is no class ${className} in this dump.`)
  return numbers
}

/** @throws QueryError when an object or a class is not in the dump. */
export function retainedSetOf(heap: Heap, selection: Selection): RetainedSet & { selected: number } {
  const indices = selectedIndices(heap, selection)
  return { selected: indices.length, ...retainedSet(heap, indices) }
}
