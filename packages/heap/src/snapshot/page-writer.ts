/**
 * Sections are written side by side: each is a stream of bytes that leaves in whole pages, to wherever the
 * file has come to. So one pass can feed several sections, nothing is held back, and sections could be
 * written by several threads. The page table brings the pages of a section together again.
 */
import { checksum } from './checksum.ts'
import { PAGE, PAGE_ENTRY, type SectionEntry, type SectionName } from './format.ts'
import type { SnapshotSink } from './sink.ts'

/** Pages of a section that leave together, so that a scan reads long runs. */
const EXTENT_PAGES = 16
const EXTENT = EXTENT_PAGES * PAGE
/** What can be asked of `room` at once. */
const MOST_ROOM = EXTENT
/** Whole pages, so that the last one can always be filled up. */
const FIRST_CAPACITY = 2 * PAGE

/** Number of a page within the file; page 0 is the header. Several threads may count in the same place. */
class PageAllocator {
  private readonly counter: Int32Array

  constructor(counter: Int32Array) {
    this.counter = counter
    Atomics.compareExchange(counter, 0, 0, 1)
  }

  get next(): number {
    return Atomics.load(this.counter, 0)
  }

  take(pages: number): number {
    return Atomics.add(this.counter, 0, pages)
  }
}

/** A section that is complete. */
export interface WrittenSection {
  readonly name: SectionName
  /** Bytes. */
  readonly length: number
  /** Two numbers per page: its place in the file, its checksum. */
  readonly pages: readonly number[]
}

/** The bytes of one section. */
export class SectionWriter {
  readonly name: SectionName
  /** Two numbers per page: its place in the file, its checksum. */
  readonly pages: number[] = []
  /** Hot loops ask for `room`, then write here themselves from `at` on, and set `at` when done. */
  bytes = new Uint8Array(FIRST_CAPACITY)
  /** The same memory. */
  halves = new Uint16Array(this.bytes.buffer)
  words = new Uint32Array(this.bytes.buffer)
  floats = new Float64Array(this.bytes.buffer)
  at = 0
  private readonly sink: SnapshotSink
  private readonly allocator: PageAllocator
  private flushed = 0

  constructor(name: SectionName, sink: SnapshotSink, allocator: PageAllocator) {
    this.name = name
    this.sink = sink
    this.allocator = allocator
  }

  /** Bytes so far. */
  get length(): number {
    return this.flushed + this.at
  }

  /** Makes sure that so many bytes can be written; `bytes` and the others may be other arrays then. @returns `at` */
  room(bytes: number): number {
    if (bytes > MOST_ROOM) throw new RangeError(`no room for ${bytes} bytes at once`)
    if (this.at >= EXTENT) this.flushExtent()
    if (this.at + bytes > this.bytes.length) this.grow(bytes)
    return this.at
  }

  uint32(value: number) {
    const at = this.room(4)
    const { bytes } = this
    bytes[at] = value
    bytes[at + 1] = value >>> 8
    bytes[at + 2] = value >>> 16
    bytes[at + 3] = value >>> 24
    this.at = at + 4
  }

  /** @param value 0 … 2^53 − 1 */
  uint64(value: number) {
    this.uint32(value >>> 0)
    this.uint32(Math.floor(value / 2 ** 32))
  }

  put(source: Uint8Array) {
    for (let from = 0; from < source.length; from += EXTENT) {
      const part = source.subarray(from, from + EXTENT)
      const at = this.room(part.length)
      this.bytes.set(part, at)
      this.at = at + part.length
    }
  }

  /** A whole column at once. */
  column(values: ArrayBufferView<ArrayBufferLike>) {
    const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    // what fills whole extents needs no copy
    const isReady = this.at === 0 && values.byteOffset % 4 === 0
    const whole = isReady ? Math.floor(source.length / EXTENT) * EXTENT : 0
    for (let from = 0; from < whole; from += EXTENT) {
      this.writePages(EXTENT_PAGES, source.subarray(from, from + EXTENT))
      this.flushed += EXTENT
    }
    this.put(source.subarray(whole))
  }

  /** Writes what is left, its last page filled up with zeros. */
  close() {
    this.room(0)
    const pages = Math.ceil(this.at / PAGE)
    this.room(pages * PAGE - this.at)
    this.bytes.fill(0, this.at, pages * PAGE)
    this.writePages(pages, this.bytes)
    this.flushed += this.at
    this.at = 0
  }

  /** Most sections of a small dump stay small. */
  private grow(bytes: number) {
    const pages = Math.ceil(Math.max(this.bytes.length * 2, this.at + bytes) / PAGE)
    const larger = new Uint8Array(Math.min(EXTENT + MOST_ROOM, pages * PAGE))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
    this.halves = new Uint16Array(larger.buffer)
    this.words = new Uint32Array(larger.buffer)
    this.floats = new Float64Array(larger.buffer)
  }

  private flushExtent() {
    this.writePages(EXTENT_PAGES, this.bytes)
    this.bytes.copyWithin(0, EXTENT, this.at)
    this.flushed += EXTENT
    this.at -= EXTENT
  }

  /** @param bytes whose first `count` pages are written; they begin at a whole word */
  private writePages(count: number, bytes: Uint8Array) {
    if (count === 0) return
    const first = this.allocator.take(count)
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, (count * PAGE) / 4)
    for (let i = 0; i < count; i++) {
      const from = (i * PAGE) / 4
      this.pages.push(first + i, checksum(words, from, from + PAGE / 4, first + i))
    }
    this.sink.writeAt(first * PAGE, bytes.subarray(0, count * PAGE))
  }
}

/** All sections of a file and, when they are closed, its page table. */
export class PageWriter {
  private readonly sink: SnapshotSink
  private readonly allocator: PageAllocator
  private readonly open: SectionWriter[] = []

  /** @param pageCounter one number, 0 in the beginning, which all who write to the file have in common */
  constructor(sink: SnapshotSink, pageCounter: Int32Array = new Int32Array(1)) {
    this.sink = sink
    this.allocator = new PageAllocator(pageCounter)
  }

  section(name: SectionName): SectionWriter {
    const writer = new SectionWriter(name, this.sink, this.allocator)
    this.open.push(writer)
    return writer
  }

  /** Closes all sections. */
  close(): readonly WrittenSection[] {
    for (const writer of this.open) writer.close()
    return this.open.map(({ name, length, pages }) => ({ name, length, pages }))
  }

  /** Writes the page table behind the last page. @param others sections that other threads wrote */
  finish(others: readonly WrittenSection[]): {
    sections: SectionEntry[]
    pageTable: { offset: number; entries: number; checksums: number[] }
  } {
    const all = [...this.close(), ...others]
    const sections: SectionEntry[] = []
    const entries = all.flatMap(({ pages }) => pages)
    let firstEntry = 0
    for (const { name, length, pages } of all) {
      sections.push({ name, length, firstEntry })
      firstEntry += pages.length / 2
    }
    const tablePages = Math.ceil((firstEntry * PAGE_ENTRY) / PAGE)
    const table = new Uint32Array((tablePages * PAGE) / 4)
    table.set(entries)
    const offset = this.allocator.take(tablePages) * PAGE
    this.sink.writeAt(offset, new Uint8Array(table.buffer))
    const checksums = Array.from({ length: tablePages }, (_, page) =>
      checksum(table, (page * PAGE) / 4, ((page + 1) * PAGE) / 4, page),
    )
    return { sections, pageTable: { offset, entries: firstEntry, checksums } }
  }

  /** Where the next byte of the file would go. */
  get end(): number {
    return this.allocator.next * PAGE
  }
}
