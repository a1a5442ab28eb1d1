/** A piece of a heap dump between two sub-record boundaries. */
export interface HeapRange {
  readonly from: number
  readonly end: number
}

/** Ranges of a dump, grouped into units of work; plain numbers, so that threads can have them. */
export interface Units {
  /** from and end of each range, one after the other. */
  readonly bounds: Float64Array
  /** Unit → its first range; one entry more than units. */
  readonly first: Int32Array
}

/** Small enough that threads end at the same time, large enough that handing out costs nothing. */
const UNIT_BYTES = 4 << 20

/**
 * Bytes of a window that the loops of the passes read in one call. So little that V8 compiles such a loop as a function that is called
 * often, and not a second time, in the middle of a call that seems to have no end (on-stack replacement).
 */
export const STRETCH = 8 << 10

/** Groups neighbouring ranges into units of at least UNIT_BYTES. */
export function units(ranges: readonly HeapRange[]): Units {
  const bounds = new Float64Array(ranges.length * 2)
  const first: number[] = []
  let bytes = UNIT_BYTES
  ranges.forEach((range, i) => {
    if (bytes >= UNIT_BYTES) {
      first.push(i)
      bytes = 0
    }
    bounds[i * 2] = range.from
    bounds[i * 2 + 1] = range.end
    bytes += range.end - range.from
  })
  first.push(ranges.length)
  return { bounds, first: Int32Array.from(first) }
}

export function unitCount(all: Units): number {
  return all.first.length - 1
}
