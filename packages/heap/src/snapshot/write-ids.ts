/** Ids by rank, and ranks by id. */
import { type IdIndexData, openIdIndex } from '../parse/id-index.ts'
import { PAGE_WORDS } from '../parse/slot-bitmap.ts'
import type { SlotIndexData } from '../parse/slot-index.ts'
import type { IdMap } from '../parsed-heap.ts'
import { type Directory, ID_BLOCK } from './format.ts'
import type { PageWriter } from './page-writer.ts'

const BYTES_PER_ID = 8
/** Ids that are asked for at once. */
const BATCH = 8192

/** In which sections these ids are to stand: as a bitmap of heap slots where they have one that is not larger than a list of them. */
export function placeOfIds(ids: IdIndexData | IdMap): Directory['ids'] {
  return fittingSlots(ids) === undefined ? 'sorted' : 'slots'
}

export function writeIds(pages: PageWriter, ids: IdIndexData | IdMap) {
  const slots = fittingSlots(ids)
  if (slots !== undefined) return writeSlots(pages, slots)
  const section = pages.section('ids')
  if ('kind' in ids && ids.kind === 'sorted') return section.column(ids.ids.subarray(0, ids.count))
  const map = 'kind' in ids ? openIdIndex(ids) : ids
  const [highs, lows] = [new Uint32Array(BATCH), new Uint32Array(BATCH)]
  const pairs = new Uint32Array(BATCH * 2)
  for (let from = 0; from < map.count; from += BATCH) {
    const size = Math.min(BATCH, map.count - from)
    map.idsInto(from, highs.subarray(0, size), lows.subarray(0, size))
    for (let i = 0; i < size; i++) {
      pairs[2 * i] = lows[i]
      pairs[2 * i + 1] = highs[i]
    }
    section.put(new Uint8Array(pairs.buffer, 0, size * BYTES_PER_ID))
  }
}

function fittingSlots(ids: IdIndexData | IdMap): SlotIndexData | undefined {
  if (!('kind' in ids) || ids.kind !== 'slots') return undefined
  return ids.table.byteLength <= ids.count * BYTES_PER_ID ? ids : undefined
}

function writeSlots(pages: PageWriter, slots: SlotIndexData) {
  pages.section('slots').column(slots.table)
  pages.section('slots.pages').column(slots.numbers)
  pages.section('slots.starts').column(wordsOfRanks(slots))
}

/** @returns the word (two entries of `table`) that holds rank ID_BLOCK · i; for rank 0, which none holds, the first behind the empty page */
function wordsOfRanks({ table, count }: SlotIndexData): Uint32Array {
  const starts = new Uint32Array(Math.ceil(count / ID_BLOCK))
  const words = table.length / 2
  for (let word = PAGE_WORDS, block = 0; word < words; word++) {
    const nextRank = word + 1 < words ? table[2 * word + 3] : count
    for (; block * ID_BLOCK < nextRank; block++) starts[block] = word
  }
  return starts
}
