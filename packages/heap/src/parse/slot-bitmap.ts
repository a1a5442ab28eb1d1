/**
 * Which 8-byte slots of the heap hold an object, noted while one thread reads its part of the dump.
 * One bit per slot in pages that cover 1 MiB of addresses each: 16 KiB a page, 0.4–1 byte per object on real heaps.
 */

/** Slots of a page / 32. */
export const PAGE_WORDS = 4096
/** Bytes of the heap that a page covers, as a power of two. */
export const PAGE_SHIFT = 20
/** Number of pages below 4 GiB: what one step of an id's high half is worth. */
export const PAGES_PER_HIGH = 4096
const CHUNK_PAGES = 8

/** The pages of one bitmap; transferable between threads. */
export interface SlotPages {
  /** Page number (address / 1 MiB) of each page, in the order of their making. */
  readonly numbers: Float64Array
  /** The words of the pages, CHUNK_PAGES pages to a chunk. */
  readonly chunks: readonly Uint32Array[]
}

export class SlotBitmap {
  objects = 0
  /** Objects whose id is no multiple of 8: they have no slot. */
  unaligned = 0
  /** Ids that were already there. */
  duplicates = 0
  /** Too few objects to a page for a bitmap to pay; pages are no longer made. */
  sparse = false
  private readonly pageOf = new Map<number, Uint32Array>()
  private readonly chunks: Uint32Array[] = []
  private readonly numbers: number[] = []
  private page = -1
  private words: Uint32Array = new Uint32Array(PAGE_WORDS)

  /** @param high and @param low halves of an id, signed or unsigned; 0 is not an object. */
  add(high: number, low: number): void {
    this.objects++
    const page = (high >>> 0) * PAGES_PER_HIGH + (low >>> PAGE_SHIFT)
    if (page !== this.page) this.select(page)
    if ((low & 7) !== 0) this.unaligned++
    const word = (low >>> 8) & (PAGE_WORDS - 1)
    const bit = 1 << ((low >>> 3) & 31)
    const bits = this.words[word]
    if ((bits & bit) !== 0) this.duplicates++
    this.words[word] = bits | bit
  }

  pages(): SlotPages {
    return { numbers: Float64Array.from(this.numbers), chunks: this.chunks }
  }

  private select(page: number): void {
    this.page = page
    const known = this.pageOf.get(page)
    if (known !== undefined) {
      this.words = known
      return
    }
    // 16 KiB a page against about 10 bytes per object for the alternative, a sorted list; small dumps never mind
    if (this.numbers.length > 4096 + this.objects / 512) this.sparse = true
    if (this.sparse) return
    const at = this.numbers.length % CHUNK_PAGES
    if (at === 0) this.chunks.push(new Uint32Array(CHUNK_PAGES * PAGE_WORDS))
    this.words = this.chunks[this.chunks.length - 1].subarray(at * PAGE_WORDS, (at + 1) * PAGE_WORDS)
    this.pageOf.set(page, this.words)
    this.numbers.push(page)
  }
}

/** @returns the words of the page with this position in `pages.numbers`. */
export function pageWords(pages: SlotPages, position: number): Uint32Array {
  const at = (position % CHUNK_PAGES) * PAGE_WORDS
  return pages.chunks[Math.floor(position / CHUNK_PAGES)].subarray(at, at + PAGE_WORDS)
}
