/**
 * The heaviest part of the dominator tree below an object, for a picture: best first. Siblings stand by falling
 * retained size and nothing retains more than its dominator, so that a queue with the next child of each node taken so far
 * gives the heaviest nodes of the whole tree without reading the others.
 */
import { VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import { groupingOf } from './dominator-groups.ts'
import type { DominatorSlice, SliceQuery } from './dominator-messages.ts'
import { dominatorRow } from './dominators.ts'
import { type Heap, indexOfObject, printId } from '../heap.ts'
import { labelOf } from '../object/label.ts'
import type { Grouped, TreeFilter } from './tree-memory.ts'
import { isLeft, treeFilter } from './tree-view.ts'

/** So many of the largest nodes get labels from the dump's contents; the others are too small for a name. */
const MOST_LABELS = 400
/** A picture has room for fewer levels. */
const MOST_DEPTH = 80
/** What is smaller than this part of the top cannot be seen in a picture of it. */
const LEAST_SHARE = 1e-6
const FIRST_CHUNK = 4

/** The children of one node from the next one on. */
interface Cursor {
  readonly parentNode: number
  readonly depth: number
  /** @returns the next object, or undefined after the last */
  readonly next: () => number | undefined
}

interface Candidate {
  readonly retained: number
  readonly shallow: number
  readonly index: number
  readonly cursor: Cursor
}

export function dominatorSlice(heap: Heap, query: SliceQuery): DominatorSlice {
  const top = query.top === undefined ? VIRTUAL_ROOT : indexOfObject(heap, query.top)
  const filter = treeFilter(heap, query)
  const nodes = newNodes(heap)
  nodes.add({ index: top, ...sizesOf(heap, top) }, -1)
  const queue = newQueue(heap)
  const { group } = query
  if (group !== undefined && top === VIRTUAL_ROOT)
    for (const one of groupingOf(heap, { ...query, group }).groups.slice(0, query.limit)) addGroup(nodes, queue, one)
  else queue.push({ parentNode: 0, depth: 1, next: childCursor(heap, top, filter) })
  const least = heap.snapshot.retainedSize(top) * LEAST_SHARE
  for (let next = queue.pop(); next !== undefined && nodes.count() < query.limit; next = queue.pop()) {
    const { index, cursor, retained } = next
    if (retained < least) break
    const { node, children } = nodes.add(next, cursor.parentNode)
    queue.push(cursor)
    if (children > 0 && cursor.depth < MOST_DEPTH)
      queue.push({ parentNode: node, depth: cursor.depth + 1, next: childCursor(heap, index, filter) })
  }
  return { top: top === VIRTUAL_ROOT ? null : dominatorRow(heap, top, filter), ...nodes.columns() }
}

/** Both at once: the second one needs what was read for the first. */
function sizesOf({ snapshot }: Heap, index: number): { retained: number; shallow: number } {
  const retained = snapshot.retainedSize(index)
  return { retained, shallow: index === VIRTUAL_ROOT ? 0 : snapshot.shallowSize(index) }
}

function addGroup(nodes: Nodes, queue: Queue, { group, members }: Grouped): void {
  const parentNode = nodes.addGroup(group)
  let place = 0
  const next = () => (place < members.indices.length ? members.indices[place++] : undefined)
  queue.push({ parentNode, depth: 2, next })
}

function childCursor({ snapshot }: Heap, parent: number, filter: TreeFilter | undefined): () => number | undefined {
  let chunk: Uint32Array = new Uint32Array(0)
  let place = 0
  let offset = 0
  return () => {
    for (;;) {
      if (place === chunk.length) {
        // Long lists whose beginning is shown are read in larger steps.
        chunk = snapshot.dominatorChildren(parent, offset, Math.max(FIRST_CHUNK, Math.min(4096, offset)))
        if (chunk.length === 0) return undefined
        offset += chunk.length
        place = 0
      }
      const child = chunk[place++]
      if (filter === undefined || isLeft(filter, child)) return child
    }
  }
}

type Nodes = ReturnType<typeof newNodes>

function newNodes(heap: Heap) {
  const { snapshot } = heap
  const ids: string[] = []
  const parents: number[] = []
  const classes: number[] = []
  const classNames: string[] = []
  const places = new Map<string, number>()
  const retained: number[] = []
  const shallow: number[] = []
  const children: number[] = []
  const labels: DominatorSlice['labels'] = []
  const groups: DominatorSlice['groups'] = []
  function placeOf(name: string): number {
    const place = places.get(name) ?? classNames.push(name) - 1
    places.set(name, place)
    return place
  }
  function describe(index: number, node: number): string {
    if (index === VIRTUAL_ROOT) return ''
    const standsFor = snapshot.classNumberOfObject(index)
    if (standsFor >= 0 || node < MOST_LABELS) {
      const label = labelOf(heap, index)
      if (label.kind !== 'plain') labels.push({ node, label })
    }
    return heap.classes[standsFor >= 0 ? standsFor : snapshot.classOf(index)].name
  }
  return {
    count: () => ids.length,
    add(of: Pick<Candidate, 'index' | 'retained' | 'shallow'>, parent: number) {
      const node = ids.push(printId(of.index === VIRTUAL_ROOT ? 0n : snapshot.idOf(of.index))) - 1
      parents.push(parent)
      classes.push(placeOf(describe(of.index, node)))
      retained.push(of.retained)
      shallow.push(of.shallow)
      const count = snapshot.dominatorChildCount(of.index)
      children.push(count)
      return { node, children: count }
    },
    addGroup(group: Grouped['group']): number {
      const node = ids.push(group.key) - 1
      parents.push(0)
      classes.push(placeOf(group.name))
      retained.push(group.retained)
      shallow.push(group.shallow)
      children.push(group.objects)
      groups.push({ node, group })
      return node
    },
    columns: () => ({ ids, parents, classes, classNames, retained, shallow, children, labels, groups }),
  }
}

type Queue = ReturnType<typeof newQueue>

/** A binary heap of the next child of each cursor, the largest first; equal ones in the order in which they came. */
function newQueue(heap: Heap) {
  const entries: (Candidate & { readonly order: number })[] = []
  let order = 0
  const isBefore = (a: number, b: number): boolean =>
    entries[a].retained > entries[b].retained ||
    (entries[a].retained === entries[b].retained && entries[a].order < entries[b].order)
  const swap = (a: number, b: number): void => {
    ;[entries[a], entries[b]] = [entries[b], entries[a]]
  }
  return {
    push(cursor: Cursor): void {
      const index = cursor.next()
      if (index === undefined) return
      entries.push({ index, cursor, ...sizesOf(heap, index), order: order++ })
      for (let at = entries.length - 1; at > 0;) {
        const above = (at - 1) >> 1
        if (!isBefore(at, above)) break
        swap(at, above)
        at = above
      }
    },
    pop(): Candidate | undefined {
      const first = entries[0]
      const last = entries.pop()
      if (last === undefined || entries.length === 0) return first
      entries[0] = last
      for (let at = 0; ;) {
        const left = 2 * at + 1
        let best = at
        if (left < entries.length && isBefore(left, best)) best = left
        if (left + 1 < entries.length && isBefore(left + 1, best)) best = left + 1
        if (best === at) return first
        swap(at, best)
        at = best
      }
    },
  }
}
