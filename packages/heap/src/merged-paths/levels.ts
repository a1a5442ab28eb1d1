/** One level of merged paths: what stands below an object, or below all objects of a class that were reached by the same classes. */
import { type EdgeBudget, edgeBudget, edgeNames } from '../query/edge-names.ts'
import { type Heap, indexOfObject, printId } from '../query/heap.ts'
import type { EdgeName, HeapObject, ObjectId, Page, ReferenceStrength, Window } from '../query/messages.ts'
import { objectRow } from '../query/object/object-row.ts'
import { selectWindow } from '../query/select-window.ts'
import { exclusion } from '../query/paths/strength.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { type Selection, selectedIndices } from '../what-if/selection.ts'
import { mergePaths } from './merge.ts'
import type { LastMerged, MergedPaths } from './merged.ts'
import { shortestParents } from './shortest-parents.ts'

export interface MergedPathsQuery extends Window {
  readonly selection: Selection
  readonly exclude: readonly ReferenceStrength[]
  readonly without: readonly string[]
  /** `class`: objects of a class that hang below the same classes are one row; class objects never are. */
  readonly group: 'object' | 'class'
  /** Keys of the rows from the first level down to the one whose level is asked for; none: the first level. */
  readonly within: readonly string[]
}

export interface MergedRow {
  /** Id of the object, or of the class with `*` behind it. */
  key: string
  /** Null: all objects of a class. */
  object: HeapObject | null
  classId: ObjectId
  className: string
  own: boolean
  /** How the object above refers to this one; empty for GC roots and classes. */
  edges: EdgeName[]
  /** Objects that the row stands for. */
  holders: number
  /** Selected objects among them and below, and their bytes. */
  objects: number
  bytes: number
  /** There are selected objects below. */
  hasChildren: boolean
}

export interface MergedLevel extends Page<MergedRow> {
  selected: number
  /** Selected objects to which no path is left. */
  unheld: number
}

/** @throws QueryError when an object, a class or a field of the question is not in the dump, or `within` is no row. */
export function mergedPaths(heap: Heap, query: MergedPathsQuery): MergedLevel {
  const last = mergedFor(heap, query)
  const { merged } = last
  const parents = parentsWithin(heap, last, query.group, query.within)
  const children = childrenOf(merged, parents)
  const budget = edgeBudget()
  const facts = { offset: query.offset, selected: merged.selected, unheld: merged.unheld }
  if (query.group === 'object') {
    const scan = (visit: (item: number, value: number) => void): void => {
      for (const index of children) visit(index, merged.bytes[index])
    }
    const rows = selectWindow(scan, children.length, query.offset, query.limit)
    return { ...facts, total: children.length, rows: rows.map((index) => objectOf(heap, merged, index, budget)) }
  }
  const groups = groupsOf(heap, merged, children)
  const rows = groups.slice(query.offset, query.offset + query.limit)
  return { ...facts, total: groups.length, rows: rows.map((group) => groupRow(heap, merged, group)) }
}

function mergedFor(heap: Heap, { selection, exclude, without }: MergedPathsQuery): LastMerged {
  const key = JSON.stringify([selection, exclude.toSorted(), without.toSorted()])
  if (heap.lastMerged?.key !== key) {
    // Two of them at once would be too much memory.
    heap.lastMerged = undefined
    const isExcluded = exclude.length + without.length === 0 ? undefined : exclusion(heap, exclude, without)
    const merged = mergePaths(heap, selectedIndices(heap, selection), shortestParents(heap, isExcluded))
    heap.lastMerged = { key, merged, levels: new Map() }
  }
  return heap.lastMerged
}

const MOST_LEVELS = 200
/** Levels of more objects are found again. */
const MOST_REMEMBERED = 100_000

/** The objects for which the row stands whose level is asked for. */
function parentsWithin(
  heap: Heap,
  last: LastMerged,
  group: MergedPathsQuery['group'],
  within: readonly string[],
): Uint32Array {
  const wanted = within.at(-1)
  if (wanted === undefined) return Uint32Array.of(VIRTUAL_ROOT)
  if (group === 'object') return Uint32Array.of(indexOfObject(heap, wanted))
  const path = within.join(' ')
  const known = last.levels.get(path)
  if (known !== undefined) return known
  const above = parentsWithin(heap, last, group, within.slice(0, -1))
  const found = childrenOf(last.merged, above).filter((index) => keyOf(heap, index) === wanted)
  if (found.length <= MOST_REMEMBERED && last.levels.size < MOST_LEVELS) last.levels.set(path, found)
  return found
}

function childrenOf({ objects, parents }: MergedPaths, above: Uint32Array): Uint32Array {
  const isAbove = above.length === 1 ? undefined : marksOf(above, objects.length)
  const [only] = above
  const found: number[] = []
  for (let index = 1; index < objects.length; index++) {
    if (objects[index] === 0) continue
    if (isAbove === undefined ? parents[index] === only : isAbove[parents[index]] === 1) found.push(index)
  }
  return Uint32Array.from(found)
}

function marksOf(indices: Uint32Array, length: number): Uint8Array {
  const marks = new Uint8Array(length)
  for (const index of indices) marks[index] = 1
  return marks
}

function keyOf(heap: Heap, index: number): string {
  const { snapshot } = heap
  if (snapshot.classNumberOfObject(index) >= 0) return printId(snapshot.idOf(index))
  return `${printId(heap.classes[snapshot.classOf(index)].id)}*`
}

function objectOf(heap: Heap, merged: MergedPaths, index: number, budget: EdgeBudget): MergedRow {
  const object = objectRow(heap, index)
  const parent = merged.parents[index]
  return {
    key: object.id,
    object,
    classId: object.classId,
    className: object.className,
    own: object.own,
    edges: parent === VIRTUAL_ROOT ? [] : edgeNames(heap, parent, [index], budget)[0],
    holders: 1,
    objects: merged.objects[index],
    bytes: merged.bytes[index],
    hasChildren: merged.objects[index] > merged.isSelected[index],
  }
}

interface Group {
  /** One of them. */
  readonly index: number
  holders: number
  selected: number
  objects: number
  bytes: number
}

function groupsOf({ snapshot }: Heap, merged: MergedPaths, children: Uint32Array): Group[] {
  const groups = new Map<number, Group>()
  for (const index of children) {
    const standsFor = snapshot.classNumberOfObject(index)
    const key = standsFor >= 0 ? -1 - standsFor : snapshot.classOf(index)
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { index, holders: 0, selected: 0, objects: 0, bytes: 0 }))
    group.holders++
    group.selected += merged.isSelected[index]
    group.objects += merged.objects[index]
    group.bytes += merged.bytes[index]
  }
  return [...groups.values()].toSorted((a, b) => b.bytes - a.bytes || a.index - b.index)
}

function groupRow(heap: Heap, merged: MergedPaths, group: Group): MergedRow {
  const key = keyOf(heap, group.index)
  if (!key.endsWith('*')) return { ...objectOf(heap, merged, group.index, edgeBudget()), edges: [] }
  const type = heap.classes[heap.snapshot.classOf(group.index)]
  return {
    key,
    object: null,
    classId: printId(type.id),
    className: type.name,
    own: heap.ownCode.isOwn(type.number),
    edges: [],
    holders: group.holders,
    objects: group.objects,
    bytes: group.bytes,
    hasChildren: group.objects > group.selected,
  }
}
