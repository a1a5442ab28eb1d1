/** Ids and dump positions by rank. */
import type { IdMap } from '../parsed-heap.ts'
import { ADDRESS_BLOCK } from './format.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'
import { LONGEST_VARINT, putVarint, zigzag } from './varint.ts'

/** Ids that are asked for at once. */
const BATCH = 64 * ADDRESS_BLOCK

/** Columns over ranks. */
export interface Positions {
  readonly low: Uint32Array
  readonly high: Uint8Array | undefined
}

interface Ids {
  readonly highs: Uint32Array
  readonly lows: Uint32Array
}

/**
 * A block starts with the position of its first object; then follow, for every further object, the step from id
 * to id and the zigzag difference of the positions. The directory has the id of the first object and the
 * start of the block.
 */
export function writeAddresses(pages: PageWriter, ids: IdMap, positions: Positions) {
  const data = pages.section('addresses')
  const blocks = pages.section('addresses.blocks')
  const batch = { highs: new Uint32Array(BATCH), lows: new Uint32Array(BATCH) }
  for (let from = 0; from < ids.count; from += BATCH) {
    const size = Math.min(BATCH, ids.count - from)
    ids.idsInto(from, batch.highs.subarray(0, size), batch.lows.subarray(0, size))
    for (let i = 0; i < size; i += ADDRESS_BLOCK) {
      blocks.uint32(batch.lows[i])
      blocks.uint32(batch.highs[i])
      blocks.uint64(data.length)
      putBlock(data, batch, i, Math.min(i + ADDRESS_BLOCK, size), positions, from)
    }
  }
}

/** Objects from … to − 1 of a batch that begins at rank `base`. */
function putBlock(
  data: SectionWriter,
  { highs, lows }: Ids,
  from: number,
  to: number,
  positions: Positions,
  base: number,
) {
  const { low, high } = positions
  let at = data.room(ADDRESS_BLOCK * 4 * LONGEST_VARINT)
  const { bytes } = data
  at = putVarint(bytes, at, positionOf(positions, base + from))
  for (let i = from + 1; i < to; i++) {
    const step = (lows[i] - lows[i - 1]) | 0
    // Nearly always a small multiple of 8; the rest is for the general case.
    if (highs[i] === highs[i - 1] && (step & 7) === 0 && step > 0) at = putVarint(bytes, at, step >>> 2)
    else at = putIdStep(bytes, at, highs, lows, i)
    const rank = base + i
    const difference = (low[rank] - low[rank - 1]) | 0
    const isSmall = difference >= 0 === low[rank] >= low[rank - 1]
    if (isSmall && (high === undefined || high[rank] === high[rank - 1])) at = putVarint(bytes, at, zigzag(difference))
    else at = putPositionStep(bytes, at, positionOf(positions, rank) - positionOf(positions, rank - 1))
  }
  data.at = at
}

function positionOf({ low, high }: Positions, rank: number): number {
  return high === undefined ? low[rank] : high[rank] * 2 ** 32 + low[rank]
}

function putPositionStep(bytes: Uint8Array, at: number, difference: number): number {
  return putVarint(bytes, at, difference >= 0 ? difference * 2 : -difference * 2 - 1)
}

/** Even: half of it times 8. Odd: half of it (rounded down), where 0 says that the id follows whole, high half first. */
function putIdStep(bytes: Uint8Array, at: number, highs: Uint32Array, lows: Uint32Array, i: number): number {
  const step = (highs[i] - highs[i - 1]) * 2 ** 32 + (lows[i] - lows[i - 1])
  if (step < 2 ** 51) return putVarint(bytes, at, step % 8 === 0 ? step / 4 : step * 2 + 1)
  return putVarint(bytes, putVarint(bytes, putVarint(bytes, at, 1), highs[i]), lows[i])
}
