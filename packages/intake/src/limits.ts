/**
 * What an input may unpack to. Dumps compress very well: real ones reach 180 : 1, one full of fresh
 * buffers may come near 1000 : 1, and deflate cannot exceed 1032 : 1. So the ratio only tells apart what
 * is nothing but padding; the size is what protects a disk.
 */
export interface IntakeLimits {
  /** Bytes that all decompression of one input may give, layers within layers included. */
  readonly unpackedBytes: number
  /** Unpacked bytes per packed byte… */
  readonly ratio: number
  /** …once more than so many bytes were unpacked. */
  readonly ratioFreeBytes: number
  /** Entries of all archives in the input. */
  readonly entries: number
  /** Layers of packing: `dump.tar.gz` has two, the same in a zip has three. */
  readonly layers: number
}

export const DEFAULT_LIMITS: IntakeLimits = {
  unpackedBytes: 256 * 2 ** 30,
  ratio: 1000,
  ratioFreeBytes: 100_000_000,
  entries: 10_000,
  layers: 5,
}

/** The beginning of a zip is looked at before its directory, and headers are small. */
const READ_TWICE = 2 ** 20

/** An input goes beyond a limit; the message is for people. */
export class LimitReached extends Error {}

/** Counts one input against its limits. */
export class Budget {
  readonly limits: IntakeLimits
  /** Packed bytes read so far. */
  packed = 0
  unpacked = 0
  entries = 0

  constructor(limits: IntakeLimits) {
    this.limits = limits
  }

  /**
   * Called with every piece read of an input of `size` bytes.
   * @throws LimitReached
   */
  addPacked(bytes: number, size: number): void {
    this.packed += bytes
    // Every format is read once from front to back, but the directory of a zip can point to the same bytes again and again.
    if (this.packed > size + READ_TWICE) {
      throw new LimitReached('The entries of the zip archive overlap: it is damaged, or made to fill a disk.')
    }
  }

  /** Called with every piece that a decoder gives. */
  addUnpacked(bytes: number): LimitReached | undefined {
    this.unpacked += bytes
    const { unpackedBytes, ratio, ratioFreeBytes } = this.limits
    if (this.unpacked > unpackedBytes) {
      return new LimitReached(
        `It unpacks to more than ${readable(unpackedBytes)}, the limit for one upload. Unpack it and give the dump alone, or raise the limit (HEAPTRAIL_UNPACKED_GIB, --unpack gib=N).`,
      )
    }
    if (this.unpacked > ratioFreeBytes && this.unpacked > ratio * this.packed) {
      return new LimitReached(
        `It unpacks to more than ${ratio} times its size, which no real heap dump does (stopped after ${readable(this.unpacked)}). If it is one, unpack it and give the dump alone, or raise the limit (HEAPTRAIL_UNPACKED_RATIO, --unpack ratio=N).`,
      )
    }
    return undefined
  }

  /** @throws LimitReached */
  addEntry(): void {
    this.entries += 1
    if (this.entries > this.limits.entries) {
      throw new LimitReached(
        `It holds more than ${this.limits.entries} entries. Pack the evidence alone, heap dumps and logs, or raise the limit (HEAPTRAIL_ARCHIVE_ENTRIES, --unpack entries=N).`,
      )
    }
  }
}

function readable(bytes: number): string {
  return bytes >= 2 ** 30 ? `${Math.round(bytes / 2 ** 30)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`
}
