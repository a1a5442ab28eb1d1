/** What the way from objects up to their owners is found with: two columns over all reachable objects, held while one question runs. */
import { VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import type { Heap } from '../heap.ts'
import type { OwnersBy } from './messages.ts'
import { carriersOf } from './carriers.ts'

export const PAGE = 65_536

/** Numbers of what can be an owner: classes of instances, behind them classes by their class objects, then the virtual root. */
export interface HolderColumns {
  readonly classes: number
  readonly rootNumber: number
  /** Number of an object as an owner. */
  numberOf(index: number): number
  /** The object that refers to it on the shortest path from a GC root; the virtual root for GC roots. */
  parentOf(index: number): number
  /** The topmost of the carriers that lie around the object, or the object itself: its parent is the owner. */
  outermost(index: number): number
}

/** Takes 4 bytes per object for the parents, 2 or 4 for the classes, and 4 for carriers that have been passed. */
export function holderColumns(heap: Heap, by: OwnersBy): HolderColumns {
  const { snapshot } = heap
  const total = snapshot.reachableCount + 1
  const classes = heap.classes.length
  const rootNumber = 2 * classes
  const parents = new Uint32Array(total)
  const numbers = rootNumber < 65_536 ? new Uint16Array(total) : new Uint32Array(total)
  const page = new Uint32Array(PAGE)
  for (let from = 0; from < total; from += PAGE) {
    const count = Math.min(PAGE, total - from)
    snapshot.readPathParents(from, parents.subarray(from, from + count))
    snapshot.readClasses(from, page.subarray(0, count))
    numbers.set(count === PAGE ? page : page.subarray(0, count), from)
  }
  for (const { index, number } of heap.classes)
    if (index > VIRTUAL_ROOT && index < total) numbers[index] = classes + number
  numbers[VIRTUAL_ROOT] = rootNumber
  const carries = by === 'direct' ? [] : carriersOf(heap)
  const tops = new Uint32Array(by === 'direct' ? 0 : total)

  function topOf(carrier: number): number {
    let at = carrier
    while (tops[at] === 0 && carries[numbers[parents[at]]] === true) at = parents[at]
    const top = tops[at] === 0 ? at : tops[at]
    // What was passed is not walked again: a list may be a million nodes long.
    for (let passed = carrier; tops[passed] === 0; passed = parents[passed]) {
      tops[passed] = top
      if (passed === at) break
    }
    return top
  }
  return {
    classes,
    rootNumber,
    numberOf: (index) => numbers[index],
    parentOf: (index) => parents[index],
    outermost: (index) => (carries[numbers[parents[index]]] === true ? topOf(parents[index]) : index),
  }
}
