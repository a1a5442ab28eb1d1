/**
 * Rows of object indices (references, children, objects of a class), so that any part of any row can be found by reading a page or
 * two. Sections:
 *
 *   name          the entries of all rows, one after the other: as they are in memory, or a packed column.
 *   name.counts   a byte per row: its number of entries. Long rows have theirs in `name.long`.
 *   name.long     two numbers per long row: the row, its number of entries. Ascending.
 *   name.starts   per ROW_BLOCK rows: how many entries are written before the first of them.
 */
import type { Rows } from '../graph/rows.ts'
import { LONG_ROW, PACKED_ROWS, type PackedRowsName, ROW_BLOCK, type RowsName } from './format.ts'
import { PackedWriter } from './packed-writer.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'

/** Rows that are looked at in one call. */
const STRETCH = 64 * ROW_BLOCK

/** Where rows begin and end. */
export class RowHeadWriter {
  /** For those who write counts here themselves, a byte per row. */
  readonly counts: SectionWriter
  private readonly long: SectionWriter
  private readonly starts: SectionWriter

  constructor(pages: PageWriter, name: RowsName) {
    this.counts = pages.section(`${name}.counts`)
    this.long = pages.section(`${name}.long`)
    this.starts = pages.section(`${name}.starts`)
  }

  /** To be told before the counts of ROW_BLOCK rows. @param entries written so far */
  beginBlock(entries: number) {
    this.starts.uint32(entries)
  }

  /** A row whose number of entries its count does not tell. */
  longRow(row: number, entries: number) {
    this.long.uint32(row)
    this.long.uint32(entries)
  }

  /** Rows from … to − 1, whose entries are written as they stand there. @param from a multiple of ROW_BLOCK */
  rows(start: Uint32Array, from: number, to: number) {
    for (let first = from; first < to; first += STRETCH) this.blocks(start, first, Math.min(first + STRETCH, to))
  }

  /** A part of these rows, so small that V8 compiles this as a function that is called often. */
  private blocks(start: Uint32Array, from: number, to: number) {
    for (let first = from; first < to; first += ROW_BLOCK) this.block(start, first, Math.min(first + ROW_BLOCK, to))
  }

  private block(start: Uint32Array, first: number, end: number) {
    const { counts } = this
    this.beginBlock(start[first])
    const at = counts.room(ROW_BLOCK) - first
    const { bytes } = counts
    let bits = 0
    let before = start[first]
    for (let row = first; row < end; row++) {
      const after = start[row + 1]
      const entries = (after - before) | 0
      before = after
      bytes[at + row] = entries
      bits |= entries
    }
    counts.at = at + end
    // a long row has more bits than that, or all of them; a jump for all rows together
    if (bits >= LONG_ROW) this.longRows(start, first, end, at)
  }

  /** Of rows some of which may be long. @param at where the count of row 0 would be */
  private longRows(start: Uint32Array, first: number, end: number, at: number) {
    for (let row = first; row < end; row++) {
      const entries = start[row + 1] - start[row]
      if (entries < LONG_ROW) continue
      this.counts.bytes[at + row] = LONG_ROW
      this.longRow(row, entries)
    }
  }
}

/** Writes rows that are complete in memory, in any number of parts. */
export class RowWriter {
  private readonly heads: RowHeadWriter
  private readonly entries: SectionWriter | PackedWriter

  constructor(pages: PageWriter, name: 'outgoing' | PackedRowsName) {
    this.heads = new RowHeadWriter(pages, name)
    this.entries = isPacked(name) ? new PackedWriter(pages, name) : pages.section(name)
  }

  /** The next rows: from … to − 1. @param from a multiple of ROW_BLOCK */
  append({ start, entries }: Rows, from: number, to: number) {
    this.heads.rows(start, from, to)
    if (this.entries instanceof PackedWriter) this.entries.append(entries, start[from], start[to])
    else this.entries.column(entries.subarray(start[from], start[to]))
  }

  /** To be called behind the last row. */
  close() {
    if (this.entries instanceof PackedWriter) this.entries.close()
  }
}

function isPacked(name: RowsName): name is PackedRowsName {
  return PACKED_ROWS.some((packed) => packed === name)
}
