/** The next place below an object where its weight spreads: down while one child keeps half of what its parent retains. */
import { dominatorRow } from './dominators.ts'
import type { NextDrop, TreeView } from './dominator-messages.ts'
import { type Heap, indexOfObject } from '../heap.ts'
import type { ObjectId } from '../messages.ts'
import { treeFilter } from './tree-view.ts'

const KEPT_BY_ONE = 1 / 2

/** An object that is such a place itself leads on to the next one below its heaviest child. */
export function nextDrop(heap: Heap, { object, ...view }: TreeView & { readonly object: ObjectId }): NextDrop {
  const { snapshot } = heap
  let at = indexOfObject(heap, object)
  let steps = 0
  for (;;) {
    const [child] = snapshot.dominatorChildren(at, 0, 1)
    if (child === undefined) break
    if (steps > 0 && snapshot.retainedSize(child) < snapshot.retainedSize(at) * KEPT_BY_ONE) break
    at = child
    steps++
  }
  return { object: steps === 0 ? null : dominatorRow(heap, at, treeFilter(heap, view)), steps }
}
