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

/** Values that are packed in one call. */
const STRETCH = 64 * PACKED_BLOCK

export class PackedWriter {
  private readonly data: SectionWriter
  private readonly blocks: SectionWriter
  /** Values that wait for the rest of their block: the first `waiting`. */
  private readonly pending = new Float64Array(PACKED_BLOCK)
  private waiting = 0

  constructor(pages: PageWriter, name: PackedName) {
    this.data = pages.section(name)
    this.blocks = pages.section(`${name}.blocks`)
  }

  /** Appends the values in the places from … to − 1. */
  append(values: Uint32Array | Float64Array, from = 0, to = values.length) {
    const first = this.complete(values, from, to)
    const rest = first + Math.floor((to - first) / PACKED_BLOCK) * PACKED_BLOCK
    for (let i = first; i < rest; i += STRETCH) this.putBlocks(values, i, Math.min(rest, i + STRETCH))
    for (let i = rest; i < to; i++) this.pending[this.waiting++] = values[i]
  }

  /** Writes whole blocks, few enough that V8 compiles this as a function that is called often. */
  private putBlocks(values: Uint32Array | Float64Array, from: number, to: number) {
    // each kind of array has code of its own: one for both would ask for every value which it is
    if (values instanceof Uint32Array) for (let i = from; i < to; i += PACKED_BLOCK) this.putWords(values, i)
    else for (let i = from; i < to; i += PACKED_BLOCK) this.putFloats(values, i, PACKED_BLOCK)
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
      // jumps would be unforeseeable
      least = Math.min(least, values[i])
      most = Math.max(most, values[i])
    }
    const width = widthOf(most - least)
    const at = this.begin(least, width) / width
    const { bytes, halves, words } = this.data
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
    const begin = this.begin(least, width)
    const at = begin / width
    const { bytes, halves, words, floats } = this.data
    if (width === 1) for (let i = 0; i < count; i++) bytes[at + i] = values[from + i] - least
    else if (width === 2) for (let i = 0; i < count; i++) halves[at + i] = values[from + i] - least
    else if (width === 4) for (let i = 0; i < count; i++) words[at + i] = values[from + i] - least
    else for (let i = 0; i < count; i++) floats[at + i] = values[from + i] - least
    if (count < PACKED_BLOCK) bytes.fill(0, begin + count * width, begin + PACKED_BLOCK * width)
  }

  /** Begins a block. @returns where it goes in the bytes of `data` */
  private begin(least: number, width: Width): number {
    const { data, blocks } = this
    const at = data.room(PACKED_BLOCK * width)
    const entry = blocks.room(PACKED_ENTRY)
    blocks.floats[entry >>> 3] = least
    blocks.words[(entry >>> 2) + 2] = data.length / PACKED_BLOCK
    blocks.words[(entry >>> 2) + 3] = width
    blocks.at = entry + PACKED_ENTRY
    data.at = at + PACKED_BLOCK * width
    return at
  }
}

function widthOf(largest: number): Width {
  if (largest < 2 ** 8) return 1
  if (largest < 2 ** 16) return 2
  return largest < 2 ** 32 ? 4 : 8
}
