import type { ByteSource } from './byte-source.ts'
import { Record, isKnownRecord } from './tags.ts'
import { Window } from './window.ts'

const HEADER = 9
const WINDOW = 1 << 16
/** Strings have at most 64 KiB, stack traces of real programs some thousand frames. */
const LONGEST_RECORD = 1 << 18
/** Read after a jump over a heap segment, where most likely only one header is wanted. */
const GLANCE = 1 << 12
/** So many records in a row are no chance. */
const CHAIN = 4

/** Bytes that are no record look like the header of one less often: bounds the time that made-up ones take. */
const MOST_ATTEMPTS = 20_000

/** Why the walk ended: at the last byte, or at `byte`, where no record can begin. */
export type WalkStop =
  | { readonly kind: 'end' }
  /** `message` says why, as a part of a sentence; `isCut`: a record that is likely one reaches beyond the source. */
  | { readonly kind: 'no-record'; readonly byte: number; readonly message: string; readonly isCut: boolean }

/**
 * Walks top-level records; one object is reused for all of them. Heap dumps and segments are stepped over.
 * A heap record whose length cannot be right (0 as JDK 6 wrote above 4 GB, beyond the end of the source, or
 * not followed by a record) is not `trusted`: the walk ends after it, and goes on with `open` where its
 * sub-records turn out to end.
 */
export class RecordWalker {
  readonly size: number
  tag = 0
  /** Byte of the record's tag. */
  position = 0
  /** Bytes of the body by the record's header. */
  length = 0
  trusted = true
  stop: WalkStop = { kind: 'end' }
  private readonly window: Window
  private nextPosition = 0
  private readonly identifierSize: 4 | 8

  constructor(source: ByteSource, identifierSize: 4 | 8) {
    this.window = new Window(source, Math.max(256, Math.min(WINDOW, source.size)))
    this.size = source.size
    this.identifierSize = identifierSize
  }

  open(position: number): void {
    this.nextPosition = position
    this.trusted = true
  }

  get bodyPosition(): number {
    return this.position + HEADER
  }

  get view(): DataView {
    return this.window.view
  }

  get bytes(): Uint8Array {
    return this.window.bytes
  }

  isHeap(): boolean {
    return this.tag === Record.heapDump || this.tag === Record.heapDumpSegment
  }

  /** @returns whether there is a further record; if not, `stop` says why. */
  next(): boolean {
    const position = this.nextPosition
    this.stop = { kind: 'end' }
    if (position >= this.size || !this.trusted) return false
    const at = this.reach(position, HEADER)
    if (at < 0) return this.none(position, 'the bytes at the end are no record', true)
    this.tag = this.window.bytes[at]
    this.length = this.window.view.getUint32(at + 5)
    this.position = position
    const end = position + HEADER + this.length
    if (this.isHeap()) {
      this.trusted = end <= this.size && (this.tag === Record.heapDump ? this.isWhole(end) : this.mayBegin(end))
    } else if (end > this.size) {
      const isCut = isKnownRecord(this.tag) && this.length <= LONGEST_RECORD
      return this.none(position, `${this.describe()} claims ${this.length} bytes, more than the file has left`, isCut)
    } else if (!isKnownRecord(this.tag) && !this.mayBegin(end)) {
      return this.none(position, `${this.describe()} is not part of the format`)
    } else if (this.tag === Record.string && this.length < this.identifierSize && !this.mayBegin(end)) {
      return this.none(position, `${this.describe()} has only ${this.length === 1 ? '1 byte' : `${this.length} bytes`}`)
    }
    this.nextPosition = end
    return true
  }

  /** Brings the first `bytes` of the body into the window. @returns their offset, or −1 when the body is shorter. */
  body(bytes: number): number {
    return bytes > this.length ? -1 : this.reach(this.bodyPosition, bytes)
  }

  /** Whether a record may begin at `position`, which may be the end of the source. */
  mayBegin(position: number, known = false): boolean {
    if (position === this.size) return true
    const at = this.reach(position, HEADER)
    if (at < 0) return false
    const tag = this.window.bytes[at]
    const end = position + HEADER + this.window.view.getUint32(at + 5)
    if (tag === Record.heapDump || tag === Record.heapDumpSegment) return true
    if (end > this.size) return false
    return isKnownRecord(tag) || (!known && this.mayBegin(end, true))
  }

  /**
   * Looks for a place behind damage where records go on: several of them in a row.
   * @param limit how many bytes are looked at
   * @returns its byte; undefined when there is none
   */
  findRecords(from: number, limit: number): number | undefined {
    const ahead = new RecordWalker(this.window.source, this.identifierSize)
    const end = Math.min(this.size, from + limit)
    let attempts = MOST_ATTEMPTS
    for (let position = from; position < end; position++) {
      const at = this.reach(position, HEADER)
      if (at < 0) return undefined
      if (!this.isLikely(at)) continue
      if (ahead.isChain(position)) return position
      if (--attempts === 0) return undefined
    }
    return undefined
  }

  /** A header of a known record whose time and length are what writers write. */
  private isLikely(at: number): boolean {
    const { bytes, view } = this.window
    const tag = bytes[at]
    if (!isKnownRecord(tag) || bytes[at + 1] !== 0) return false
    return view.getUint32(at + 5) <= LONGEST_RECORD || tag === Record.heapDump || tag === Record.heapDumpSegment
  }

  /** Whether several likely records stand one behind the other, or all up to the end of the source. */
  private isChain(position: number): boolean {
    let next = position
    for (let records = 0; records < CHAIN; records++) {
      if (next === this.size) return records > 1
      const at = this.reach(next, HEADER)
      if (at < 0 || !this.isLikely(at)) return false
      next += HEADER + this.window.view.getUint32(at + 5)
    }
    return next <= this.size
  }

  /**
   * Whether a HEAP_DUMP ends at `end`. Above 4 GB its length lacks the upper bits and leads anywhere in the heap, where
   * the bytes may look like one record by chance, but hardly like several.
   */
  private isWhole(end: number): boolean {
    let position = end
    for (let records = 0; records < CHAIN && position !== this.size; records++) {
      if (!this.mayBegin(position)) return false
      position += HEADER + this.window.view.getUint32(this.reach(position, HEADER) + 5)
    }
    return this.length > 0
  }

  private describe(): string {
    return `the record there (type 0x${this.tag.toString(16).padStart(2, '0')})`
  }

  private none(byte: number, message: string, isCut = false): false {
    this.stop = { kind: 'no-record', byte, message, isCut }
    return false
  }

  private reach(position: number, bytes: number): number {
    const { window } = this
    const at = position - window.start
    if (at >= 0 && at + bytes <= window.filled) return at
    const near = at >= 0 && at <= window.filled
    const end = Math.min(this.size, near ? this.size : position + Math.max(GLANCE, bytes))
    return window.moveTo(position, end, Math.min(bytes, Math.max(0, this.size - position))) >= bytes ? 0 : -1
  }
}
