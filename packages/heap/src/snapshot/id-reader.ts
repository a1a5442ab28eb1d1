/** Ids by rank, and ranks by id. */
import { PAGE_SHIFT, PAGE_WORDS } from '../parse/slot-bitmap.ts'
import { popcount } from '../parse/slot-index.ts'
import { ID_BLOCK } from './format.ts'
import type { Section } from './section.ts'

export interface IdReader {
  idOf(rank: number): bigint
  /** @param id of 64 bits. @returns −1 when there is no such object */
  rankOf(id: bigint): number
  /** Those of the ranks from, from + 1, … */
  read(from: number, target: BigUint64Array): void
}

const PAGE_BYTES = 2 ** PAGE_SHIFT
/** Bytes of the heap that one word of 32 slots of 8 bytes stands for. */
const WORD_BYTES = 256

/**
 * Ids as a bitmap of heap slots with interleaved ranks: pages of words of two entries, the bits of 32 slots and
 * the rank of the first object among or after them. The first page is empty; rank 0 is the id 0 and has no slot.
 */
export class SlotIds implements IdReader {
  private readonly slots: Section
  private readonly pages: Section
  private readonly starts: Section
  /** Page → address / PAGE_BYTES, ascending; read on first use. */
  private numbers: Float64Array | undefined

  constructor(slots: Section, pages: Section, starts: Section) {
    this.slots = slots
    this.pages = pages
    this.starts = starts
  }

  idOf(rank: number): bigint {
    if (rank === 0) return 0n
    const word = this.wordOf(rank)
    let bits = this.slots.uint32(word * 2)
    for (let left = rank - this.slots.uint32(word * 2 + 1); left > 0; left--) bits &= bits - 1
    return BigInt(this.addressOf(word) + slotOf(bits) * 8)
  }

  rankOf(id: bigint): number {
    if (id === 0n) return 0
    const address = Number(id)
    if (address > Number.MAX_SAFE_INTEGER || address % 8 !== 0) return -1
    const inPage = address % PAGE_BYTES
    const page = this.pageOf((address - inPage) / PAGE_BYTES)
    if (page < 0) return -1
    const word = page * PAGE_WORDS + Math.floor(inPage / WORD_BYTES)
    const bits = this.slots.uint32(word * 2)
    const bit = 1 << ((inPage % WORD_BYTES) / 8)
    return (bits & bit) === 0 ? -1 : this.slots.uint32(word * 2 + 1) + popcount(bits & (bit - 1))
  }

  read(from: number, target: BigUint64Array) {
    const halves = new Uint32Array(target.buffer, target.byteOffset, target.length * 2)
    const end = from + target.length
    let rank = from
    if (rank === 0 && rank < end) target[rank++] = 0n
    if (rank === end) return
    for (let word = this.wordOf(rank); rank < end; word++) {
      let bits = this.slots.uint32(word * 2)
      if (bits === 0) continue
      const first = this.slots.uint32(word * 2 + 1)
      const address = this.addressOf(word)
      const [low, high] = [address % 2 ** 32, Math.floor(address / 2 ** 32)]
      for (let skipped = rank - first; skipped > 0; skipped--) bits &= bits - 1
      for (; bits !== 0 && rank < end; rank++) {
        halves[(rank - from) * 2] = low + slotOf(bits) * 8
        halves[(rank - from) * 2 + 1] = high
        bits &= bits - 1
      }
    }
  }

  /** The word that holds a rank: the last one whose rank is not above it. */
  private wordOf(rank: number): number {
    const block = Math.floor(rank / ID_BLOCK)
    let from = this.starts.uint32(block)
    const isLast = (block + 1) * 4 >= this.starts.length
    let to = isLast ? this.slots.length / 8 : this.starts.uint32(block + 1) + 1
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2)
      if (this.slots.uint32(middle * 2 + 1) <= rank) from = middle
      else to = middle
    }
    return from
  }

  /** @returns what the first of the slots of a word stands for */
  private addressOf(word: number): number {
    const inPage = word % PAGE_WORDS
    return this.pageNumbers()[(word - inPage) / PAGE_WORDS - 1] * PAGE_BYTES + inPage * WORD_BYTES
  }

  /** @returns the page with a number, or −1 */
  private pageOf(number: number): number {
    const numbers = this.pageNumbers()
    let from = 0
    let to = numbers.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (numbers[middle] < number) from = middle + 1
      else to = middle
    }
    return numbers[from] === number ? from + 1 : -1
  }

  private pageNumbers(): Float64Array {
    this.numbers ??= new Float64Array(this.pages.all().buffer)
    return this.numbers
  }
}

/** Ids as they are, ascending. */
export class SortedIds implements IdReader {
  private readonly ids: Section

  constructor(ids: Section) {
    this.ids = ids
  }

  idOf(rank: number): bigint {
    return (BigInt(this.ids.uint32(rank * 2 + 1)) << 32n) | BigInt(this.ids.uint32(rank * 2))
  }

  rankOf(id: bigint): number {
    const [high, low] = [Number(id >> 32n), Number(id & 0xffffffffn)]
    let from = 0
    let to = this.ids.length / 8
    while (from < to) {
      const middle = Math.floor((from + to) / 2)
      const middleHigh = this.ids.uint32(middle * 2 + 1)
      const difference = middleHigh === high ? this.ids.uint32(middle * 2) - low : middleHigh - high
      if (difference === 0) return middle
      if (difference < 0) from = middle + 1
      else to = middle
    }
    return -1
  }

  read(from: number, target: BigUint64Array) {
    this.ids.copyWords(from * 2, new Uint32Array(target.buffer, target.byteOffset, target.length * 2))
  }
}

/** The lowest bit that is set. */
function slotOf(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
