/** Selections of objects, by their ids or by class, and their retained sets. */
import { type Heap, indexOfObject } from '../query/heap.ts'
import type { ObjectId } from '../query/messages.ts'
import { QueryError } from '../query/query-error.ts'
import { type RetainedSet, retainedSet } from './retained-set.ts'

export interface Selection {
  readonly objects: readonly ObjectId[]
  /** Exactly this class; all of its objects. */
  readonly className: string | undefined
}

/** @throws QueryError when an object or the class is not in the dump. */
export function retainedSetOf(heap: Heap, { objects, className }: Selection): RetainedSet & { selected: number } {
  const indices = objects.map((id) => indexOfObject(heap, id))
  const ofClass = className === undefined ? [] : objectsNamed(heap, className)
  const selection = [...new Set([...indices, ...ofClass])]
  return { selected: selection.length, ...retainedSet(heap, selection) }
}

function objectsNamed(heap: Heap, className: string): number[] {
  const numbers = heap.classes.filter((type) => type.name === className)
  if (numbers.length === 0) throw new QueryError('class-not-found', `There is no class ${className} in this dump.`)
  return numbers.flatMap(({ number, instances }) => [...heap.snapshot.objectsOfClass(number, 0, instances)])
}
