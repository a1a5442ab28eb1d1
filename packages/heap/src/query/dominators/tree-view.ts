/**
 * The dominator tree through a filter or in groups. A filter leaves the objects whose class matches and everything that
 * dominates one of these: found in one pass from the last object to the first, because a dominator comes before what it
 * dominates.
 */
import { VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import type { TreeView } from './dominator-messages.ts'
import type { Heap } from '../heap.ts'
import { nameFilter } from '../name-filter.ts'
import type { Listed, TreeFilter } from './tree-memory.ts'

const PAGE = 65_536

/** @returns undefined when there is no filter. The last one is kept. */
export function treeFilter(heap: Heap, { filter }: TreeView): TreeFilter | undefined {
  if (filter === undefined || filter === '') return undefined
  if (heap.lastTreeFilter?.text === filter) return heap.lastTreeFilter
  const matches = nameFilter(filter)
  const matching = Uint8Array.from(heap.classes, ({ name }) => Number(matches(name)))
  heap.lastTreeFilter = { text: filter, matching, left: leftBy(heap, matching) }
  return heap.lastTreeFilter
}

/** Class objects match by the class that they stand for, as they are shown. */
export function matchesFilter(heap: Heap, { matching }: TreeFilter, index: number): boolean {
  const standsFor = heap.snapshot.classNumberOfObject(index)
  return matching[standsFor >= 0 ? standsFor : heap.snapshot.classOf(index)] === 1
}

export function isLeft({ left }: TreeFilter, index: number): boolean {
  return (left[index >> 3] & (1 << (index & 7))) !== 0
}

function leftBy(heap: Heap, matching: Uint8Array): Uint8Array {
  const { snapshot } = heap
  const left = new Uint8Array((snapshot.reachableCount >> 3) + 1)
  const classObjects = new Map(heap.classes.map((type) => [type.index, type.number]))
  const classes = new Uint32Array(PAGE)
  const dominators = new Int32Array(PAGE)
  const pages = Math.ceil((snapshot.reachableCount + 1) / PAGE)
  for (let page = pages - 1; page >= 0; page--) {
    const from = page * PAGE
    const count = Math.min(PAGE, snapshot.reachableCount + 1 - from)
    snapshot.readClasses(from, classes.subarray(0, count))
    snapshot.readDominators(from, dominators.subarray(0, count))
    for (let place = count - 1; place >= 0; place--) {
      const index = from + place
      if (index === VIRTUAL_ROOT) break
      const isMatch = matching[classes[place]] === 1 && !classObjects.has(index)
      if (isMatch || matching[classObjects.get(index) ?? -1] === 1) left[index >> 3] |= 1 << (index & 7)
      else if ((left[index >> 3] & (1 << (index & 7))) === 0) continue
      const above = dominators[place]
      left[above >> 3] |= 1 << (above & 7)
    }
  }
  return left
}

/** The children of a parent that the filter leaves, read as a whole; those of the last parent are kept. */
export function listedChildren(heap: Heap, parent: number, filter: TreeFilter): Listed {
  const last = heap.lastListed
  if (last?.parent === parent && last.filter === filter.text) return last.listed
  const { snapshot } = heap
  const total = snapshot.dominatorChildCount(parent)
  const found: number[] = []
  for (let offset = 0; offset < total; offset += PAGE)
    for (const child of snapshot.dominatorChildren(parent, offset, PAGE)) if (isLeft(filter, child)) found.push(child)
  const own = parent === VIRTUAL_ROOT ? 0 : snapshot.shallowSize(parent)
  const all = total === 0 ? 0 : snapshot.retainedSize(parent) - own
  const listed = withSums(heap, Uint32Array.from(found), { objects: total, retained: all })
  heap.lastListed = { parent, filter: filter.text, listed }
  return listed
}

/** @param all the indices and what was left out of them, together */
export function withSums(heap: Heap, indices: Uint32Array, all: { objects: number; retained: number }): Listed {
  const sums = new Float64Array(indices.length + 1)
  for (let place = 0; place < indices.length; place++)
    sums[place + 1] = sums[place] + heap.snapshot.retainedSize(indices[place])
  const hidden = { objects: all.objects - indices.length, retained: all.retained - sums[indices.length] }
  return { indices, sums, hidden }
}

/** Whether there is anything to open below an object. */
export function childrenLeft(heap: Heap, index: number, filter: TreeFilter | undefined): number {
  const count = heap.snapshot.dominatorChildCount(index)
  if (filter === undefined) return count
  for (let offset = 0; offset < count; offset += PAGE)
    for (const child of heap.snapshot.dominatorChildren(index, offset, PAGE)) if (isLeft(filter, child)) return count
  return 0
}
