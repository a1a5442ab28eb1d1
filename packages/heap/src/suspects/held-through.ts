/** What fields hold, by their names: to see in one dump what was found in another. */
import type { Heap } from '../query/heap.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import { referenceOf } from './contents.ts'

export interface FieldName {
  readonly className: string
  readonly field: string
  readonly static: boolean
}

export interface HeldThrough {
  /** Objects that the fields refer to, each once. */
  objects: number
  /** Sum of their retained sizes. */
  retained: number
}

/** Of a class with more objects than this the first are looked at. */
const MOST_INSTANCES = 20_000

/** @returns for each field, in order, what all fields of that name in classes of that name hold. */
export function heldThrough(heap: Heap, fields: readonly FieldName[]): HeldThrough[] {
  return fields.map((name) => {
    const targets = new Set(name.static ? staticTargets(heap, name) : instanceTargets(heap, name))
    return {
      objects: targets.size,
      retained: [...targets].reduce((sum, index) => sum + heap.snapshot.retainedSize(index), 0),
    }
  })
}

function staticTargets(heap: Heap, { className, field }: FieldName): number[] {
  return classesNamed(heap, className).flatMap((number) => {
    const found = heap.snapshot.classDetails(number).statics.find(({ name, type }) => name === field && type === 2)
    const index =
      found === undefined || BigInt(found.value) === 0n ? NO_OBJECT : heap.snapshot.indexOf(BigInt(found.value))
    return index === NO_OBJECT ? [] : [index]
  })
}

function instanceTargets(heap: Heap, { className, field }: FieldName): number[] {
  return classesNamed(heap, className).flatMap((number) => {
    const count = Math.min(heap.classes[number].instances, MOST_INSTANCES)
    return [...heap.snapshot.objectsOfClass(number, 0, count)].flatMap((index) => referenceOf(heap, index, field) ?? [])
  })
}

function classesNamed(heap: Heap, className: string): number[] {
  return heap.classes.flatMap((type) => (type.name === className ? [type.number] : []))
}
