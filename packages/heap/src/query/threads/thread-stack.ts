/** One thread with its stack and what every frame holds. */
import { type Heap, indexOfObject } from '../heap.ts'
import type { ObjectId } from '../messages.ts'
import { objectRow } from '../object/object-row.ts'
import { QueryError } from '../query-error.ts'
import { isOwnFrame } from './frames.ts'
import type { HeldLocal, StackFrameRow, ThreadStack } from './messages.ts'
import { threadAt } from './thread-facts.ts'
import { threadRow } from './threads.ts'

const MOST_FRAMES = 2000
const MOST_LOCALS = 200

interface Held {
  readonly locals: readonly HeldLocal[]
  readonly omitted: number
}

/** @throws QueryError when the object is no thread */
export function threadStack(heap: Heap, id: ObjectId): ThreadStack {
  const index = indexOfObject(heap, id)
  const thread = threadAt(heap, index)
  if (thread === undefined) throw new QueryError('object-not-found', `There is no thread ${id} in this dump.`)
  const row = (of: number | undefined) => (of === undefined ? null : objectRow(heap, of))
  const shown = thread.frames.slice(0, MOST_FRAMES)
  const heldBy = heldByFrame(heap, thread.position, shown.length)
  const frames = shown.map((text, depth): StackFrameRow => {
    const { locals, omitted } = heldBy(depth)
    return { text, own: isOwnFrame(heap, text), locals: [...locals], localsOmitted: omitted }
  })
  const others = heldBy(-1)
  return {
    thread: threadRow(heap, thread),
    contextClassLoader: row(thread.loaderIndex),
    task: row(thread.taskIndex),
    carrier: row(thread.carrierIndex),
    frames,
    framesOmitted: thread.frames.length - shown.length,
    others: [...others.locals],
    othersOmitted: others.omitted,
  }
}

/** What each frame holds, every object once; −1: no frame, or one that is not shown. */
function heldByFrame(heap: Heap, position: number, frames: number): (frame: number) => Held {
  const locals = position < 0 ? [] : heap.snapshot.thread(position).locals
  const groups = Map.groupBy(locals, ({ frame }) => (frame < frames ? frame : -1))
  return (frame) => {
    const inFrame = groups.get(frame) ?? []
    const inOrder = [...new Map(inFrame.map((local) => [local.index, local])).values()]
    const shown = inOrder.slice(0, MOST_LOCALS)
    return {
      locals: shown.map(({ index, type }) => ({ type, object: objectRow(heap, index) })),
      omitted: inOrder.length - shown.length,
    }
  }
}
