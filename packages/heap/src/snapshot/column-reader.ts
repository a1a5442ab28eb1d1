/** Reads the columns by index and by rank: classes, and those stored in blocks, addresses, sizes and dominators. */
import { ADDRESS_BLOCK, OBJECT_BLOCK } from './format.ts'
import type { Section } from './section.ts'
import { VarintReader } from './varint.ts'

/** Objects that most scans ask for at once. */
const SCANNED = 65_536

/** Class numbers by index. */
export class ClassReader {
  private readonly column: Section
  private readonly width: 2 | 4
  /** For scans of no more than SCANNED objects: new buffers for each part would keep the garbage collector busy. */
  private readonly scratch = new ArrayBuffer(SCANNED * 4)
  private readonly numbers = new Uint32Array(SCANNED)

  constructor(column: Section, width: 2 | 4) {
    this.column = column
    this.width = width
  }

  at(index: number): number {
    return this.width === 2 ? this.column.uint16(index) : this.column.uint32(index)
  }

  read(from: number, target: Uint32Array) {
    const { length } = target
    const bytes = length <= SCANNED ? this.scratch : new ArrayBuffer(length * this.width)
    this.column.copy(from * this.width, new Uint8Array(bytes, 0, length * this.width))
    target.set(this.width === 2 ? new Uint16Array(bytes, 0, length) : new Uint32Array(bytes, 0, length))
  }

  /** Of `count` objects, until this is called again. */
  readOnce(from: number, count: number): Uint32Array {
    const numbers = count <= SCANNED ? this.numbers.subarray(0, count) : new Uint32Array(count)
    this.read(from, numbers)
    return numbers
  }
}

/** Ids and dump positions by rank. */
export class AddressReader {
  private readonly data: Section
  private readonly blocks: Section
  private readonly count: number
  private readonly varints = new VarintReader()
  /** The rank that was read last, unless another one was looked for since. */
  private lastRank = -1
  /** Of that rank. */
  high = 0
  low = 0
  position = 0

  constructor(data: Section, blocks: Section, count: number) {
    this.data = data
    this.blocks = blocks
    this.count = count
  }

  /** Reads id and position of a rank into `high`, `low` and `position`. */
  read(rank: number) {
    if (rank === this.lastRank) return
    const block = Math.floor(rank / ADDRESS_BLOCK)
    this.startBlock(block)
    for (let left = rank - block * ADDRESS_BLOCK; left > 0; left--) this.step()
    this.lastRank = rank
  }

  /** Reads the ranks from … to − 1 one after the other. `visit` must not read from the snapshot. */
  scan(from: number, to: number, visit: (rank: number) => void) {
    if (from < 0 || to > this.count) throw new RangeError(`objects ${from} to ${to} of ${this.count}`)
    this.lastRank = -1
    for (let rank = from; rank < to; rank++) {
      if (rank === from || rank % ADDRESS_BLOCK === 0) this.read(rank)
      else this.step()
      visit(rank)
    }
    this.lastRank = -1
  }

  /** @returns the rank of an id, or −1 */
  rankOf(high: number, low: number): number {
    let first = 0
    let end = this.blocks.length / 16
    while (end - first > 1) {
      const middle = (first + end) >>> 1
      const middleHigh = this.blocks.uint32(middle * 4 + 1)
      const isAfter = middleHigh === high ? this.blocks.uint32(middle * 4) > low : middleHigh > high
      if (isAfter) end = middle
      else first = middle
    }
    if (end === 0) return -1
    this.startBlock(first)
    const start = first * ADDRESS_BLOCK
    const last = Math.min(ADDRESS_BLOCK, this.count - start) - 1
    for (let i = 0; ; i++) {
      if (this.high === high && this.low === low) return start + i
      if (i === last) return -1
      this.step()
    }
  }

  private startBlock(block: number) {
    this.lastRank = -1
    this.low = this.blocks.uint32(block * 4)
    this.high = this.blocks.uint32(block * 4 + 1)
    const from = this.blocks.uint64(block * 2 + 1)
    const isLast = (block + 1) * 16 >= this.blocks.length
    const to = isLast ? this.data.length : this.blocks.uint64(block * 2 + 3)
    const at = this.data.locate(from, to)
    this.varints.start(this.data.bytes, at)
    this.position = this.varints.next()
  }

  /** Goes on to the next rank of the block. */
  private step() {
    const code = this.varints.next()
    if (code === 1) {
      this.high = this.varints.next()
      this.low = this.varints.next()
    } else {
      const low = this.low + (code % 2 === 0 ? code * 4 : (code - 1) / 2)
      this.low = low % 2 ** 32
      this.high += Math.floor(low / 2 ** 32)
    }
    this.position += this.varints.nextSigned()
  }
}

/** Array length, retained − shallow size and distance to the immediate dominator, by index. */
export class ObjectReader {
  private readonly data: Section
  private readonly blocks: Section
  private readonly count: number
  private readonly varints = new VarintReader()
  private lastIndex = -1
  /** Of the index that was read last. `extra` in units. */
  length = 0
  extra = 0
  dominatorDistance = 0
  /** Of the block that was read last. */
  readonly lengths = new Uint32Array(OBJECT_BLOCK)
  readonly extras = new Float64Array(OBJECT_BLOCK)
  readonly dominatorDistances = new Uint32Array(OBJECT_BLOCK)

  /** @param count indices, the virtual root included */
  constructor(data: Section, blocks: Section, count: number) {
    this.data = data
    this.blocks = blocks
    this.count = count
  }

  read(index: number) {
    if (index === this.lastIndex) return
    const block = Math.floor(index / OBJECT_BLOCK)
    this.startBlock(block)
    this.varints.skip((index - block * OBJECT_BLOCK) * 3)
    this.step()
    this.lastIndex = index
  }

  /**
   * Reads the whole block that an index lies in, into `lengths`, `extras` and `dominatorDistances`.
   * @returns the index that their first places belong to
   */
  readBlock(index: number): number {
    const block = Math.floor(index / OBJECT_BLOCK)
    const first = block * OBJECT_BLOCK
    this.startBlock(block)
    const { varints, lengths, extras, dominatorDistances } = this
    const { bytes } = varints
    const count = Math.min(OBJECT_BLOCK, this.count - first)
    // Most lengths and sizes besides are of one byte, for which a call would take longest.
    for (let i = 0; i < count; i++) {
      lengths[i] = bytes[varints.at] < 128 ? bytes[varints.at++] : varints.next()
      extras[i] = bytes[varints.at] < 128 ? bytes[varints.at++] : varints.next()
      dominatorDistances[i] = varints.next()
    }
    return first
  }

  private startBlock(block: number) {
    const from = this.blocks.uint64(block)
    const isLast = (block + 1) * 8 >= this.blocks.length
    const at = this.data.locate(from, isLast ? this.data.length : this.blocks.uint64(block + 1))
    this.varints.start(this.data.bytes, at)
  }

  private step() {
    this.length = this.varints.next()
    this.extra = this.varints.next()
    this.dominatorDistance = this.varints.next()
  }
}
