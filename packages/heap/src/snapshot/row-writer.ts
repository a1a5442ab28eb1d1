/**
 * Rows of object indices (references, children, objects of a class), so that any part of any row can be
 * found by reading a page or two. Four sections:
 *
 *   name          blocks of ROW_BLOCK rows: first the number of entries of each row, then the rows.
 *   name.blocks   64 bits per block: where it starts in `name`.
 *   name.wide     rows longer than WIDE_ROW, in chunks of WIDE_CHUNK entries. In their place in `name`
 *                 stands the number of their first chunk.
 *   name.chunks   64 bits per chunk: where it starts in `name.wide`.
 *
 * An entry is the zigzag difference to the entry before it; the first of a row or chunk, to the owner of the row.
 */
import { ROW_BLOCK, type RowsName, WIDE_CHUNK, WIDE_ROW } from './format.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'
import { putVarint, zigzag } from './varint.ts'

const LONGEST_ENTRY = 5
/** Entries are put down this far behind their block's begin, and moved when the room for the counts is known. */
const COUNTS_ROOM = ROW_BLOCK * LONGEST_ENTRY
const BLOCK_ROOM = COUNTS_ROOM + ROW_BLOCK * WIDE_ROW * LONGEST_ENTRY

export class RowWriter {
  private readonly rows: SectionWriter
  private readonly blocks: SectionWriter
  private readonly wide: SectionWriter
  private readonly chunks: SectionWriter
  private readonly counts = new Uint32Array(ROW_BLOCK)
  private rowsInBlock = ROW_BLOCK
  private isFirst = true
  /** End of the block's entries in `rows.bytes`. */
  private end = 0
  private chunkCount = 0

  constructor(pages: PageWriter, name: RowsName) {
    this.rows = pages.section(name)
    this.blocks = pages.section(`${name}.blocks`)
    this.wide = pages.section(`${name}.wide`)
    this.chunks = pages.section(`${name}.chunks`)
  }

  /**
   * Writes the next row.
   * @param owner what the first entry is relative to
   * @param mask what of the values counts; they stand at from … to − 1
   */
  row(owner: number, values: Uint32Array, from: number, to: number, mask: number) {
    const count = to - from
    if (this.rowsInBlock === ROW_BLOCK) this.startBlock()
    this.counts[this.rowsInBlock++] = count
    if (count > WIDE_ROW) {
      this.end = putVarint(this.rows.bytes, this.end, this.chunkCount)
      for (let i = from; i < to; i += WIDE_CHUNK) this.chunk(owner, values, i, Math.min(to, i + WIDE_CHUNK), mask)
    } else if (count > 0) this.end = putEntries(this.rows.bytes, this.end, owner, values, from, to, mask)
  }

  close() {
    if (!this.isFirst) this.closeBlock()
  }

  private chunk(owner: number, values: Uint32Array, from: number, to: number, mask: number) {
    this.chunks.uint64(this.wide.length)
    this.chunkCount++
    const at = this.wide.room(WIDE_CHUNK * LONGEST_ENTRY)
    this.wide.at = putEntries(this.wide.bytes, at, owner, values, from, to, mask)
  }

  private startBlock() {
    if (!this.isFirst) this.closeBlock()
    this.isFirst = false
    this.rowsInBlock = 0
    this.end = this.rows.room(BLOCK_ROOM) + COUNTS_ROOM
  }

  private closeBlock() {
    const { rows } = this
    this.blocks.uint64(rows.length)
    const entries = rows.at + COUNTS_ROOM
    let at = rows.at
    for (let i = 0; i < this.rowsInBlock; i++) at = putVarint(rows.bytes, at, this.counts[i])
    rows.bytes.copyWithin(at, entries, this.end)
    rows.at = at + this.end - entries
  }
}

/** @returns the place behind the last one */
function putEntries(
  bytes: Uint8Array,
  place: number,
  owner: number,
  values: Uint32Array,
  from: number,
  to: number,
  mask: number,
): number {
  let at = place
  let previous = owner
  for (let i = from; i < to; i++) {
    const value = values[i] & mask
    at = putVarint(bytes, at, zigzag(value - previous))
    previous = value
  }
  return at
}
