/**
 * Retained size = shallow size + retained sizes of the objects that are immediately dominated.
 * One sweep from the highest index to the lowest: a dominator has a lower index than what it dominates,
 * so a vertex is complete when the sweep reaches it.
 */
import type { Memory } from './memory.ts'
import { takeFloat64, takeUint32 } from './memory.ts'

/**
 * Sizes as multiples of `unit` bytes. Four bytes per object hold 32 GiB of heap in units of 8;
 * a larger heap takes floats, exact up to 2^53 units.
 */
export interface Sizes {
  readonly unit: number
  /** index → size / unit. 4 B/object, or 8. */
  readonly units: Uint32Array | Float64Array
}

/** What the sizes of a heap are multiples of, at most its alignment. */
export function commonUnit(sizes: Iterable<number>, alignment: number): number {
  let unit = alignment
  for (const size of sizes) while (size % unit !== 0) unit /= 2
  return unit
}

/** A column for sizes of up to `totalUnits` together. */
export function takeSizes(memory: Memory, length: number, unit: number, totalUnits: number): Sizes {
  if (totalUnits < 2 ** 32) return { unit, units: takeUint32(memory, length) }
  return { unit, units: takeFloat64(memory, length) }
}

/**
 * Turns shallow into retained sizes in place; those of unreachable objects stay.
 * @param dominators index → immediate dominator for 0 … reachable
 */
export function accumulateRetained({ units }: Sizes, dominators: Uint32Array) {
  for (let index = dominators.length - 1; index > 0; index--) units[dominators[index]] += units[index]
}
