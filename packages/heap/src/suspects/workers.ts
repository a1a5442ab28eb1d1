/** How many threads hold what was found, each its own. */
import type { Heap } from '../query/heap.ts'
import { NO_OBJECT, VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import type { Group } from './groups.ts'

const MOST_ROOTS = 1_000_000
const ROOTS_AT_ONCE = 10_000
/** A thread with less than this share of what the biggest holds has another task. */
const LEAST_OF_BIGGEST = 0.05

/**
 * @param top the topmost objects of the dominator tree: threads, or local variables where those hang at the root themselves.
 * @returns 0 where it is neither.
 */
export function workersOf(heap: Heap, top: Group): number {
  const { snapshot } = heap
  const [first] = top.members
  if (first === VIRTUAL_ROOT) return 0
  if (snapshot.threadOfObject(first) >= 0) return threadsLike(heap, top)
  return snapshot.rootsOf(first).some(isLocal) ? threadsWithLocals(heap, top) : 0
}

function threadsLike({ snapshot, classes }: Heap, { members, className }: Group): number {
  const least = snapshot.retainedSize(members[0]) * LEAST_OF_BIGGEST
  let count = 0
  for (let position = 0; position < snapshot.threadCount(); position++) {
    const { index } = snapshot.thread(position)
    if (index === NO_OBJECT || classes[snapshot.classOf(index)].name !== className) continue
    if (snapshot.retainedSize(index) >= least) count++
  }
  return count
}

function threadsWithLocals({ snapshot, classes }: Heap, { className }: Group): number {
  const threads = new Set<number>()
  const count = Math.min(snapshot.rootCount(), MOST_ROOTS)
  for (let from = 0; from < count; from += ROOTS_AT_ONCE)
    for (const root of snapshot.roots(from, Math.min(ROOTS_AT_ONCE, count - from)))
      if (isLocal(root) && classes[snapshot.classOf(root.index)].name === className) threads.add(root.threadIndex)
  return threads.size
}

function isLocal({ threadIndex, frame }: { readonly threadIndex: number; readonly frame: number }): boolean {
  return threadIndex !== NO_OBJECT && frame >= 0
}
