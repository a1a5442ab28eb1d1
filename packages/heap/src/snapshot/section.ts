/** Random access to the bytes of one section, across its pages. */
import { PAGE, PAGE_SHIFT, type SectionEntry } from './format.ts'
import type { PageCache } from './page-cache.ts'

const NOTHING = new Uint8Array(0)

/** Bytes below 2^31 in page arithmetic would not do: sections can be larger, so offsets are divided, not shifted. */
export class Section {
  readonly length: number
  private readonly cache: PageCache
  private readonly firstEntry: number
  /** The page that was used last, and its slot, if it still holds it. */
  private lastEntry = -1
  private lastSlot = 0
  private scratch = NOTHING
  /** Where the bytes of the last `locate` lie. */
  bytes: Uint8Array

  constructor(cache: PageCache, { length, firstEntry }: SectionEntry) {
    this.cache = cache
    this.length = length
    this.firstEntry = firstEntry
    this.bytes = cache.bytes
  }

  uint8(offset: number): number {
    return this.cache.bytes[this.place(offset)]
  }

  uint16(index: number): number {
    const at = this.place(index * 2)
    return this.cache.bytes[at] | (this.cache.bytes[at + 1] << 8)
  }

  uint32(index: number): number {
    return this.cache.words[this.place(index * 4) >>> 2]
  }

  /** Below 2^53. */
  uint64(index: number): number {
    const word = this.place(index * 8) >>> 2
    return this.cache.words[word] + this.cache.words[word + 1] * 2 ** 32
  }

  /**
   * Makes the bytes from … to − 1 readable in `bytes`, until the next call on any section.
   * @returns where they start there
   */
  locate(from: number, to: number): number {
    const inPage = from % PAGE
    if (inPage + (to - from) <= PAGE) {
      this.bytes = this.cache.bytes
      return this.place(from)
    }
    if (to - from > this.scratch.length) this.scratch = new Uint8Array((to - from) * 2)
    this.bytes = this.scratch
    this.copy(from, this.scratch.subarray(0, to - from))
    return 0
  }

  /** Fills `target` from `from` on. */
  copy(from: number, target: Uint8Array) {
    for (let done = 0; done < target.length;) {
      const at = this.place(from + done)
      const count = Math.min(target.length - done, PAGE - (at % PAGE))
      target.set(this.cache.bytes.subarray(at, at + count), done)
      done += count
    }
  }

  /** All of it, for the small tables. */
  all(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.length)
    this.copy(0, bytes)
    return bytes
  }

  /** Place of a byte in the cache. */
  private place(offset: number): number {
    const page = Math.floor(offset / PAGE)
    const entry = this.firstEntry + page
    if (entry !== this.lastEntry || this.cache.entryOf[this.lastSlot] !== entry) {
      this.lastSlot = this.cache.slot(entry)
      this.lastEntry = entry
    }
    return (this.lastSlot << PAGE_SHIFT) + (offset - page * PAGE)
  }
}
