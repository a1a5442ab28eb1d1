/** Reads what row-writer.ts wrote. */
import { LONG_ROW } from './format.ts'
import { RowIndex, type RowIndexSections } from './row-index.ts'

/** The entries of all rows one behind the other. */
export interface Entries {
  /** Fills `target` with those in the places `from`, `from` + 1, … */
  read(from: number, target: Uint32Array): void
}

/** Rows that a scan reads at once. */
const PART = 2048

export class RowReader {
  private readonly index: RowIndex
  private readonly entries: Entries
  private readonly rowCount: number

  constructor(sections: RowIndexSections, entries: Entries, rowCount: number) {
    this.index = new RowIndex(sections, rowCount, LONG_ROW)
    this.entries = entries
    this.rowCount = rowCount
  }

  /** Entries of a row; 0 for rows behind the last one. */
  count(row: number): number {
    return this.index.written(row, this.index.code(row))
  }

  /** Entries offset … offset + limit − 1 of a row, as far as it goes. */
  read(row: number, offset: number, limit: number): Uint32Array {
    const count = this.count(row)
    const from = Math.min(offset, count)
    const result = new Uint32Array(Math.min(limit, count - from))
    if (result.length > 0) this.entries.read(this.index.startOf(row) + from, result)
    return result
  }

  /**
   * Calls `visit` for each of the rows from … to − 1, as far as there are so many. Much faster than reading rows one by one.
   * The entries stand in the array from `start` to `end` − 1, and only until `visit` returns.
   */
  scan(from: number, to: number, visit: (row: number, entries: Uint32Array, start: number, end: number) => void): void {
    const counts = new Uint8Array(PART)
    const ends = new Uint32Array(PART)
    let entries = new Uint32Array(PART * 4)
    const last = Math.min(to, this.rowCount)
    for (let first = from; first < last; first += PART) {
      const rows = Math.min(PART, last - first)
      this.index.readEnds(first, counts.subarray(0, rows), ends)
      const length = ends[rows - 1]
      if (length > entries.length) entries = new Uint32Array(length)
      if (length > 0) this.entries.read(this.index.startOf(first), entries.subarray(0, length))
      for (let i = 0, start = 0; i < rows; i++) {
        const end = ends[i]
        visit(first + i, entries, start, end)
        start = end
      }
    }
  }
}
