import { VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import type { Heap } from '../heap.ts'

/**
 * Those of the objects that no other one of them dominates: their retained sizes can be added up, and the sum is the least that
 * all of them retain. Each dominator is looked at once, however long the chains are.
 */
export function topmost(heap: Heap, indices: readonly number[]): number[] {
  const { snapshot } = heap
  const members = new Set(indices)
  const covered = new Map<number, boolean>()
  return indices.filter((index) => {
    const way: number[] = []
    let known: boolean | undefined
    for (let at = snapshot.immediateDominator(index); known === undefined && at > VIRTUAL_ROOT;) {
      known = members.has(at) ? true : covered.get(at)
      way.push(at)
      at = snapshot.immediateDominator(at)
    }
    for (const at of way) covered.set(at, known === true)
    return known !== true
  })
}
