/**
 * The retained set of any selection: what would become free if all of the selected objects were gone together.
 *
 * Exact: of everything that the selection leads to, that stays which a root or an object outside refers to, and what that
 * leads to in turn (Eclipse MAT calls the rest the retained set of a set). Cost: the references of what the selection leads to.
 */
import type { Heap } from '../query/heap.ts'
import { QueryError } from '../query/query-error.ts'

export interface RetainedSet {
  objects: number
  bytes: number
  /** By class, the most bytes first. */
  classes: { className: string; objects: number; shallow: number }[]
}

const OUTSIDE = 0
const LED_TO = 1
const SELECTED = 2
const STAYS = 3
/** More than this is no question to a query process, which others wait for. */
const MOST_LED_TO = 8_000_000

/** @throws QueryError when the selection leads to too much. Unreachable objects retain nothing. */
export function retainedSet(heap: Heap, selection: readonly number[]): RetainedSet {
  const state = new Uint8Array(heap.snapshot.objectCount + 1)
  const ledTo = selection.filter((index) => index > 0 && index <= heap.snapshot.reachableCount)
  for (const index of ledTo) state[index] = SELECTED
  const found = [...new Set(ledTo)]
  followAll(heap, found, state)
  keepWhatStays(heap, found, state)
  return sumsOf(
    heap,
    found.filter((index) => state[index] !== STAYS),
  )
}

function followAll(heap: Heap, found: number[], state: Uint8Array): void {
  for (let next = 0; next < found.length; next++) {
    if (found.length > MOST_LED_TO)
      throw new QueryError('bad-request', 'The selection leads to too many objects: select less.')
    for (const target of heap.snapshot.outgoing(found[next])) {
      if (state[target] !== OUTSIDE) continue
      state[target] = LED_TO
      found.push(target)
    }
  }
}

/** What was not selected stays when a root or something outside refers to it; what that leads to stays too. */
function keepWhatStays(heap: Heap, found: readonly number[], state: Uint8Array): void {
  const staying = found.filter((index) => state[index] === LED_TO && isKeptFromOutside(heap, index, state))
  for (const index of staying) state[index] = STAYS
  for (let next = 0; next < staying.length; next++)
    for (const target of heap.snapshot.outgoing(staying[next])) {
      if (state[target] !== LED_TO) continue
      state[target] = STAYS
      staying.push(target)
    }
}

function isKeptFromOutside(heap: Heap, index: number, state: Uint8Array): boolean {
  if (heap.snapshot.isRoot(index)) return true
  const PAGE = 1024
  for (let offset = 0; ; offset += PAGE) {
    const page = heap.snapshot.incoming(index, offset, PAGE)
    if (page.some((source) => state[source] === OUTSIDE)) return true
    if (page.length < PAGE) return false
  }
}

function sumsOf(heap: Heap, indices: readonly number[]): RetainedSet {
  const sums = new Map<string, { objects: number; shallow: number }>()
  for (const index of indices) {
    const { name } = heap.classes[heap.snapshot.classOf(index)]
    const sum = sums.get(name) ?? { objects: 0, shallow: 0 }
    sums.set(name, sum)
    sum.objects++
    sum.shallow += heap.snapshot.shallowSize(index)
  }
  const classes = [...sums]
    .map(([className, sum]) => ({ className, ...sum }))
    .toSorted((a, b) => b.shallow - a.shallow || (a.className < b.className ? -1 : 1))
  return { objects: indices.length, bytes: classes.reduce((sum, row) => sum + row.shallow, 0), classes }
}
