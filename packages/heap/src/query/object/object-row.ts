/** An object as it stands in every list. */
import type { RootType } from '../../parsed-heap.ts'
import { type Heap, isReachable, printId } from '../heap.ts'
import { labelOf } from './label.ts'
import type { HeapObject } from '../messages.ts'

export function objectRow(heap: Heap, index: number): HeapObject {
  const { snapshot } = heap
  const type = heap.classes[snapshot.classOf(index)]
  const standsFor = snapshot.classNumberOfObject(index)
  return {
    id: printId(snapshot.idOf(index)),
    kind: standsFor >= 0 ? 'class' : type.kind,
    classId: printId(type.id),
    className: type.name,
    label: labelOf(heap, index),
    shallow: snapshot.shallowSize(index),
    retained: snapshot.retainedSize(index),
    own: heap.ownCode.isOwn(standsFor >= 0 ? standsFor : type.number),
    reachable: isReachable(heap, index),
    rootTypes: rootTypesOf(heap, index),
  }
}

/** Types under which the virtual root refers to the object, each once. */
export function rootTypesOf(heap: Heap, index: number): RootType[] {
  if (!heap.snapshot.isRoot(index)) return []
  const types = heap.snapshot.rootsOf(index).filter((root) => !root.viaThread)
  return [...new Set(types.map((root) => root.type))]
}
