/**
 * The next object on a shortest path to a GC root, for many objects, with references left out.
 *
 * The snapshot keeps such paths for the case that all references count. Where nothing on the kept path is left out, it is
 * still a shortest one. For the others the references are followed upwards, breadth first, to objects that are settled
 * already; every object on the path that is found is settled with it, and when there is none, all that were met are.
 *
 * Memory: 9 bytes per reachable object. Cost: a sweep over all objects, and a search for each object whose kept path
 * is none any more, until it meets a settled one.
 */
import type { Heap } from '../query/heap.ts'
import type { IsExcluded } from '../query/paths/long-path.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'

/** What is left keeps the object no more. */
export const NO_PATH = 0xffff_ffff

export interface ShortestParents {
  /** @returns VIRTUAL_ROOT for GC roots, NO_PATH where only references that are left out lead to it */
  parentOf(index: number): number
}

export function shortestParents(heap: Heap, isExcluded: IsExcluded | undefined): ShortestParents {
  const parents = new Uint32Array(heap.snapshot.reachableCount + 1)
  heap.snapshot.readPathParents(1, parents.subarray(1))
  return isExcluded === undefined
    ? { parentOf: (index) => parents[index] }
    : new ParentsWithout(heap, isExcluded, parents)
}

const UNKNOWN = 0
/** The kept path is still there. */
const KEPT = 1
/** It is not; a search has found another. */
const FOUND = 2
const NONE = 3
/** The kept path is none any more, and nothing was searched yet. */
const LOST = 4

const PAGE = 1024

class ParentsWithout implements ShortestParents {
  private readonly heap: Heap
  private readonly isExcluded: IsExcluded
  private readonly parents: Uint32Array
  private readonly states: Uint8Array
  /** References to the virtual root, of settled objects. */
  private readonly depths: Uint32Array

  constructor(heap: Heap, isExcluded: IsExcluded, parents: Uint32Array) {
    this.heap = heap
    this.isExcluded = isExcluded
    this.parents = parents
    this.states = new Uint8Array(parents.length)
    this.states[VIRTUAL_ROOT] = KEPT
    this.depths = new Uint32Array(parents.length)
  }

  parentOf(index: number): number {
    this.settle(index)
    if (this.states[index] === LOST) this.search(index)
    return this.states[index] === NONE ? NO_PATH : this.parents[index]
  }

  /** Says of the object and all on its kept path whether that is still a path. */
  private settle(index: number): void {
    const { states, parents, depths } = this
    if (states[index] !== UNKNOWN) return
    const path: number[] = []
    for (let each = index; states[each] === UNKNOWN; each = parents[each]) path.push(each)
    for (let at = path.length - 1; at >= 0; at--) {
      const each = path[at]
      const parent = parents[each]
      const isThere = states[parent] === KEPT && (parent === VIRTUAL_ROOT || !this.isExcluded(parent, each))
      states[each] = isThere ? KEPT : LOST
      depths[each] = depths[parent] + 1
    }
  }

  private search(from: number): void {
    /** Met objects, and the one that each was met from. */
    const met = new Map<number, number>([[from, from]])
    const queue = [from]
    const steps = [0]
    const best = { length: Infinity, top: from, below: from }
    for (let head = 0; head < queue.length; head++) {
      const target = queue[head]
      // What is met from here is two references from the virtual root at least.
      if (steps[head] + 2 >= best.length) break
      this.eachReferrer(target, (source) => {
        if (met.has(source) || this.isExcluded(source, target)) return
        this.settle(source)
        const state = this.states[source]
        if (state === LOST) {
          met.set(source, target)
          queue.push(source)
          steps.push(steps[head] + 1)
        } else if (state !== NONE) {
          const length = steps[head] + 1 + this.depths[source]
          if (length < best.length) Object.assign(best, { length, top: source, below: target })
        }
      })
    }
    if (best.length === Infinity) for (const index of queue) this.states[index] = NONE
    else this.settlePath(best.top, best.below, met)
  }

  private settlePath(top: number, below: number, met: ReadonlyMap<number, number>): void {
    let parent = top
    for (let index: number | undefined = below; index !== undefined;) {
      this.states[index] = FOUND
      this.parents[index] = parent
      this.depths[index] = this.depths[parent] + 1
      const next = met.get(index)
      parent = index
      index = next === index ? undefined : next
    }
  }

  private eachReferrer(target: number, visit: (source: number) => void): void {
    for (let offset = 0; ; offset += PAGE) {
      const page = this.heap.snapshot.incoming(target, offset, PAGE)
      for (const source of page) visit(source)
      if (page.length < PAGE) return
    }
  }
}
