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

const LONGEST_VARINT = 5

export class RowWriter {
  private readonly rows: SectionWriter
  private readonly blocks: SectionWriter
  private readonly wide: SectionWriter
  private readonly chunks: SectionWriter
  private readonly counts = new Uint32Array(ROW_BLOCK)
  private rowsInBlock = 0
  private readonly entries = new Uint8Array(ROW_BLOCK * WIDE_ROW * LONGEST_VARINT)
  private entriesEnd = 0
  private owner = 0
  private previous = 0
  private isWide = false
  private leftInChunk = 0
  private chunkCount = 0

  constructor(pages: PageWriter, name: RowsName) {
    this.rows = pages.section(name)
    this.blocks = pages.section(`${name}.blocks`)
    this.wide = pages.section(`${name}.wide`)
    this.chunks = pages.section(`${name}.chunks`)
  }

  /** Starts the next row, which will get exactly `count` entries. @param owner what its first entry is relative to */
  row(owner: number, count: number) {
    if (this.rowsInBlock === ROW_BLOCK) this.closeBlock()
    this.counts[this.rowsInBlock++] = count
    this.owner = owner
    this.previous = owner
    this.isWide = count > WIDE_ROW
    if (!this.isWide) return
    this.addEntry(this.chunkCount)
    this.leftInChunk = 0
  }

  add(index: number) {
    if (this.isWide && this.leftInChunk-- === 0) {
      this.chunks.uint64(this.wide.length)
      this.chunkCount++
      this.leftInChunk = WIDE_CHUNK - 1
      this.previous = this.owner
    }
    const difference = index - this.previous
    this.previous = index
    const zigzag = ((difference << 1) ^ (difference >> 31)) >>> 0
    if (this.isWide) this.wide.varint(zigzag)
    else this.addEntry(zigzag)
  }

  close() {
    if (this.rowsInBlock > 0) this.closeBlock()
  }

  private addEntry(value: number) {
    const { entries } = this
    let end = this.entriesEnd
    let rest = value
    while (rest > 127) {
      entries[end++] = (rest & 127) | 128
      rest >>>= 7
    }
    entries[end++] = rest
    this.entriesEnd = end
  }

  private closeBlock() {
    this.blocks.uint64(this.rows.length)
    for (let i = 0; i < this.rowsInBlock; i++) this.rows.varint(this.counts[i])
    this.rows.put(this.entries.subarray(0, this.entriesEnd))
    this.rowsInBlock = 0
    this.entriesEnd = 0
  }
}
