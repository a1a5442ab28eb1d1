/** The largest arrays of a part of the dump, found while it is scanned. Rows of numbers, so that threads can hand them over. */
import { LARGEST_ARRAYS } from '../provisional-histogram.ts'

export interface ArrayRow {
  readonly idHigh: number
  readonly idLow: number
  /** Of the array class; for primitive arrays 0 and the element type. */
  readonly classHigh: number
  readonly classLow: number
  readonly isPrimitive: boolean
  readonly elements: number
  /** Of the elements in the dump. */
  readonly bytes: number
}

/** Rows that are kept before the smaller half of them is let go. */
const MOST_ROWS = LARGEST_ARRAYS * 2

export class LargestArrays {
  /** Arrays of fewer bytes are none of the largest. */
  least = 1
  private rows: ArrayRow[] = []

  add(row: ArrayRow): void {
    this.rows.push(row)
    if (this.rows.length === MOST_ROWS) this.cut()
  }

  result(): readonly ArrayRow[] {
    this.cut()
    return this.rows
  }

  private cut(): void {
    this.rows = largest(this.rows)
    if (this.rows.length === LARGEST_ARRAYS) this.least = this.rows[LARGEST_ARRAYS - 1].bytes + 1
  }
}

/** By falling bytes, equal ones by id; at most LARGEST_ARRAYS. */
export function largest(rows: readonly ArrayRow[]): ArrayRow[] {
  return rows
    .toSorted((a, b) => b.bytes - a.bytes || (a.idHigh >>> 0) - (b.idHigh >>> 0) || (a.idLow >>> 0) - (b.idLow >>> 0))
    .slice(0, LARGEST_ARRAYS)
}
