import type { IdMap } from '../parsed-heap.ts'

/**
 * Id → rank by halving a sorted list: for ids that fit no bitmap of heap slots (no multiples of 8, scattered
 * over the whole range, or made up by a tool). 8 bytes per object and about ten times slower than the bitmap.
 * Can be shared between threads.
 */
export interface SortedIndexData {
  readonly kind: 'sorted'
  readonly count: number
  /** All ids, ascending and without duplicates; the first is 0, the boot loader's pseudo object. */
  readonly ids: BigUint64Array
}

export function buildSortedIndex(
  parts: readonly BigUint64Array[],
  allocate: (bytes: number) => ArrayBufferLike,
): { readonly data: SortedIndexData; readonly duplicates: number } {
  const total = parts.reduce((sum, part) => sum + part.length, 1)
  const all = new BigUint64Array(total)
  let at = 1
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  all.sort()
  let kept = 1
  for (let i = 1; i < total; i++) if (all[i] !== all[kept - 1]) all[kept++] = all[i]
  const ids = new BigUint64Array(allocate(kept * 8))
  ids.set(all.subarray(0, kept))
  return { data: { kind: 'sorted', count: kept, ids }, duplicates: total - kept }
}

export class SortedIndex implements IdMap {
  readonly count: number
  readonly data: SortedIndexData
  /** Each id as two halves, the low one first. */
  private readonly halves: Uint32Array

  constructor(data: SortedIndexData) {
    this.data = data
    this.count = data.count
    // snapshots are little-endian, and so is every machine that V8 runs on but s390
    this.halves = new Uint32Array(data.ids.buffer, data.ids.byteOffset, data.count * 2)
  }

  rankOf(high: number, low: number): number {
    const { halves } = this
    const h = high >>> 0
    const l = low >>> 0
    let from = 0
    let to = this.count
    while (from < to) {
      const middle = (from + to) >>> 1
      const middleHigh = halves[middle * 2 + 1]
      if (middleHigh < h || (middleHigh === h && halves[middle * 2] < l)) from = middle + 1
      else to = middle
    }
    return from < this.count && halves[from * 2] === l && halves[from * 2 + 1] === h ? from : -1
  }

  idOf(rank: number): bigint {
    return this.data.ids[rank]
  }

  idsInto(from: number, highs: Uint32Array, lows: Uint32Array): void {
    for (let i = 0; i < highs.length; i++) {
      lows[i] = this.halves[(from + i) * 2]
      highs[i] = this.halves[(from + i) * 2 + 1]
    }
  }
}
