import type { ByteSource } from './byte-source.ts'
import { Sub, endsHeapDump, fixedSizes, primitiveSize, valueSize } from './tags.ts'
import { WINDOW_BYTES, Window } from './window.ts'

/** Why a cursor stopped. `byte` is where the sub-record begins that could not be read. */
export type CursorStop =
  | { readonly kind: 'end' }
  /** A top-level heap record begins here, so the heap dump is shorter than it says. */
  | { readonly kind: 'next-record'; readonly byte: number }
  /** The sub-record reaches beyond the given end. */
  | { readonly kind: 'cut'; readonly byte: number }
  /** `message` says why, as a part of a sentence. */
  | { readonly kind: 'damaged'; readonly byte: number; readonly message: string }

/** No JVM makes larger instances: 65,535 fields a class, few classes deep. Bounds the buffer for hostile lengths. */
export const LARGEST_INSTANCE = 1 << 24
const LARGEST_FIXED = 1 + 7 * 8 + 8
/**
 * Offsets are kept below this, so that they stay small integers; what they are computed from are positions, which may not, hence
 * `| 0`. Positions begin as −0, a float: V8 would compile everything anew when the first one is no small integer.
 */
const FAR = 1 << 30

/**
 * Walks heap sub-records. One object is reused for all of them: after `next()` its fields describe the
 * current sub-record. Ids are two *signed* 32-bit halves (`>>> 0` makes them unsigned), which V8 keeps
 * unboxed. Only the fixed part of instances and arrays is sure to be in the buffer; `load` and `elements`
 * bring in the rest, and what is not asked for is skipped without reading it.
 */
export class HeapCursor {
  readonly identifierSize: 4 | 8
  readonly window: Window
  tag = 0
  idHigh = 0
  idLow = 0
  classHigh = 0
  classLow = 0
  /** Bytes of an instance's values, or elements of an array. */
  count = 0
  /** Of a primitive array. */
  elementType = 0
  /** Offset in the window of an instance's values (after `load`). */
  dataAt = 0
  /** Of roots that have one; of a thread object: its own. */
  threadSerial = 0
  /** Of a local: its frame, −1 when unknown. Of a thread object: serial of its stack trace. */
  frame = 0
  stop: CursorStop = { kind: 'end' }

  private readonly fixed: Uint8Array
  private end = -0
  /** Offset of the current sub-record, and of the one after it: FAR when `farNext` holds its position. */
  private at = 0
  private nextAt = 0
  private farNext = -0
  private endAt = 0
  /** Below this offset the fixed part of any sub-record lies inside window and end. */
  private safeAt = 0
  private dataPosition = -0

  constructor(source: ByteSource, identifierSize: 4 | 8, windowBytes: number = WINDOW_BYTES) {
    this.identifierSize = identifierSize
    this.window = new Window(source, Math.max(256, Math.min(windowBytes, source.size)))
    this.fixed = fixedSizes(identifierSize)
  }

  /** Walks on from byte `from` up to byte `end`. */
  open(from: number, end: number): void {
    this.end = end
    this.stop = { kind: 'end' }
    const { window } = this
    const at = from - window.start
    this.nextAt = FAR
    this.farNext = from
    if (at < 0 || at >= window.filled) this.move(from, 0)
    else this.setBounds()
  }

  /** Byte position of the current sub-record; when there is no further one, of the last that begins. */
  position(): number {
    return this.window.start + this.at
  }

  /**
   * For loops that read common sub-records from the window by themselves: offset of the next sub-record. While an offset
   * is at most `lastSafe`, tag and fixed part of a sub-record there lie inside of window and range.
   */
  get offset(): number {
    return this.nextAt
  }

  get lastSafe(): number {
    return this.safeAt - LARGEST_FIXED
  }

  /** Offset behind the last byte of the window that belongs to the range. Sub-records that end by then are whole. */
  get filledTo(): number {
    return this.safeAt
  }

  /** The sub-records before this offset, which is at most `filledTo`, were read by such a loop. */
  skipTo(offset: number): void {
    this.nextAt = offset
  }

  /** @returns whether there is a further sub-record; if not, `stop` says why. */
  next(): boolean {
    let at = this.nextAt
    if (at + LARGEST_FIXED > this.safeAt) {
      at = this.reach()
      if (at < 0) return false
    }
    this.at = at
    const tag = this.window.bytes[at]
    this.tag = tag
    switch (tag) {
      case Sub.instanceDump:
        return this.instance(at)
      case Sub.primitiveArrayDump:
      case Sub.primitiveArrayNoData:
        return this.primitiveArray(at, tag)
      case Sub.objectArrayDump:
        return this.objectArray(at)
      case Sub.classDump:
        return this.classDump(at)
      default:
        return this.root(at, tag)
    }
  }

  /** Brings all bytes of the current sub-record into the window. Not for arrays, which may be larger than any buffer. */
  load(): void {
    if (this.nextAt <= this.window.filled) return
    const size = this.nextAt - this.at
    const dataOffset = this.dataAt - this.at
    this.move(this.window.start + this.at, size)
    this.dataAt = dataOffset
  }

  /**
   * Brings elements of the current object array into the window, from element `index` on, at offset `dataAt`.
   * @returns how many are there; 0 when the source ends before.
   */
  elements(index: number): number {
    const width = this.identifierSize
    const position = this.dataPosition + index * width
    let at = position - this.window.start
    if (at < 0 || at + width > this.window.filled) {
      this.move(position, 0)
      at = 0
    }
    this.dataAt = at | 0
    return Math.min(this.count - index, Math.floor((this.window.filled - at) / width))
  }

  private instance(at: number): boolean {
    const { view } = this.window
    const width = this.identifierSize
    this.readId(at + 1)
    const classAt = at + width + 5
    this.classHigh = width === 8 ? view.getInt32(classAt) : 0
    this.classLow = view.getInt32(classAt + width - 4)
    const count = view.getInt32(classAt + width)
    this.count = count
    this.dataAt = classAt + width + 4
    if (count < 0 || count > LARGEST_INSTANCE) {
      return this.damaged(`an instance of ${count >>> 0} bytes is not possible`)
    }
    return this.finish(at, 2 * width + 9 + count)
  }

  private objectArray(at: number): boolean {
    const { view } = this.window
    const width = this.identifierSize
    this.readId(at + 1)
    const count = view.getInt32(at + width + 5)
    const classAt = at + width + 9
    this.classHigh = width === 8 ? view.getInt32(classAt) : 0
    this.classLow = view.getInt32(classAt + width - 4)
    this.count = count
    this.dataAt = classAt + width
    this.dataPosition = this.window.start + this.dataAt
    if (count < 0) return this.damaged(`an array of ${count} elements is not possible`)
    return this.finish(at, 2 * width + 9 + count * width)
  }

  private primitiveArray(at: number, tag: number): boolean {
    const { view, bytes } = this.window
    const width = this.identifierSize
    this.readId(at + 1)
    const count = view.getInt32(at + width + 5)
    const type = bytes[at + width + 9]
    this.count = count
    this.elementType = type
    this.dataAt = at + width + 10
    if (count < 0) return this.damaged(`an array of ${count} elements is not possible`)
    const size = primitiveSize(type)
    if (size === 0) return this.damaged(`a primitive array of elements of type ${type} is not possible`)
    return this.finish(at, width + 10 + (tag === Sub.primitiveArrayDump ? count * size : 0))
  }

  private root(at: number, tag: number): boolean {
    const size = this.fixed[tag]
    if (size === 0) return this.unknown(at, tag)
    const { view } = this.window
    const width = this.identifierSize
    this.readId(tag === Sub.heapDumpInfo ? at + 5 : at + 1)
    this.threadSerial = size >= width + 5 && tag !== Sub.rootJniGlobal ? view.getInt32(at + 1 + width) : 0
    this.frame = size === width + 9 && tag !== Sub.rootJniGlobal ? view.getInt32(at + 5 + width) : -1
    return this.finish(at, size)
  }

  /** Walks the constant pool, statics and fields to learn the size; the whole record is in the window afterwards. */
  private classDump(at: number): boolean {
    const width = this.identifierSize
    this.readId(at + 1)
    let size = 1 + 7 * width + 8
    for (const nameBytes of [2, width]) {
      if (!this.extend(size + 2)) return false
      let entries = this.window.view.getUint16(this.at + size)
      size += 2
      for (; entries > 0; entries--) {
        if (!this.extend(size + nameBytes + 1)) return false
        const type = this.window.bytes[this.at + size + nameBytes]
        if (valueSize(type, width) === 0) return this.damaged(`a value of type ${type} in a class is not possible`)
        size += nameBytes + 1 + valueSize(type, width)
      }
    }
    if (!this.extend(size + 2)) return false
    size += 2 + this.window.view.getUint16(this.at + size) * (width + 1)
    return this.extend(size) && this.finish(this.at, size)
  }

  /** Makes `size` bytes of the current sub-record available. */
  private extend(size: number): boolean {
    if (this.at + size <= this.safeAt) return true
    const position = this.window.start + this.at
    if (position + size > this.end) return this.cut(position)
    if (this.at + size <= this.window.filled) return true
    this.move(position, size)
    return this.window.filled >= size || this.cut(position)
  }

  private readId(at: number): void {
    const { view } = this.window
    if (this.identifierSize === 8) {
      this.idHigh = view.getInt32(at)
      this.idLow = view.getInt32(at + 4)
    } else {
      this.idHigh = 0
      this.idLow = view.getInt32(at)
    }
  }

  private finish(at: number, size: number): boolean {
    if (size <= this.endAt - at) {
      this.nextAt = at + size
      return true
    }
    const position = this.window.start + at
    if (position + size > this.end) return this.cut(position)
    this.nextAt = FAR
    this.farNext = position + size
    return true
  }

  /** Slow path of `next`: moves the window, or finds that there is no further sub-record. */
  private reach(): number {
    const { window } = this
    const position = this.nextAt === FAR ? this.farNext : window.start + this.nextAt
    const remaining = this.end - position
    if (remaining <= 0) {
      this.stop = { kind: 'end' }
      return -1
    }
    if (position < window.start || position + Math.min(LARGEST_FIXED, remaining) > window.start + window.filled) {
      this.move(position, 0)
    }
    const at = position - window.start
    const needed = at < window.filled ? Math.max(this.fixed[window.bytes[at]], 1) : 1
    if (needed > remaining || at + needed > window.filled) {
      this.cut(position)
      return -1
    }
    return at | 0
  }

  private move(position: number, needed: number): void {
    const next = this.nextAt === FAR ? this.farNext : this.window.start + this.nextAt
    const at = this.at + this.window.start - position
    this.at = at > -FAR && at < FAR ? at | 0 : at
    this.window.moveTo(position, this.end, needed)
    const nextAt = next - position
    this.farNext = next
    this.nextAt = nextAt >= 0 && nextAt < FAR ? nextAt | 0 : FAR
    this.setBounds()
  }

  private setBounds(): void {
    this.endAt = Math.min(this.end - this.window.start, FAR - 1) | 0
    this.safeAt = Math.min(this.window.filled, this.endAt) | 0
  }

  private unknown(at: number, tag: number): boolean {
    const byte = this.window.start + at
    if (!endsHeapDump(tag)) return this.damaged(`there is no heap sub-record with tag 0x${tag.toString(16)}`)
    this.stop = { kind: 'next-record', byte }
    return false
  }

  private cut(byte: number): boolean {
    this.stop = { kind: 'cut', byte }
    return false
  }

  private damaged(message: string): boolean {
    this.stop = { kind: 'damaged', byte: this.window.start + this.at, message }
    return false
  }
}
