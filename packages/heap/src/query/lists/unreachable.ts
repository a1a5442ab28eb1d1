/** What no GC root reaches: by class, and the objects themselves. It is in no tree, and retains nothing but itself. */
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { type Heap, printId } from '../heap.ts'
import type { HeapObject, ObjectId, Page, Window } from '../messages.ts'
import { nameFilter } from '../name-filter.ts'
import { objectRow } from '../object/object-row.ts'
import { remembered } from '../remembered.ts'
import { type TreeLevel, rowsIn, treeWindow } from '../dominators/tree-window.ts'

export type UnreachableSort = 'class' | 'objects' | 'shallow'

export interface UnreachableQuery extends Window {
  readonly sort: UnreachableSort
  readonly order: 'asc' | 'desc'
  readonly filter: string
  /** Classes whose objects are shown. */
  readonly open: readonly ObjectId[]
}

export type UnreachableRow =
  | {
      kind: 'class'
      classId: ObjectId
      className: string
      own: boolean
      objects: number
      shallow: number
      open: boolean
    }
  | { kind: 'object'; object: HeapObject }

export interface Unreachable extends Page<UnreachableRow> {
  classes: number
  /** Over all classes that the filter lets through. */
  sums: { objects: number; shallow: number }
  /** Over all. */
  all: { objects: number; shallow: number }
  /** The analysis keeps what nothing reaches, below roots of that type. */
  kept: boolean
}

export function unreachable(heap: Heap, query: UnreachableQuery): Unreachable {
  const matches = nameFilter(query.filter)
  const { meta } = heap.snapshot
  const classes = heap.classes
    .filter((type) => type.unreachableInstances > 0 && matches(type.name))
    .toSorted(comparator(query.sort, query.order))
  const tree = classLevel(heap, classes, new Set(query.open))
  return {
    total: rowsIn(tree),
    offset: query.offset,
    rows: treeWindow(tree, query.offset, query.limit),
    classes: classes.length,
    sums: {
      objects: classes.reduce((sum, type) => sum + type.unreachableInstances, 0),
      shallow: classes.reduce((sum, type) => sum + type.unreachableShallow, 0),
    },
    all: { objects: meta.unreachable.objects, shallow: meta.unreachable.bytes },
    kept: meta.rootsByType.some(({ type }) => type === 'Unreachable'),
  }
}

function comparator(sort: UnreachableSort, order: 'asc' | 'desc'): (a: SnapshotClass, b: SnapshotClass) => number {
  const sign = order === 'asc' ? 1 : -1
  const byName = (a: SnapshotClass, b: SnapshotClass): number => (a.name < b.name ? -1 : Number(a.name > b.name))
  switch (sort) {
    case 'class':
      return (a, b) => sign * byName(a, b)
    case 'objects':
      return (a, b) => sign * (a.unreachableInstances - b.unreachableInstances) || byName(a, b)
    case 'shallow':
      return (a, b) => sign * (a.unreachableShallow - b.unreachableShallow) || byName(a, b)
  }
}

function classLevel(
  heap: Heap,
  classes: readonly SnapshotClass[],
  open: ReadonlySet<ObjectId>,
): TreeLevel<UnreachableRow> {
  const isOpen = (type: SnapshotClass): boolean => open.has(printId(type.id))
  return {
    count: classes.length,
    row(at) {
      const type = classes[at]
      return {
        kind: 'class',
        classId: printId(type.id),
        className: type.name,
        own: heap.ownCode.isOwn(type.number),
        objects: type.unreachableInstances,
        shallow: type.unreachableShallow,
        open: isOpen(type),
      }
    },
    open: classes.flatMap((type, at) => (isOpen(type) ? [{ at, below: objectLevel(heap, type) }] : [])),
  }
}

/** The largest first. Of the objects of a class the unreachable ones come last. */
function objectLevel(heap: Heap, type: SnapshotClass): TreeLevel<UnreachableRow> {
  const first = heap.snapshot.objectsOfClassCount(type.number) - type.unreachableInstances
  const largest = type.kind === 'instance' || type.unreachableInstances > MOST_SORTED ? undefined : bySize(heap, type)
  return {
    count: type.unreachableInstances,
    row(at) {
      const index = largest?.[at] ?? heap.snapshot.objectsOfClass(type.number, first + at, 1)[0]
      return { kind: 'object', object: objectRow(heap, index) }
    },
    open: [],
  }
}

/** Instances of a class are of one size; of more arrays than this the order is that of their addresses. */
const MOST_SORTED = 1_000_000
const sortedOf = remembered(() => new Map<number, Uint32Array>())

function bySize(heap: Heap, { number, unreachableInstances: count }: SnapshotClass): Uint32Array {
  const known = sortedOf(heap).get(number)
  if (known !== undefined) return known
  const { snapshot } = heap
  const indices = snapshot.objectsOfClass(number, snapshot.objectsOfClassCount(number) - count, count)
  const sizes = Float64Array.from(indices, (index) => snapshot.shallowSize(index))
  const order = Uint32Array.from(indices, (_, place) => place).sort((a, b) => sizes[b] - sizes[a] || a - b)
  const sorted = order.map((place) => indices[place])
  sortedOf(heap).set(number, sorted)
  return sorted
}
