/** How long rows are, a byte for each: where they start would take four times as much. */
export interface RowCounts {
  /** Entries of each row, LONG_COUNT for that many and more. 1 B/object. */
  readonly short: Uint8Array
  /** Entries of those, in their order. */
  readonly long: number[]
}

export const LONG_COUNT = 255

/** @param start gets where each row begins, and the end of the last one */
export function startsOf({ short, long }: RowCounts, start: Uint32Array): Uint32Array {
  let end = 0
  let longRows = 0
  for (let index = 0; index < short.length; index++) {
    start[index] = end
    end += short[index] < LONG_COUNT ? short[index] : long[longRows++]
  }
  start[short.length] = end
  return start
}
