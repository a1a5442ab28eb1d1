/** GC roots by type, class and object. */
import type { RootType } from '../../parsed-heap.ts'
import { type Heap, printId } from '../heap.ts'
import type { HeapObject, ObjectId, Page, Window } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'
import { remembered } from '../remembered.ts'
import { topmost } from '../dominators/topmost.ts'
import { type TreeLevel, rowsIn, treeWindow } from '../dominators/tree-window.ts'

/** `system-class`, and what threads hold on their stacks: `java-local-of-threads`; a class of it: `system-class~0x7f`. */
export type RootGroupKey = string

export interface RootSums {
  /** Distinct objects. */
  objects: number
  shallow: number
  /** What would be freed with all of them, if nothing else held it: sizes of those that no other one of the group dominates. */
  retained: number
}

export type RootRow =
  | ({
      kind: 'type'
      key: RootGroupKey
      type: RootType
      /** Held by a thread that is known, so that the thread dominates them: no GC roots of their own (as in Eclipse MAT). */
      ofThreads: boolean
      /** Root records of the dump; an object can have several of one type. */
      records: number
      classes: number
      open: boolean
    } & RootSums)
  | ({
      kind: 'class'
      key: RootGroupKey
      classId: ObjectId
      className: string
      own: boolean
      open: boolean
    } & RootSums)
  | { kind: 'object'; object: HeapObject }

export interface GcRootsQuery extends Window {
  /** Types and classes that are open. */
  readonly open: readonly RootGroupKey[]
}

export interface GcRoots extends Page<RootRow> {
  /** Distinct GC roots, and all root records of the dump whose object is there. */
  counts: { roots: number; records: number }
  /** What is known of roots that are missing. */
  notes: string[]
}

export function gcRoots(heap: Heap, query: GcRootsQuery): GcRoots {
  const types = rootTypes(heap)
  const tree = typeLevel(heap, types, new Set(query.open))
  return {
    total: rowsIn(tree),
    offset: query.offset,
    rows: treeWindow(tree, query.offset, query.limit),
    counts: {
      roots: heap.snapshot.meta.gcRoots,
      records: types.reduce((sum, { records }) => sum + records, 0),
    },
    notes: heap.snapshot.meta.notes.filter((note) => /\bGC roots?\b/.test(note)),
  }
}

interface RootGroup {
  readonly key: RootGroupKey
  /** By falling retained size. */
  readonly indices: readonly number[]
  readonly sums: RootSums
}

interface OfType extends RootGroup {
  readonly type: RootType
  readonly ofThreads: boolean
  readonly records: number
  readonly classes: readonly (RootGroup & { readonly classNumber: number })[]
}

const BATCH = 4096

/** By falling retained size. */
const rootTypes = remembered((heap): readonly OfType[] => {
  const found = new Map<RootGroupKey, { type: RootType; ofThreads: boolean; records: number; indices: number[] }>()
  for (let offset = 0; offset < heap.snapshot.rootCount(); offset += BATCH)
    for (const { index, type, viaThread } of heap.snapshot.roots(offset, BATCH)) {
      const key = type.toLowerCase().replaceAll(' ', '-') + (viaThread ? '-of-threads' : '')
      const group = found.get(key) ?? { type, ofThreads: viaThread, records: 0, indices: [] }
      if (group.records === 0) found.set(key, group)
      group.records++
      // Records stand by ascending index.
      if (group.indices.at(-1) !== index) group.indices.push(index)
    }
  return [...found]
    .map(([key, { type, ofThreads, records, indices }]) => ({
      ...groupOf(heap, key, indices),
      type,
      ofThreads,
      records,
      classes: byClass(heap, key, indices),
    }))
    .toSorted((a, b) => Number(a.ofThreads) - Number(b.ofThreads) || b.sums.retained - a.sums.retained)
})

function byClass(heap: Heap, key: RootGroupKey, indices: readonly number[]): OfType['classes'] {
  const groups = Map.groupBy(indices, (index) => heap.snapshot.classOf(index))
  return [...groups]
    .map(([classNumber, members]) => ({
      ...groupOf(heap, `${key}~${printId(heap.classes[classNumber].id)}`, members),
      classNumber,
    }))
    .toSorted((a, b) => b.sums.retained - a.sums.retained || b.indices.length - a.indices.length)
}

function groupOf(heap: Heap, key: RootGroupKey, indices: readonly number[]): RootGroup {
  const { snapshot } = heap
  const sizes = new Map(indices.map((index) => [index, snapshot.retainedSize(index)]))
  const retained = (index: number): number => sizes.get(index) ?? 0
  return {
    key,
    indices: indices.toSorted((a, b) => retained(b) - retained(a) || a - b),
    sums: {
      objects: indices.length,
      shallow: indices.reduce((sum, index) => sum + snapshot.shallowSize(index), 0),
      retained: topmost(heap, indices).reduce((sum, index) => sum + retained(index), 0),
    },
  }
}

function typeLevel(heap: Heap, types: readonly OfType[], open: ReadonlySet<string>): TreeLevel<RootRow> {
  return {
    count: types.length,
    row(at) {
      const { key, type, ofThreads, records, classes, sums } = types[at]
      return { kind: 'type', key, type, ofThreads, records, classes: classes.length, open: open.has(key), ...sums }
    },
    open: types.flatMap(({ key, classes }, at) =>
      open.has(key) ? [{ at, below: classLevel(heap, classes, open) }] : [],
    ),
  }
}

function classLevel(heap: Heap, classes: OfType['classes'], open: ReadonlySet<string>): TreeLevel<RootRow> {
  return {
    count: classes.length,
    row(at) {
      const { key, classNumber, sums } = classes[at]
      const { id, name } = heap.classes[classNumber]
      const own = heap.ownCode.isOwn(classNumber)
      return { kind: 'class', key, classId: printId(id), className: name, own, open: open.has(key), ...sums }
    },
    open: classes.flatMap(({ key, indices }, at) => (open.has(key) ? [{ at, below: objectLevel(heap, indices) }] : [])),
  }
}

function objectLevel(heap: Heap, indices: readonly number[]): TreeLevel<RootRow> {
  return { count: indices.length, row: (at) => ({ kind: 'object', object: objectRow(heap, indices[at]) }), open: [] }
}
