/** The dominator tree, level by level and from an object upwards. */
import { NO_OBJECT, VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import { groupingOf, membersOf } from './dominator-groups.ts'
import type { LevelQuery, TreeGrouping, TreeView } from './dominator-messages.ts'
import { type Heap, indexOfObject } from '../heap.ts'
import type { DominatorAncestors, DominatorRow, Dominators, ObjectId, Window } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'
import type { Listed, TreeFilter } from './tree-memory.ts'
import { childrenLeft, isLeft, listedChildren, matchesFilter, treeFilter } from './tree-view.ts'

/** Of a chain longer than this the middle is left out. */
const MOST_ANCESTORS = 1000
/** Children that are read one by one when their sizes differ. */
const SHORT_STRETCH = 64

/** One level: the children of an object, of the virtual root, or the members of a group of the first level. */
export function dominators(heap: Heap, query: LevelQuery): Dominators {
  const { snapshot } = heap
  const parent = query.parent === undefined ? VIRTUAL_ROOT : indexOfObject(heap, query.parent)
  const filter = treeFilter(heap, query)
  if (parent === VIRTUAL_ROOT && query.group !== undefined && query.key !== undefined)
    return listedPage(heap, membersOf(heap, { ...query, group: query.group }, query.key), query, filter)
  if (filter !== undefined) return listedPage(heap, listedChildren(heap, parent, filter), query, filter)
  const total = snapshot.dominatorChildCount(parent)
  const rows = Array.from(snapshot.dominatorChildren(parent, query.offset, query.limit), (index) =>
    dominatorRow(heap, index, undefined),
  )
  const rest = restAfter(heap, parent, query, total)
  return { total, offset: query.offset, rows, rest, hidden: { objects: 0, retained: 0 } }
}

/** @param filter says whether the object is what was looked for, and whether there is anything to open below it */
export function dominatorRow(heap: Heap, index: number, filter: TreeFilter | undefined): DominatorRow {
  return {
    ...objectRow(heap, index),
    children: childrenLeft(heap, index, filter),
    matches: filter !== undefined && matchesFilter(heap, filter, index),
  }
}

function listedPage(
  heap: Heap,
  { indices, sums, hidden }: Listed,
  { offset, limit }: Window,
  filter: TreeFilter | undefined,
): Dominators {
  const end = Math.min(indices.length, offset + limit)
  return {
    total: indices.length,
    offset,
    rows: Array.from(indices.subarray(offset, end), (index) => dominatorRow(heap, index, filter)),
    rest: { objects: indices.length - end, retained: sums[indices.length] - sums[end] },
    hidden: { ...hidden },
  }
}

/**
 * What the children behind the window retain. All children together retain what the parent does without itself;
 * so the children before the end of the window are what has to be added up, or those behind it when they are fewer.
 */
function restAfter(heap: Heap, parent: number, window: Window, total: number): Dominators['rest'] {
  const { snapshot } = heap
  const end = Math.min(total, window.offset + window.limit)
  const own = parent === VIRTUAL_ROOT ? 0 : snapshot.shallowSize(parent)
  const all = total === 0 ? 0 : snapshot.retainedSize(parent) - own
  const retained =
    end <= total / 2 ? all - sumOfChildren(heap, parent, 0, end) : sumOfChildren(heap, parent, end, total)
  return { objects: total - end, retained }
}

/**
 * The children stand by falling size: a stretch whose first and last are equal is equal throughout, so that long
 * lists, whose ends are mostly alike, need few look-ups.
 */
function sumOfChildren(heap: Heap, parent: number, from: number, to: number): number {
  const { snapshot } = heap
  const sizeAt = (place: number): number => snapshot.retainedSize(snapshot.dominatorChildren(parent, place, 1)[0])
  const open: [from: number, to: number][] = from < to ? [[from, to]] : []
  let sum = 0
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    const [start, end] = stretch
    const size = sizeAt(start)
    if (size === sizeAt(end - 1)) sum += size * (end - start)
    else if (end - start <= SHORT_STRETCH)
      for (const child of snapshot.dominatorChildren(parent, start, end - start)) sum += snapshot.retainedSize(child)
    else {
      const middle = Math.floor((start + end) / 2)
      open.push([start, middle], [middle, end])
    }
  }
  return sum
}

/**
 * From the first level down to the object, each with its place among its siblings, as far as the view shows them.
 * Nothing for unreachable objects and for what the filter leaves out.
 */
export function dominatorAncestors(heap: Heap, id: ObjectId, view: TreeView = {}): DominatorAncestors {
  const object = indexOfObject(heap, id)
  const filter = treeFilter(heap, view)
  const { chain, shortened } = chainOf(heap, object)
  const first = chain.at(-1)
  if (first === undefined || (filter !== undefined && !isLeft(filter, object)))
    return { rows: [], shortened: false, key: null }
  const found = view.group === undefined ? undefined : groupOf(heap, { ...view, group: view.group }, first)
  const positionIn = (index: number): number => {
    if (found !== undefined && index === first) return positionAmong(heap, index, found.members)
    const position = positionAmong(heap, index, siblingsOf(heap, index))
    return filter === undefined ? position : countLeft(heap, index, filter, position)
  }
  return {
    rows: chain.toReversed().map((index) => ({ object: objectRow(heap, index), position: positionIn(index) })),
    shortened,
    key: found?.group.key ?? null,
  }
}

/** From the object up to the first level; of a very long chain both ends, the upper one being held in a ring. */
function chainOf(heap: Heap, from: number): { chain: number[]; shortened: boolean } {
  const half = MOST_ANCESTORS / 2
  const lower: number[] = []
  const upper = new Uint32Array(half)
  let depth = 0
  for (let index = from; ; index = heap.snapshot.immediateDominator(index)) {
    if (index === VIRTUAL_ROOT) break
    // An unreachable object is in no tree.
    if (index === NO_OBJECT) return { chain: [], shortened: false }
    if (depth < half) lower.push(index)
    else upper[(depth - half) % half] = index
    depth++
  }
  const inUpper = Math.max(0, depth - half)
  if (inUpper <= half) return { chain: [...lower, ...upper.subarray(0, inUpper)], shortened: false }
  const start = inUpper % half
  return { chain: [...lower, ...upper.subarray(start), ...upper.subarray(0, start)], shortened: true }
}

interface Siblings {
  readonly count: number
  readonly at: (place: number) => number
}

function siblingsOf({ snapshot }: Heap, index: number): Siblings {
  const parent = snapshot.immediateDominator(index)
  return {
    count: snapshot.dominatorChildCount(parent),
    at: (place) => snapshot.dominatorChildren(parent, place, 1)[0],
  }
}

/** Place among the siblings, which stand by falling retained size and then by ascending index: a binary search. */
function positionAmong({ snapshot }: Heap, index: number, siblings: Siblings): number {
  const retained = snapshot.retainedSize(index)
  let from = 0
  let to = siblings.count
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const sibling = siblings.at(middle)
    const size = snapshot.retainedSize(sibling)
    if (size > retained || (size === retained && sibling < index)) from = middle + 1
    else to = middle
  }
  return from
}

/** How many of the siblings before a position the filter leaves. */
function countLeft({ snapshot }: Heap, index: number, filter: TreeFilter, position: number): number {
  const before = snapshot.dominatorChildren(snapshot.immediateDominator(index), 0, position)
  return before.reduce((count, sibling) => count + Number(isLeft(filter, sibling)), 0)
}

function groupOf(heap: Heap, view: TreeView & { readonly group: TreeGrouping }, first: number) {
  for (const { group, members } of groupingOf(heap, view).groups) {
    const { indices } = members
    const siblings: Siblings = { count: indices.length, at: (place) => indices[place] }
    if (indices[positionAmong(heap, first, siblings)] === first) return { group, members: siblings }
  }
  return undefined
}
