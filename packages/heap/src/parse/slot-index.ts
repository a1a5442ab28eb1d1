import type { IdMap } from '../parsed-heap.ts'
import { PAGES_PER_HIGH, PAGE_SHIFT, PAGE_WORDS, type SlotPages, pageWords } from './slot-bitmap.ts'

/**
 * Id → rank by a bitmap of heap slots with interleaved ranks: two look-ups and a population count (about 5 ns),
 * 8 bytes per 256 bytes of heap (1–3 bytes per object), and a reference to no object is noticed for free.
 * Can be shared between threads.
 */
export interface SlotIndexData {
  readonly kind: 'slots'
  readonly count: number
  /** Page number of `directory[0]`. */
  readonly basePage: number
  /** Page number − basePage → first entry of the page in `table`; 0, the empty page, where no object is. */
  readonly directory: Uint32Array
  /** Ascending page numbers. */
  readonly numbers: Float64Array
  /**
   * An empty page, then those of `numbers`. Page × PAGE_WORDS words of two entries: bits of 32 slots, rank of the
   * first object among or after them.
   */
  readonly table: Uint32Array
}

/** Pages that the directory can span: 16 TiB of addresses. It takes memory only where it is written. */
const MOST_SPAN = 1 << 24
/** Page numbers are 32-bit integers: ids below 2⁵¹, 128 times what JVMs use. */
const HIGH_BITS = 19
const HIGH_SHIFT = 32 - PAGE_SHIFT
const PAGE_ENTRIES = PAGE_WORDS * 2
/** Takes the entry of a word inside of its page from an id shifted right by 7. */
const ENTRY_MASK = PAGE_ENTRIES - 2

/** @returns undefined when the ids spread too wide for a directory, or over more than 512 GiB. */
export function buildSlotIndex(
  parts: readonly SlotPages[],
  allocate: (bytes: number) => ArrayBufferLike,
): { readonly data: SlotIndexData; readonly duplicates: number } | undefined {
  const numbers = mergedNumbers(parts)
  const basePage = numbers.length === 0 ? 0 : numbers[0]
  const last = numbers.length === 0 ? 0 : numbers[numbers.length - 1]
  const span = last - basePage + 1
  if (span > MOST_SPAN || last >= 2 ** (HIGH_BITS + HIGH_SHIFT)) return undefined
  // entries of the table are numbered in 32 bits
  if ((numbers.length + 1) * PAGE_ENTRIES > 2 ** 32) return undefined
  const directory = new Uint32Array(allocate(span * 4))
  numbers.forEach((number, page) => (directory[number - basePage] = (page + 1) * PAGE_ENTRIES))
  const table = new Uint32Array(allocate((numbers.length + 1) * PAGE_ENTRIES * 4))
  let duplicates = 0
  for (const part of parts) {
    for (let position = 0; position < part.numbers.length; position++) {
      duplicates += mergePage(table, directory[part.numbers[position] - basePage], pageWords(part, position))
    }
  }
  const count = rankWords(table)
  return { data: { kind: 'slots', count, basePage, directory, numbers, table }, duplicates }
}

function mergedNumbers(parts: readonly SlotPages[]): Float64Array {
  const all = new Set<number>()
  for (const part of parts) for (const number of part.numbers) all.add(number)
  return Float64Array.from(all).toSorted()
}

/** @returns how many objects were in both. */
function mergePage(table: Uint32Array, at: number, words: Uint32Array): number {
  let both = 0
  for (let word = 0; word < PAGE_WORDS; word++) {
    const bits = words[word]
    if (bits === 0) continue
    const before = table[at + word * 2]
    both += popcount(before & bits)
    table[at + word * 2] = before | bits
  }
  return both
}

/** Rank 0 is the boot loader's pseudo object, so the first real object has rank 1. @returns the number of objects. */
function rankWords(table: Uint32Array): number {
  let rank = 1
  for (let at = PAGE_ENTRIES; at < table.length; at += 2) {
    table[at + 1] = rank
    rank += popcount(table[at])
  }
  return rank
}

/** Bits that are set: the usual sum of ever wider fields (Warren, "Hacker's Delight", §5-1). */
export function popcount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export class SlotIndex implements IdMap {
  readonly count: number
  readonly data: SlotIndexData
  private readonly basePage: number
  private readonly directory: Uint32Array
  private readonly table: Uint32Array

  constructor(data: SlotIndexData) {
    this.data = data
    this.count = data.count
    this.basePage = data.basePage
    this.directory = data.directory
    this.table = data.table
  }

  /** Halves may be signed or unsigned. */
  rankOf(high: number, low: number): number {
    const page = ((high << HIGH_SHIFT) | (low >>> PAGE_SHIFT)) - this.basePage
    const id = high | low
    // 0 for the id 0, else −1, without a comparison that V8 would not have seen when it compiles the loops of the passes
    const none = (id | -id) >> 31
    if (page >>> 0 >= this.directory.length || high >>> HIGH_BITS !== 0) return none
    const at = this.directory[page] + ((low >>> 7) & ENTRY_MASK)
    const bits = this.table[at]
    const slot = (low >>> 3) & 31
    if (((bits >>> slot) & 1) === 0 || (low & 7) !== 0) return none
    return this.table[at + 1] + popcount(bits & ((1 << slot) - 1))
  }

  idOf(rank: number): bigint {
    const highs = new Uint32Array(1)
    const lows = new Uint32Array(1)
    this.idsInto(rank, highs, lows)
    return (BigInt(highs[0]) << 32n) | BigInt(lows[0])
  }

  idsInto(from: number, highs: Uint32Array, lows: Uint32Array): void {
    let filled = 0
    let rank = from
    if (from === 0 && highs.length > 0) {
      highs[0] = lows[0] = 0
      filled = rank = 1
    }
    if (filled === highs.length) return
    const { table } = this
    let place = { high: 0, base: 0 }
    let pageWord = -1
    for (let word = this.wordOf(rank); filled < highs.length; word++) {
      if (pageWord < 0 || word % PAGE_WORDS === 0) {
        pageWord = word - (word % PAGE_WORDS)
        place = this.placeOf(pageWord / PAGE_WORDS)
      }
      const base = place.base + ((word - pageWord) << 8)
      let bits = table[word * 2]
      let first = table[word * 2 + 1]
      for (; bits !== 0 && filled < highs.length; first++) {
        const slot = 31 - Math.clz32(bits & -bits)
        bits &= bits - 1
        if (first < rank) continue
        highs[filled] = place.high
        lows[filled++] = base | (slot << 3)
      }
      rank = Math.max(rank, first)
    }
  }

  /** Halves of the first address of a page of the table. */
  private placeOf(page: number): { readonly high: number; readonly base: number } {
    const number = this.data.numbers[page - 1]
    return { high: Math.floor(number / PAGES_PER_HIGH), base: (number % PAGES_PER_HIGH) << PAGE_SHIFT }
  }

  /** The last word whose rank is not above `rank`, by halving. */
  private wordOf(rank: number): number {
    let from = PAGE_WORDS
    let to = this.table.length / 2
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2)
      if (this.table[middle * 2 + 1] <= rank) from = middle
      else to = middle
    }
    return from
  }
}
