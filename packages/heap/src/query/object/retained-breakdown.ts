/** What the retained size of one object is made of: itself, what it dominates immediately, and all that is in its retained set. */
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import { type Heap, indexOfObject, isReachable, printId } from '../heap.ts'
import type { ClassShare, ObjectId, RetainedBreakdown } from '../messages.ts'

/** Classes that are told one by one; the rest is summed. */
const MOST_CLASSES = 100
const PAGE = 65_536

/** By class number. */
interface Sums {
  readonly objects: Float64Array
  readonly bytes: Float64Array
}

export function retainedBreakdown(heap: Heap, id: ObjectId): RetainedBreakdown {
  const index = indexOfObject(heap, id)
  const own = heap.snapshot.shallowSize(index)
  const children = newSums(heap)
  const set = newSums(heap)
  count(set, heap.snapshot.classOf(index), own)
  if (isReachable(heap, index) && heap.snapshot.dominatorChildCount(index) > 0) sumUp(heap, index, children, set)
  return { own, children: shares(heap, children), set: shares(heap, set) }
}

/**
 * An object comes later in the depth-first order than what dominates it, so that one pass in this order finds the whole
 * retained set: whatever is dominated by a member is a member.
 */
function sumUp(heap: Heap, top: number, children: Sums, set: Sums): void {
  const { snapshot } = heap
  const isMember = new Uint8Array(snapshot.reachableCount + 1)
  isMember[top] = 1
  const buffers = {
    dominators: new Int32Array(PAGE),
    classes: new Uint32Array(PAGE),
    shallow: new Float64Array(PAGE),
  }
  for (let from = top + 1; from <= snapshot.reachableCount; from += PAGE) {
    const length = Math.min(PAGE, snapshot.reachableCount + 1 - from)
    const dominators = buffers.dominators.subarray(0, length)
    const shallow = buffers.shallow.subarray(0, length)
    snapshot.readDominatorsAndSizes(from, 'shallow', dominators, shallow)
    const members: number[] = []
    for (let row = 0; row < length; row++) {
      const dominator = dominators[row]
      if (dominator === NO_OBJECT || isMember[dominator] === 0) continue
      isMember[from + row] = 1
      members.push(row)
    }
    if (members.length === 0) continue
    const classes = buffers.classes.subarray(0, length)
    snapshot.readClasses(from, classes)
    for (const row of members) {
      count(set, classes[row], shallow[row])
      if (dominators[row] === top) count(children, classes[row], snapshot.retainedSize(from + row))
    }
  }
}

function newSums(heap: Heap): Sums {
  return { objects: new Float64Array(heap.classes.length), bytes: new Float64Array(heap.classes.length) }
}

function count(sums: Sums, classNumber: number, bytes: number): void {
  sums.objects[classNumber]++
  sums.bytes[classNumber] += bytes
}

function shares(heap: Heap, { objects, bytes }: Sums): RetainedBreakdown['set'] {
  const rows = heap.classes
    .filter(({ number }) => objects[number] > 0)
    .map(({ number, id, name }): ClassShare => ({
      classId: printId(id),
      className: name,
      own: heap.ownCode.isOwn(number),
      objects: objects[number],
      bytes: bytes[number],
    }))
    .toSorted((a, b) => b.bytes - a.bytes || b.objects - a.objects || (a.className < b.className ? -1 : 1))
  const rest = rows.slice(MOST_CLASSES)
  return {
    classes: rows.slice(0, MOST_CLASSES),
    rest: {
      classes: rest.length,
      objects: rest.reduce((sum, row) => sum + row.objects, 0),
      bytes: rest.reduce((sum, row) => sum + row.bytes, 0),
    },
  }
}
