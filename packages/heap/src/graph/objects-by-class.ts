/**
 * The objects of each class, by counting sort over the class column. Read backwards, these are the
 * object → class edges: the instances of a class are what refers to its class object.
 */
import type { Memory } from './memory.ts'
import { takeUint32 } from './memory.ts'
import type { Numbering } from './numbering.ts'
import type { Rows } from './rows.ts'

export interface ObjectsByClass {
  /** Row of a class number: its objects, ascending, so that the reachable ones come first. 4 B/object. */
  readonly rows: Rows
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
  const entries = takeUint32(memory, end)
  const next = start.slice(0, classes)
  for (let index = 1; index <= end; index++) entries[next[classOf[index]]++] = index
  return { rows: { start, entries }, reachable }
}
