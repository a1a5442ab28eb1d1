/**
 * Who dominates what was selected, class by class (Eclipse MAT's "immediate dominators"): the nearest dominator of each
 * selected object that is not to be skipped. Whose objects keep all these byte arrays?
 *
 * Memory: 17 bytes per reachable object. Cost: a sweep over all objects.
 */
import { type Heap, printId } from '../query/heap.ts'
import type { HeapObject, ObjectId } from '../query/messages.ts'
import { objectRow } from '../query/object/object-row.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { CHUNK, sweepDominators } from './marks.ts'
import { type Selection, selectedIndices } from './selection.ts'

/** `jdk`: classes of the JDK and arrays are passed over; `libraries`: all that is known to be nobody's own code. */
export type SkippedDominators = 'none' | 'jdk' | 'libraries'

export interface DominatorClass {
  /** Null: nothing but GC roots dominates them. */
  classId: ObjectId | null
  className: string | null
  /** The class itself by its static fields, instead of its objects. */
  static: boolean
  own: boolean
  dominators: { objects: number; shallow: number }
  /** Of the selected objects. */
  dominated: { objects: number; shallow: number }
  /** The one that dominates the most bytes of them. */
  heaviest: HeapObject | null
}

export interface SelectionDominators {
  selected: number
  /** The most dominated bytes first. */
  rows: DominatorClass[]
}

/** @throws QueryError when an object or a class is not in the dump. */
export function selectionDominators(heap: Heap, selection: Selection, skip: SkippedDominators): SelectionDominators {
  const isSelected = new Uint8Array(heap.snapshot.reachableCount + 1)
  let selected = 0
  for (const index of selectedIndices(heap, selection)) {
    if (index >= isSelected.length) continue
    isSelected[index] = 1
    selected++
  }
  return { selected, rows: rowsOf(heap, dominatedBy(heap, isSelected, skip)) }
}

/** By object index: how many selected objects it is the nearest dominator of that counts, and their bytes. */
interface Dominated {
  readonly objects: Uint32Array
  readonly shallow: Float64Array
}

function dominatedBy(heap: Heap, isSelected: Uint8Array, skip: SkippedDominators): Dominated {
  const { snapshot } = heap
  const objects = new Uint32Array(isSelected.length)
  const shallow = new Float64Array(isSelected.length)
  /** The object itself, or the nearest above it in the dominator tree, that is not skipped. */
  const nearest = new Uint32Array(isSelected.length)
  const isSkipped = heap.classes.map(({ number, name }) => skips(heap, skip, number, name))
  const ofClassObjects = heap.facts.numberOf('java.lang.Class')
  const classes = new Uint32Array(CHUNK)
  const sizes = new Float64Array(CHUNK)
  sweepDominators(heap, (from, count, dominators) => {
    snapshot.readClasses(from, classes.subarray(0, count))
    snapshot.readShallowSizes(from, sizes.subarray(0, count))
    for (let i = 0; i < count; i++) {
      // A class object stands for its class, of which it is asked whether it is to be skipped.
      const standsFor = classes[i] === ofClassObjects ? snapshot.classNumberOfObject(from + i) : -1
      const above = dominators[i] > 0 ? nearest[dominators[i]] : VIRTUAL_ROOT
      nearest[from + i] = isSkipped[standsFor < 0 ? classes[i] : standsFor] ? above : from + i
      if (isSelected[from + i] === 0) continue
      objects[above]++
      shallow[above] += sizes[i]
    }
  })
  return { objects, shallow }
}

const JDK = /^(java|javax|jdk|sun|com\.sun)\.|\[\]$/

function skips(heap: Heap, skip: SkippedDominators, number: number, name: string): boolean {
  switch (skip) {
    case 'none':
      return false
    case 'jdk':
      return JDK.test(name)
    case 'libraries':
      return name.endsWith('[]') || !(heap.ownCode.isOwn(number) || heap.ownCode.isUnknown(number))
  }
}

interface Sum {
  objects: number
  shallow: number
}

interface Group {
  readonly number: number
  readonly static: boolean
  readonly dominators: Sum
  readonly dominated: Sum
  heaviest: number
  most: number
}

function rowsOf(heap: Heap, { objects, shallow }: Dominated): DominatorClass[] {
  const { snapshot } = heap
  const groups = new Map<number, Group>()
  for (let dominator = 0; dominator < objects.length; dominator++) {
    if (objects[dominator] === 0) continue
    const standsFor = dominator === VIRTUAL_ROOT ? -1 : snapshot.classNumberOfObject(dominator)
    const number = dominator === VIRTUAL_ROOT || standsFor >= 0 ? standsFor : snapshot.classOf(dominator)
    const key = number * 2 + (standsFor >= 0 ? 1 : 0)
    let group = groups.get(key)
    if (group === undefined) {
      group = {
        number,
        static: standsFor >= 0,
        dominators: { objects: 0, shallow: 0 },
        dominated: { objects: 0, shallow: 0 },
        heaviest: dominator,
        most: -1,
      }
      groups.set(key, group)
    }
    group.dominators.objects++
    group.dominators.shallow += snapshot.shallowSize(dominator)
    group.dominated.objects += objects[dominator]
    group.dominated.shallow += shallow[dominator]
    if (shallow[dominator] <= group.most) continue
    group.heaviest = dominator
    group.most = shallow[dominator]
  }
  return [...groups.values()]
    .toSorted((a, b) => b.dominated.shallow - a.dominated.shallow || a.number - b.number)
    .map((group) => rowOf(heap, group))
}

function rowOf(heap: Heap, { number, heaviest, dominators, dominated, ...group }: Group): DominatorClass {
  const type = heap.classes.at(number)
  const isRoot = number < 0 || type === undefined
  return {
    classId: isRoot ? null : printId(type.id),
    className: isRoot ? null : type.name,
    static: group.static,
    own: !isRoot && heap.ownCode.isOwn(number),
    dominators: isRoot ? { objects: 0, shallow: 0 } : dominators,
    dominated,
    heaviest: isRoot ? null : objectRow(heap, heaviest),
  }
}
