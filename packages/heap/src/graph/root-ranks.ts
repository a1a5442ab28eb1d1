/** The objects to which the virtual root refers. */
import type { ParsedHeap } from '../parsed-heap.ts'

/** @returns ranks, some perhaps more than once, in the order of the dump; then those that keep unreachable objects */
export function rootRanks({ roots, unreachableRoots }: ParsedHeap): Uint32Array {
  const own = roots.filter(({ viaThread }) => !viaThread)
  const ranks = new Uint32Array(own.length + unreachableRoots.length)
  for (const [place, { rank }] of own.entries()) ranks[place] = rank
  ranks.set(unreachableRoots, own.length)
  return ranks
}
