/** Whether one object dominates another, and who keeps an object besides what it keeps itself. */
import type { Heap } from '../query/heap.ts'
import { NO_OBJECT, VIRTUAL_ROOT } from '../snapshot/snapshot.ts'

/** Dominators come earlier in the depth-first order, so that the walk up ends as soon as it has passed `upper`. */
export function isDominatedBy(heap: Heap, lower: number, upper: number): boolean {
  let index = lower
  while (index > upper) index = heap.snapshot.immediateDominator(index)
  return index === upper
}

export interface Keepers {
  /** GC roots keep themselves. */
  readonly isRoot: boolean
  /** Objects that refer to it and that are reachable without it; at most as many as were asked for. */
  readonly others: number[]
}

const PAGE = 1024

/** @param most stops when so many were found */
export function keepersOf(heap: Heap, target: number, most: number): Keepers {
  const { snapshot } = heap
  const others: number[] = []
  for (let offset = 0; others.length < most; offset += PAGE) {
    const page = snapshot.incoming(target, offset, PAGE)
    for (const source of page) {
      if (source === NO_OBJECT || source === VIRTUAL_ROOT || isDominatedBy(heap, source, target)) continue
      others.push(source)
      if (others.length === most) break
    }
    if (page.length < PAGE) break
  }
  return { isRoot: snapshot.isRoot(target), others }
}
