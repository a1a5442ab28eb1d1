/** What fields hold, by their names: to see in one dump what was found in another. */
import type { Heap } from '../query/heap.ts'
import type { HeldThrough } from '../compare/messages.ts'
import { objectRow } from '../query/object/object-row.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import { referenceOf } from './contents.ts'
import { holdingOf } from './holding-paths.ts'

export interface FieldName {
  readonly className: string
  readonly field: string
  readonly static: boolean
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
      path: pathOf(heap, targets),
    }
  })
}

/** Longer paths are of lists and trees, whose field is not near. */
const MOST_STEPS = 40

function pathOf(heap: Heap, targets: ReadonlySet<number>): HeldThrough['path'] {
  let biggest = NO_OBJECT
  for (const index of targets)
    if (biggest === NO_OBJECT || heap.snapshot.retainedSize(index) > heap.snapshot.retainedSize(biggest))
      biggest = index
  const held = biggest === NO_OBJECT ? undefined : holdingOf(heap, biggest)?.best
  if (held === undefined) return []
  const steps = held.indices.slice(0, MOST_STEPS)
  return steps.map((index, step) => ({ object: objectRow(heap, index), edges: [...(held.edges[step] ?? [])] }))
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
