/**
 * Hands out space in the shared column of reference targets: each thread takes blocks of its own and fills them run
 * by run. Runs are never divided; a large one gets blocks of its own, sized for all its elements, of which only what
 * is written takes memory.
 */

/** Entries; one page of memory. */
const BLOCK = 1024
/** Blocks that a thread takes at a time: 256 KiB. */
const BLOCKS_AT_ONCE = 64
/** Longer runs do not begin in a block that cannot hold them, so that less than an eighth is wasted. */
const LARGE = (BLOCK * BLOCKS_AT_ONCE) / 8

/** Places of references stay positive in 32 bits: the graph phases mark them by their sign. */
export const MOST_PLACES = 2 ** 31

export interface RunSpace {
  readonly targets: Uint32Array
  readonly blocks: Int32Array
}

/** Entries that `references` entries in runs need at most, given so many threads. */
export function targetsNeeded(references: number, threads: number): number {
  return Math.ceil(references * 1.25) + (threads + 2) * BLOCK * BLOCKS_AT_ONCE
}

/** Entries that were taken, written or not. Runs beyond MOST_PLACES have lost their places. */
export function placesTaken({ blocks }: RunSpace): number {
  return blocks[0] * BLOCK
}

export class RunWriter {
  /** Entries written. */
  written = 0
  private readonly blocks: Int32Array
  private readonly capacity: number
  /** The block being filled. */
  private at = 0
  private end = 0
  /** Begin of the run in work. */
  private begin = 0

  constructor(space: RunSpace) {
    this.blocks = space.blocks
    this.capacity = space.targets.length
  }

  /** Makes room for a run of at most `entries`. @returns where it begins. */
  reserve(entries: number): number {
    if (this.at + entries <= this.end) return (this.begin = this.at)
    if (entries > LARGE) return (this.begin = this.take(Math.ceil(entries / BLOCK)))
    this.at = this.take(BLOCKS_AT_ONCE)
    this.end = this.at + BLOCKS_AT_ONCE * BLOCK
    return (this.begin = this.at)
  }

  /** The same, where the block being filled has room. @returns −1 where it has none, and nothing is done. */
  reserveHere(entries: number): number {
    return this.at + entries <= this.end ? (this.begin = this.at) : -1
  }

  /** Ends the run in work before entry `end`. */
  advance(end: number): void {
    this.written += end - this.begin
    if (this.begin === this.at) this.at = end
  }

  private take(count: number): number {
    const first = Atomics.add(this.blocks, 0, count) * BLOCK
    if (first + count * BLOCK > this.capacity) throw new RangeError('More references than the first pass counted.')
    return first
  }
}
