/** Where the entries of rows stand, and how many they are. */
import { LONG_ROW, ROW_BLOCK } from './format.ts'
import type { Section } from './section.ts'

export interface RowIndexSections {
  readonly counts: Section
  readonly long: Section
  readonly starts: Section
}

export class RowIndex {
  private readonly sections: RowIndexSections
  private readonly rowCount: number
  /** What counts from here on say less than the number of entries. */
  private readonly special: number

  /** @param special LONG_ROW, or the least count with a meaning of its own: no entry of such a row is written */
  constructor(sections: RowIndexSections, rowCount: number, special: number) {
    this.sections = sections
    this.rowCount = rowCount
    this.special = special
  }

  /** The byte of a row; 0 for rows behind the last one. */
  code(row: number): number {
    return row < this.rowCount ? this.sections.counts.uint8(row) : 0
  }

  /** The bytes of the rows from … on. */
  readCodes(from: number, codes: Uint8Array) {
    this.sections.counts.copy(from, codes)
  }

  /** Entries of a row that are written, `code` being its byte. */
  written(row: number, code: number): number {
    if (code < this.special) return code
    return code === LONG_ROW ? this.longCount(this.findLong(row)) : 0
  }

  /** @returns place of the first entry of a row */
  startOf(row: number): number {
    const { counts, starts } = this.sections
    const inBlock = row % ROW_BLOCK
    let start = starts.uint32((row - inBlock) / ROW_BLOCK)
    if (inBlock === 0) return start
    const from = counts.find(row - inBlock)
    const { bytes } = counts.pages
    let longRows = 0
    for (let at = from; at < from + inBlock; at++) {
      if (bytes[at] < this.special) start += bytes[at]
      else if (bytes[at] === LONG_ROW) longRows++
    }
    if (longRows === 0) return start
    for (let place = this.findLong(row - inBlock); longRows > 0; longRows--) start += this.longCount(place++)
    return start
  }

  /**
   * How the entries of the rows from … on are divided among them, as many rows as there is room for in `counts`.
   * @param ends filled with the place behind the last entry of each row, counted from the first entry of the first row
   */
  readEnds(from: number, counts: Uint8Array, ends: Uint32Array) {
    const { special } = this
    this.readCodes(from, counts)
    let long = -1
    let end = 0
    for (let i = 0; i < counts.length; i++) {
      const code = counts[i]
      if (code < special) end += code
      else if (code === LONG_ROW) {
        if (long < 0) long = this.findLong(from + i)
        end += this.longCount(long++)
      }
      ends[i] = end
    }
  }

  private longCount(place: number): number {
    return this.sections.long.uint32(place * 2 + 1)
  }

  /** @returns place of the first long row that is not before `row` */
  private findLong(row: number): number {
    const { long } = this.sections
    let from = 0
    let to = long.length / 8
    while (from < to) {
      const middle = Math.floor((from + to) / 2)
      if (long.uint32(middle * 2) < row) from = middle + 1
      else to = middle
    }
    return from
  }
}
