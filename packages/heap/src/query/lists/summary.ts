/** The overview of a heap. */
import { holdsNetty } from '../../netty/names.ts'
import { VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import { type Heap, isReachable, printId } from '../heap.ts'
import { jvmName } from '../own-code/main-class.ts'
import type { HeapSummary } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'

const BIGGEST_OBJECTS = 20
const BIGGEST_CLASSES = 20

export function summary(heap: Heap): HeapSummary {
  const { meta } = heap.snapshot
  return {
    format: meta.format,
    identifierSize: meta.identifierSize,
    fileSize: meta.fileSize,
    takenAt: printTime(meta.takenAtMs),
    jvm: jvmName(heap) ?? null,
    options: meta.options,
    inferredLayout: meta.inferredLayout,
    layout: meta.layout,
    usedHeap: meta.reachable.bytes,
    objects: meta.reachable.objects,
    classes: listedClasses(heap).length,
    classLoaders: countLoaders(heap),
    gcRoots: meta.gcRoots,
    rootsByType: meta.rootsByType.map((entry) => ({ ...entry })),
    unreachable: { ...meta.unreachable },
    netty: holdsNetty(heap),
    partial: meta.partial ?? null,
    notes: [...meta.notes],
    ownPackages: [...heap.ownCode.packages],
    biggestObjects: Array.from(heap.snapshot.dominatorChildren(VIRTUAL_ROOT, 0, BIGGEST_OBJECTS), (index) =>
      objectRow(heap, index),
    ),
    biggestClasses: listedClasses(heap)
      .toSorted((a, b) => b.retainedMin - a.retainedMin)
      .slice(0, BIGGEST_CLASSES)
      .map((type) => ({
        classId: printId(type.id),
        className: type.name,
        objects: type.instances,
        shallow: type.shallow,
        retained: type.retainedMin,
      })),
    phases: meta.timings.map((timing) => ({ ...timing })),
  }
}

/** Classes that a root reaches or that have objects which one does; the others are counted with the unreachable. */
export function listedClasses(heap: Heap): Heap['classes'] {
  return heap.classes.filter((type) => type.instances > 0 || (type.index > 0 && isReachable(heap, type.index)))
}

/** Objects that are class loaders, the boot loader's pseudo object included. */
function countLoaders(heap: Heap): number {
  return heap.classes.reduce(
    (sum, type) => sum + (heap.facts.kindOf(type.number) === 'class-loader' ? type.instances : 0),
    0,
  )
}

/** The header's time, unless there is none or it is no time that JavaScript can print. */
function printTime(takenAtMs: number): string | null {
  const time = new Date(takenAtMs)
  return takenAtMs <= 0 || Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 ? null : time.toISOString()
}
