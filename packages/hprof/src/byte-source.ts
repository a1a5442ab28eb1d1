/** All that the engine knows about files: the same code reads files in Node, `File`s in a browser worker and bytes in tests. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number
  /**
   * Fills `target` from `offset` on, synchronously.
   * @returns how many bytes were read: less than `target.length` only at the end of the source.
   */
  readInto(offset: number, target: Uint8Array): number
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    readInto(offset, target) {
      const part = bytes.subarray(offset, offset + target.length)
      target.set(part)
      return part.length
    },
  }
}
