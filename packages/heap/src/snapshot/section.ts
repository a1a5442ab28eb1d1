/** Random access to the bytes of one section, across its pages. */
import { PAGE, PAGE_SHIFT, type SectionEntry } from './format.ts'
import type { PageCache } from './page-cache.ts'

const WORDS = PAGE / 4
/** So few words are copied more quickly one by one. */
const FEW = 32

/** Bytes below 2^31 in page arithmetic would not do: sections can be larger, so offsets are divided, not shifted. */
export class Section {
  readonly length: number
  /** Whose views hold what `find` found. */
  readonly pages: PageCache
  private readonly firstEntry: number
  /** The page that was used last, and its slot, if it still holds it. */
  private lastEntry = -1
  private lastSlot = 0

  constructor(pages: PageCache, { length, firstEntry }: SectionEntry) {
    this.pages = pages
    this.length = length
    this.firstEntry = firstEntry
  }

  /** @returns place of a byte in the views of `pages`, until the next call on any section; the rest of its page lies behind it */
  find(offset: number): number {
    const page = Math.floor(offset / PAGE)
    const entry = this.firstEntry + page
    if (entry !== this.lastEntry || this.pages.entryOf[this.lastSlot] !== entry) {
      this.lastSlot = this.pages.slot(entry)
      this.lastEntry = entry
    }
    return (this.lastSlot << PAGE_SHIFT) + (offset - page * PAGE)
  }

  uint8(offset: number): number {
    return this.pages.bytes[this.find(offset)]
  }

  uint16(index: number): number {
    return this.pages.halves[this.find(index * 2) >>> 1]
  }

  uint32(index: number): number {
    return this.pages.words[this.find(index * 4) >>> 2]
  }

  /** Below 2^53. */
  uint64(index: number): number {
    const word = this.find(index * 8) >>> 2
    return this.pages.words[word] + this.pages.words[word + 1] * 2 ** 32
  }

  /** Fills `target` from `from` on. */
  copy(from: number, target: Uint8Array) {
    for (let done = 0; done < target.length;) {
      const at = this.find(from + done)
      const count = Math.min(target.length - done, PAGE - (at % PAGE))
      target.set(this.pages.bytes.subarray(at, at + count), done)
      done += count
    }
  }

  /** Fills `target` with the 32-bit numbers `from`, `from` + 1, … */
  copyWords(from: number, target: Uint32Array | Int32Array) {
    for (let done = 0; done < target.length;) {
      const at = this.find((from + done) * 4) >>> 2
      const { words } = this.pages
      const count = Math.min(target.length - done, WORDS - (at % WORDS))
      if (count > FEW) target.set(words.subarray(at, at + count), done)
      else for (let i = 0; i < count; i++) target[done + i] = words[at + i]
      done += count
    }
  }

  /** All of it, for the small tables. */
  all(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.length)
    this.copy(0, bytes)
    return bytes
  }
}
