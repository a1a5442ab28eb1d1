/**
 * Columns of unsigned integers below 2^53 that differ little from their neighbours. In blocks of PACKED_BLOCK values; two sections:
 *
 *   name          the values of each block less the least of them, in 1, 2, 4 or (float64) 8 bytes each, as the largest needs;
 *                 so no value straddles a page. The last block is filled up with zeros.
 *   name.blocks   per block: its least value, where it starts, bytes per value.
 *
 * There is no call and hardly a jump per value, which is all that makes it quick.
 */
import { PACKED_BLOCK, PACKED_ENTRY, type PackedName } from './format.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'

type Width = 1 | 2 | 4 | 8

export class PackedWriter {
  private readonly data: SectionWriter
  private readonly blocks: SectionWriter
  /** Values that wait for the rest of their block: the first `waiting`. */
  private readonly pending = new Float64Array(PACKED_BLOCK)
  private waiting = 0
  /** Of the bytes of `data`, which grow. */
  private bytes: Uint8Array<ArrayBuffer>
  private halves: Uint16Array
  private words: Uint32Array
  private floats: Float64Array
  /** An entry of `blocks`. */
  private readonly entry = new DataView(new ArrayBuffer(PACKED_ENTRY))
  private readonly entryBytes = new Uint8Array(this.entry.buffer)

  constructor(pages: PageWriter, name: PackedName) {
    this.data = pages.section(name)
    this.blocks = pages.section(`${name}.blocks`)
    this.bytes = this.data.bytes
    this.halves = new Uint16Array(this.bytes.buffer)
    this.words = new Uint32Array(this.bytes.buffer)
    this.floats = new Float64Array(this.bytes.buffer)
  }

  /** Appends the values in the places from … to − 1. */
  append(values: Uint32Array | Float64Array, from = 0, to = values.length) {
    const first = this.complete(values, from, to)
    const rest = first + Math.floor((to - first) / PACKED_BLOCK) * PACKED_BLOCK
    // each kind of array has code of its own: one for both would ask for every value which it is
    if (values instanceof Uint32Array) for (let i = first; i < rest; i += PACKED_BLOCK) this.putWords(values, i)
    else for (let i = first; i < rest; i += PACKED_BLOCK) this.putFloats(values, i, PACKED_BLOCK)
    for (let i = rest; i < to; i++) this.pending[this.waiting++] = values[i]
  }

  /** Writes the last block. Nothing can be appended any more. */
  close() {
    if (this.waiting > 0) this.putFloats(this.pending, 0, this.waiting)
    this.waiting = 0
  }

  /** Fills the block that was begun. @returns the place of the first value that does not belong to it */
  private complete(values: Uint32Array | Float64Array, from: number, to: number): number {
    if (this.waiting === 0) return from
    const end = Math.min(to, from + PACKED_BLOCK - this.waiting)
    for (let i = from; i < end; i++) this.pending[this.waiting++] = values[i]
    if (this.waiting === PACKED_BLOCK) {
      this.putFloats(this.pending, 0, PACKED_BLOCK)
      this.waiting = 0
    }
    return end
  }

  /** Writes a block. */
  private putWords(values: Uint32Array, from: number) {
    let least = values[from]
    let most = least
    for (let i = from + 1; i < from + PACKED_BLOCK; i++) {
      const value = values[i]
      if (value < least) least = value
      if (value > most) most = value
    }
    const width = widthOf(most - least)
    const at = this.begin(least, width) / width
    const { bytes, halves, words } = this
    if (width === 1) for (let i = 0; i < PACKED_BLOCK; i++) bytes[at + i] = (values[from + i] - least) | 0
    else if (width === 2) for (let i = 0; i < PACKED_BLOCK; i++) halves[at + i] = (values[from + i] - least) | 0
    else for (let i = 0; i < PACKED_BLOCK; i++) words[at + i] = (values[from + i] - least) | 0
  }

  /** Writes a block, of which there may be less than a whole one. */
  private putFloats(values: Float64Array, from: number, count: number) {
    let least = values[from]
    let most = least
    for (let i = from + 1; i < from + count; i++) {
      least = Math.min(least, values[i])
      most = Math.max(most, values[i])
    }
    const width = widthOf(most - least)
    const at = this.begin(least, width) / width
    const target = { 1: this.bytes, 2: this.halves, 4: this.words, 8: this.floats }[width]
    for (let i = 0; i < count; i++) target[at + i] = values[from + i] - least
    target.fill(0, at + count, at + PACKED_BLOCK)
  }

  /** Begins a block. @returns where it goes in the bytes of `data` */
  private begin(least: number, width: Width): number {
    const { data, entry } = this
    const at = data.room(PACKED_BLOCK * width)
    if (data.bytes !== this.bytes) {
      this.bytes = data.bytes
      this.halves = new Uint16Array(this.bytes.buffer)
      this.words = new Uint32Array(this.bytes.buffer)
      this.floats = new Float64Array(this.bytes.buffer)
    }
    entry.setFloat64(0, least, true)
    entry.setUint32(8, data.length / PACKED_BLOCK, true)
    entry.setUint32(12, width, true)
    this.blocks.put(this.entryBytes)
    data.at = at + PACKED_BLOCK * width
    return at
  }
}

function widthOf(largest: number): Width {
  if (largest < 2 ** 8) return 1
  if (largest < 2 ** 16) return 2
  return largest < 2 ** 32 ? 4 : 8
}
