import type { ByteSource } from './byte-source.ts'

/** Fits into the second-level cache; 128 KiB to 1 MiB made no difference on a dump of 1 GB. */
export const WINDOW_BYTES = 1 << 18

/**
 * A movable window over a source: one reused buffer, read as big-endian numbers through `view`.
 * Offsets into the buffer stay valid until the next `moveTo`.
 */
export class Window {
  readonly source: ByteSource
  bytes: Uint8Array
  view: DataView
  /** Byte position in the source of the buffer's first byte. −0, which V8 keeps as a float like all positions to come. */
  start = -0
  /** How many bytes of the buffer are valid. */
  filled = 0

  constructor(source: ByteSource, capacity: number = WINDOW_BYTES) {
    this.source = source
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  /**
   * Makes the bytes from `position` on available at offset 0, at least `needed` of them (the buffer grows)
   * and none beyond `end`, unless the source ends before.
   * @returns how many are available.
   */
  moveTo(position: number, end: number, needed = 0): number {
    const at = position - this.start
    let kept = 0
    if (needed > this.bytes.length) this.grow(needed)
    if (at >= 0 && at < this.filled) {
      this.bytes.copyWithin(0, at, this.filled)
      kept = this.filled - at
    }
    this.start = position
    const wanted = Math.min(this.bytes.length, Math.max(end - position, needed))
    const read = wanted > kept ? this.source.readInto(position + kept, this.bytes.subarray(kept, wanted)) : 0
    this.filled = (kept + read) | 0
    return this.filled
  }

  /** To twice its size at least: what is walked entry by entry would be copied for each of them otherwise. */
  private grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    bytes.set(this.bytes.subarray(0, this.filled))
    this.bytes = bytes
    this.view = new DataView(bytes.buffer)
  }
}
