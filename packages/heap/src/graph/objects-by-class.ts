/**
 * The objects of each class, by counting sort over the class column. Read backwards, these are the
 * object → class edges: the instances of a class are what refers to its class object.
 */
import type { Memory } from './memory.ts'
import { takeUint32 } from './memory.ts'
import type { Numbering } from './number-objects.ts'

export interface ObjectsByClass {
  /** class number → place of its first object in `objects`; one element more than classes. */
  readonly start: Uint32Array
  /** Object indices, ascending within a class, so that the reachable ones come first. 4 B/object. */
  readonly objects: Uint32Array
  /** class number → how many of its objects are reachable. */
  readonly reachable: Uint32Array
}

export function groupByClass(numbering: Numbering, classes: number, memory: Memory): ObjectsByClass {
  const { classOf } = numbering
  const end = numbering.objects
  const start = new Uint32Array(classes + 1)
  const reachable = new Uint32Array(classes)
  for (let index = 1; index <= end; index++) {
    start[classOf[index] + 1]++
    if (index === numbering.reachable) for (let i = 0; i < classes; i++) reachable[i] = start[i + 1]
  }
  for (let i = 1; i <= classes; i++) start[i] += start[i - 1]
  const objects = takeUint32(memory, end)
  const next = start.slice(0, classes)
  for (let index = 1; index <= end; index++) objects[next[classOf[index]]++] = index
  return { start, objects, reachable }
}
