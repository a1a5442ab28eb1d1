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
import type { Rows } from '../graph/rows.ts'
import { ROW_BLOCK, type RowsName, WIDE_CHUNK, WIDE_ROW } from './format.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'
import { putVarint, zigzag } from './varint.ts'

const LONGEST_ENTRY = 5
const BLOCK_ROOM = (ROW_BLOCK + ROW_BLOCK * WIDE_ROW) * LONGEST_ENTRY

export class RowWriter {
  private readonly rows: SectionWriter
  private readonly blocks: SectionWriter
  private readonly wide: SectionWriter
  private readonly chunks: SectionWriter
  private chunkCount = 0
  /** Rows of a block that have entries. */
  private readonly filled = new Uint8Array(ROW_BLOCK)

  constructor(pages: PageWriter, name: RowsName) {
    this.rows = pages.section(name)
    this.blocks = pages.section(`${name}.blocks`)
    this.wide = pages.section(`${name}.wide`)
    this.chunks = pages.section(`${name}.chunks`)
  }

  /**
   * Writes the next rows, ROW_BLOCK of them unless they are the last.
   * @param first place of the first of them in `rows`
   * @param owner what the entries of the first row are relative to; `ownerStep`: how much further for each next row
   */
  block({ start, entries }: Rows, first: number, count: number, owner: number, ownerStep: 0 | 1) {
    this.blocks.uint64(this.rows.length)
    let at = this.rows.room(BLOCK_ROOM)
    const { bytes } = this.rows
    const { filled } = this
    let filledCount = 0
    let hasWide = false
    for (let i = first; i < first + count; i++) {
      const length = start[i + 1] - start[i]
      if (length < 128) bytes[at++] = length
      else at = putVarint(bytes, at, length)
      hasWide ||= length > WIDE_ROW
      // without a jump, which nobody could foresee; the loop below goes past empty rows without one, too
      filled[filledCount] = i - first
      filledCount += -length >>> 31
    }
    if (hasWide) at = this.mixedRows(at, { start, entries }, first, count, owner, ownerStep)
    else at = putRows(bytes, at, { start, entries }, first, filled, filledCount, owner, ownerStep)
    this.rows.at = at
  }

  /**
   * Begins a block for whoever puts its rows there himself, none of them wide: first one byte per row, its length, then the entries.
   * @returns where the first byte goes in `bytes`
   */
  begin(): number {
    this.blocks.uint64(this.rows.length)
    return this.rows.room(BLOCK_ROOM)
  }

  get bytes(): Uint8Array {
    return this.rows.bytes
  }

  /** @param at the place behind the last entry of a block that was begun */
  end(at: number) {
    this.rows.at = at
  }

  /** The rows of a block some of which are wide. @returns the place behind them */
  private mixedRows(place: number, rows: Rows, first: number, count: number, owner: number, ownerStep: 0 | 1): number {
    let at = place
    for (let i = 0; i < count; i++) {
      const [from, to] = [rows.start[first + i], rows.start[first + i + 1]]
      if (to - from > WIDE_ROW) at = this.wideRow(at, owner + i * ownerStep, rows.entries, from, to)
      else at = putEntries(this.rows.bytes, at, owner + i * ownerStep, rows.entries, from, to)
    }
    return at
  }

  /** @returns the place behind the number of its first chunk */
  private wideRow(at: number, owner: number, entries: Uint32Array, from: number, to: number): number {
    const end = putVarint(this.rows.bytes, at, this.chunkCount)
    for (let i = from; i < to; i += WIDE_CHUNK) {
      this.chunks.uint64(this.wide.length)
      this.chunkCount++
      const place = this.wide.room(WIDE_CHUNK * LONGEST_ENTRY)
      this.wide.at = putEntries(this.wide.bytes, place, owner, entries, i, Math.min(to, i + WIDE_CHUNK))
    }
    return end
  }
}

/**
 * Rows of a block none of which is wide.
 * @param filled rows that have entries, counted from `first`; so many of them
 * @returns the place behind the last one
 */
function putRows(
  bytes: Uint8Array,
  place: number,
  { start, entries }: Rows,
  first: number,
  filled: Uint8Array,
  filledCount: number,
  owner: number,
  ownerStep: 0 | 1,
): number {
  let at = place
  let entry = start[first]
  for (let k = 0; k < filledCount; k++) {
    const i = filled[k]
    const end = start[first + i + 1]
    let previous = owner + i * ownerStep
    do {
      const to = entries[entry++]
      const step = zigzag(to - previous)
      previous = to
      // nearly all steps take one byte or two
      if (step < 128) bytes[at++] = step
      else if (step < 16_384) {
        bytes[at] = step | 128
        bytes[at + 1] = step >>> 7
        at += 2
      } else at = putVarint(bytes, at, step)
    } while (entry < end)
  }
  return at
}

/** A row, relative to its owner. @returns the place behind its last entry */
export function putEntries(
  bytes: Uint8Array,
  place: number,
  owner: number,
  entries: Uint32Array,
  from: number,
  to: number,
): number {
  let at = place
  let previous = owner
  for (let i = from; i < to; i++) {
    const entry = entries[i]
    const step = zigzag(entry - previous)
    previous = entry
    if (step < 128) bytes[at++] = step
    else at = putVarint(bytes, at, step)
  }
  return at
}
