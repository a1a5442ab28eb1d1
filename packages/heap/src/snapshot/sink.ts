/** Where a snapshot is written to. */
export interface SnapshotSink {
  /**
   * Writes all of `bytes` at `offset`, synchronously; `bytes` may be reused afterwards. Offsets do not
   * overlap; those of one thread ascend, except that the header at 0 comes last: a file cut off in between is no snapshot.
   */
  writeAt(offset: number, bytes: Uint8Array): void
}

/** A sink in memory, for tests and for browsers. */
export interface MemorySink extends SnapshotSink {
  /** What was written so far; no copy. */
  bytes(): Uint8Array
}

export function memorySink(): MemorySink {
  let buffer = new Uint8Array(1 << 16)
  let length = 0
  return {
    writeAt(offset, bytes) {
      const end = offset + bytes.length
      if (end > buffer.length) {
        const larger = new Uint8Array(Math.max(end, buffer.length * 2))
        larger.set(buffer.subarray(0, length))
        buffer = larger
      }
      buffer.set(bytes, offset)
      length = Math.max(length, end)
    },
    bytes: () => buffer.subarray(0, length),
  }
}
