/** Reads what row-writer.ts wrote. */
import { ROW_BLOCK, WIDE_CHUNK, WIDE_ROW } from './format.ts'
import type { Section } from './section.ts'
import { VarintReader } from './varint.ts'

export interface RowSections {
  readonly rows: Section
  readonly blocks: Section
  readonly wide: Section
  readonly chunks: Section
}

export class RowReader {
  private readonly sections: RowSections
  private readonly rowCount: number
  private readonly varints = new VarintReader()

  constructor(sections: RowSections, rowCount: number) {
    this.sections = sections
    this.rowCount = rowCount
  }

  /** Entries of a row; 0 for rows behind the last one. */
  count(row: number): number {
    return this.find(row)
  }

  /**
   * Entries offset … offset + limit − 1 of a row, as far as it goes.
   * @param owner as it was given to the writer
   */
  read(row: number, owner: number, offset: number, limit: number): Uint32Array {
    const count = this.find(row)
    const from = Math.min(offset, count)
    const result = new Uint32Array(Math.min(limit, count - from))
    if (result.length === 0) return result
    if (count > WIDE_ROW) this.readWide(this.varints.next(), owner, from, count, result)
    else readEntries(this.varints, owner, from, result)
    return result
  }

  /**
   * Calls `visit` for each of the rows from … to − 1, wide ones behind the others of their block. Much faster than reading
   * rows one by one. The entries stand in the array from `start` to `end` − 1, and only until `visit` returns; their owner is the row.
   */
  scan(from: number, to: number, visit: (row: number, entries: Uint32Array, start: number, end: number) => void): void {
    const counts = new Uint32Array(ROW_BLOCK)
    const entries = new Uint32Array(ROW_BLOCK * WIDE_ROW)
    const last = Math.min(to, this.rowCount)
    for (let first = from - (from % ROW_BLOCK); first < last; first += ROW_BLOCK) {
      const rows = Math.min(ROW_BLOCK, this.rowCount - first)
      this.decodeBlock(first, rows, counts, entries)
      for (let i = 0, at = 0; i < rows; i++) {
        const row = first + i
        const isWide = counts[i] > WIDE_ROW
        const end = at + (isWide ? 0 : counts[i])
        if (!isWide && row >= from && row < last) visit(row, entries, at, end)
        at = end
      }
      for (let i = 0; i < rows; i++) {
        const row = first + i
        if (counts[i] <= WIDE_ROW || row < from || row >= last) continue
        const wide = this.read(row, row, 0, Infinity)
        visit(row, wide, 0, wide.length)
      }
    }
  }

  /** The first entries of the rows from … on, 0 for rows without any. Faster still than `scan`: the other entries are skipped. */
  readFirsts(from: number, target: Uint32Array): void {
    const counts = new Uint32Array(ROW_BLOCK)
    const last = Math.min(from + target.length, this.rowCount)
    for (let first = from - (from % ROW_BLOCK); first < last; first += ROW_BLOCK) {
      const rows = Math.min(ROW_BLOCK, this.rowCount - first)
      this.decodeFirsts(first, rows, counts, target, from)
      for (let i = 0; i < rows; i++) {
        const row = first + i
        if (counts[i] > WIDE_ROW && row >= from && row < last) target[row - from] = this.read(row, row, 0, 1)[0]
      }
    }
  }

  /** Of wide rows there is nothing. The numbers are read here, all of 32 bits: a call for each takes longer than reading it. */
  private decodeFirsts(firstRow: number, rows: number, counts: Uint32Array, target: Uint32Array, from: number) {
    this.locateBlock(Math.floor(firstRow / ROW_BLOCK))
    const { bytes } = this.varints
    let { at } = this.varints
    for (let i = 0; i < rows; i++) {
      let byte = bytes[at++]
      let count = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++]
        count |= (byte & 127) << shift
      }
      counts[i] = count
    }
    for (let i = 0; i < rows; i++) {
      const place = firstRow + i - from
      const isWanted = place >= 0 && place < target.length
      if (counts[i] === 0) {
        if (isWanted) target[place] = 0
        continue
      }
      let byte = bytes[at++]
      let value = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++]
        value |= (byte & 127) << shift
      }
      if (counts[i] > WIDE_ROW) continue
      if (isWanted) target[place] = firstRow + i + ((value >>> 1) ^ -(value & 1))
      for (let left = counts[i] - 1; left > 0;) if (bytes[at++] < 128) left--
    }
  }

  /** All rows of a block one behind the other; of wide ones there is nothing. */
  private decodeBlock(firstRow: number, rows: number, counts: Uint32Array, entries: Uint32Array) {
    const { varints } = this
    this.locateBlock(Math.floor(firstRow / ROW_BLOCK))
    for (let i = 0; i < rows; i++) counts[i] = varints.next()
    for (let i = 0, at = 0; i < rows; i++) {
      if (counts[i] > WIDE_ROW) {
        varints.skip(1)
        continue
      }
      let index = firstRow + i
      for (const end = at + counts[i]; at < end; at++) {
        index += varints.nextSigned()
        entries[at] = index
      }
    }
  }

  private locateBlock(block: number) {
    const { rows, blocks } = this.sections
    const from = blocks.uint64(block)
    const to = (block + 1) * 8 < blocks.length ? blocks.uint64(block + 1) : rows.length
    const start = rows.locate(from, to)
    this.varints.start(rows.bytes, start)
  }

  /** Moves to the first entry of a row. @returns how many it has */
  private find(row: number): number {
    if (row >= this.rowCount) return 0
    const { varints } = this
    const block = Math.floor(row / ROW_BLOCK)
    const firstRow = block * ROW_BLOCK
    this.locateBlock(block)
    let entriesBefore = 0
    for (let i = firstRow; i < row; i++) {
      const count = varints.next()
      entriesBefore += count > WIDE_ROW ? 1 : count
    }
    const count = varints.next()
    varints.skip(Math.min(ROW_BLOCK, this.rowCount - firstRow) - (row - firstRow) - 1 + entriesBefore)
    return count
  }

  private readWide(firstChunk: number, owner: number, from: number, count: number, result: Uint32Array) {
    const { wide, chunks } = this.sections
    for (let done = 0; done < result.length;) {
      const offset = from + done
      const inChunk = offset % WIDE_CHUNK
      const chunk = firstChunk + Math.floor(offset / WIDE_CHUNK)
      const start = chunks.uint64(chunk)
      const end = (chunk + 1) * 8 < chunks.length ? chunks.uint64(chunk + 1) : wide.length
      const length = Math.min(result.length - done, WIDE_CHUNK - inChunk, count - offset)
      const at = wide.locate(start, end)
      this.varints.start(wide.bytes, at)
      readEntries(this.varints, owner, inChunk, result.subarray(done, done + length))
      done += length
    }
  }
}

/** Decodes entries from … of the row or chunk that starts here. */
function readEntries(varints: VarintReader, owner: number, from: number, result: Uint32Array) {
  let index = owner
  for (let i = 0; i < from; i++) index += varints.nextSigned()
  for (let i = 0; i < result.length; i++) {
    index += varints.nextSigned()
    result[i] = index
  }
}
