/** Everything about one object but its fields and references. */
import { NO_OBJECT, VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import { BASIC_TYPES } from '../basic-types.ts'
import { type Heap, indexOfObject, printId } from '../heap.ts'
import type { ObjectDetail, ObjectId } from '../messages.ts'
import { objectRow } from './object-row.ts'
import { QueryError } from '../query-error.ts'
import { CONTENTS_MISSING } from '../record.ts'
import { stringText } from './text.ts'

const MOST_TEXT = 100_000

export function objectDetail(heap: Heap, id: ObjectId): ObjectDetail {
  const index = indexOfObject(heap, id)
  const { snapshot } = heap
  const dominator = snapshot.immediateDominator(index)
  const isArray = heap.classes[snapshot.classOf(index)].kind !== 'instance'
  return {
    ...objectRow(heap, index),
    immediateDominator: dominator === VIRTUAL_ROOT || dominator === NO_OBJECT ? null : objectRow(heap, dominator),
    ...contentsOf(heap, index),
    length: isArray ? snapshot.lengthOf(index) : null,
    classFacts: classFactsOf(heap, snapshot.classNumberOfObject(index)),
    stackFrames: stackFramesOf(heap, index),
  }
}

function contentsOf(heap: Heap, index: number): Pick<ObjectDetail, 'text' | 'characters' | 'contentsMissing'> {
  if (heap.dump === undefined) return { text: null, characters: null, contentsMissing: CONTENTS_MISSING }
  try {
    const found = stringText(heap, index, MOST_TEXT)
    const characters = found === undefined ? null : { count: found.length, coder: found.coder }
    return { text: found?.text ?? null, characters, contentsMissing: null }
  } catch (error) {
    if (error instanceof QueryError) return { text: null, characters: null, contentsMissing: error.message }
    throw error
  }
}

function classFactsOf(heap: Heap, number: number): ObjectDetail['classFacts'] {
  if (number < 0) return null
  const type = heap.classes[number]
  const superclass = type.superNumber < 0 ? undefined : heap.classes[type.superNumber]
  const loader = type.loaderIndex === NO_OBJECT || type.loaderId === 0n ? null : objectRow(heap, type.loaderIndex)
  return {
    superclass: superclass === undefined ? null : { id: printId(superclass.id), className: superclass.name },
    loader,
    objects: type.instances,
    instanceFields: heap.snapshot
      .classDetails(number)
      .fields.map((field) => ({ name: field.name, type: BASIC_TYPES[field.type].name })),
  }
}

function stackFramesOf({ snapshot }: Heap, index: number): number | null {
  const position = snapshot.threadOfObject(index)
  return position < 0 ? null : snapshot.thread(position).frames.length
}
