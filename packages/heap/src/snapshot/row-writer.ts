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
import { LONGEST_VARINT, putVarint, zigzag } from './varint.ts'

const LONGEST_ENTRY = 5

export class RowWriter {
  private readonly rows: SectionWriter
  private readonly blocks: SectionWriter
  private readonly wide: SectionWriter
  private readonly chunks: SectionWriter
  private readonly counts = new Uint32Array(ROW_BLOCK)
  private rowsInBlock = 0
  private readonly entries = new Uint8Array(ROW_BLOCK * WIDE_ROW * LONGEST_ENTRY)
  private entriesEnd = 0
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
    if (this.rowsInBlock === ROW_BLOCK) this.closeBlock()
    this.counts[this.rowsInBlock++] = count
    if (count > WIDE_ROW) {
      this.entriesEnd = putVarint(this.entries, this.entriesEnd, this.chunkCount)
      for (let i = from; i < to; i += WIDE_CHUNK) this.chunk(owner, values, i, Math.min(to, i + WIDE_CHUNK), mask)
    } else if (count > 0) this.entriesEnd = putEntries(this.entries, this.entriesEnd, owner, values, from, to, mask)
  }

  close() {
    if (this.rowsInBlock > 0) this.closeBlock()
  }

  private chunk(owner: number, values: Uint32Array, from: number, to: number, mask: number) {
    this.chunks.uint64(this.wide.length)
    this.chunkCount++
    const at = this.wide.room(WIDE_CHUNK * LONGEST_ENTRY)
    this.wide.at = putEntries(this.wide.bytes, at, owner, values, from, to, mask)
  }

  private closeBlock() {
    this.blocks.uint64(this.rows.length)
    let at = this.rows.room(ROW_BLOCK * LONGEST_VARINT + this.entriesEnd)
    const { bytes } = this.rows
    for (let i = 0; i < this.rowsInBlock; i++) at = putVarint(bytes, at, this.counts[i])
    bytes.set(this.entries.subarray(0, this.entriesEnd), at)
    this.rows.at = at + this.entriesEnd
    this.rowsInBlock = 0
    this.entriesEnd = 0
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
