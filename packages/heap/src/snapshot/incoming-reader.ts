/** Reads the rows of incoming references, of which most are not written: their one entry is the immediate dominator. */
import type { WordReader } from './column-reader.ts'
import { ONLY_DOMINATOR } from './format.ts'
import { RowIndex, type RowIndexSections } from './row-index.ts'

/** Rows whose first entries are read at once. */
const PART = 8192

export class IncomingReader {
  private readonly index: RowIndex
  private readonly entries: WordReader
  private readonly dominators: WordReader

  constructor(sections: RowIndexSections, entries: WordReader, dominators: WordReader, rowCount: number) {
    this.index = new RowIndex(sections, rowCount, ONLY_DOMINATOR)
    this.entries = entries
    this.dominators = dominators
  }

  count(row: number): number {
    const code = this.index.code(row)
    return code === ONLY_DOMINATOR ? 1 : this.index.written(row, code)
  }

  /** Entries offset … offset + limit − 1 of a row, as far as it goes. */
  read(row: number, offset: number, limit: number): Uint32Array {
    const code = this.index.code(row)
    const count = code === ONLY_DOMINATOR ? 1 : this.index.written(row, code)
    const from = Math.min(offset, count)
    const result = new Uint32Array(Math.min(limit, count - from))
    if (result.length === 0) return result
    if (code === ONLY_DOMINATOR) result[0] = this.dominators.at(row)
    else this.entries.read(this.index.startOf(row) + from, result)
    return result
  }

  /** The first entry of a row that has some. */
  first(row: number): number {
    if (this.index.code(row) === ONLY_DOMINATOR) return this.dominators.at(row)
    return this.entries.at(this.index.startOf(row))
  }

  /** The first entries of reachable rows from … on, 0 for rows without any: those that are written go on top of the dominators. */
  readFirsts(from: number, target: Uint32Array) {
    const codes = new Uint8Array(Math.min(PART, target.length))
    this.dominators.read(from, target)
    for (let done = 0; done < target.length; done += PART) {
      const rows = Math.min(PART, target.length - done)
      this.index.readCodes(from + done, codes.subarray(0, rows))
      let at = this.index.startOf(from + done)
      for (let i = 0; i < rows; i++) {
        const code = codes[i]
        if (code === ONLY_DOMINATOR) continue
        target[done + i] = code === 0 ? 0 : this.entries.at(at)
        at += code < ONLY_DOMINATOR ? code : this.index.written(from + done + i, code)
      }
    }
  }
}
