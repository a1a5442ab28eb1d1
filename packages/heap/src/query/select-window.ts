/**
 * A window of a list sorted by falling value, without sorting or holding the list: the values at both ends of the
 * window are narrowed down by counting, then one more pass collects what lies between them. Equal values stand in
 * the order in which they are scanned. Five passes at most for values below 2^48.
 */

/** Visits all items in the same order each time. Values are whole numbers from 0. */
export type ScanValues = (visit: (item: number, value: number) => void) => void

const BUCKETS = 1 << 16

/** Where the value at a place of the sorted list lies; narrowed down until `low` equals `high`. */
interface Range {
  readonly place: number
  low: number
  high: number
  /** Items above `high`. */
  before: number
}

export function selectWindow(scan: ScanValues, total: number, offset: number, limit: number): number[] {
  const end = Math.min(total, offset + limit)
  if (offset >= end) return []
  const high = highestValue(scan)
  const first: Range = { place: offset, low: 0, high, before: 0 }
  const last: Range = { place: end - 1, low: 0, high, before: 0 }
  while (first.low < first.high || last.low < last.high) narrow(scan, [first, last])
  return collect(scan, first.low, last.low, offset - first.before, end - offset)
}

function highestValue(scan: ScanValues): number {
  let high = 0
  scan((_, value) => {
    if (value > high) high = value
  })
  return high
}

function narrow(scan: ScanValues, ranges: readonly Range[]): void {
  const counters = ranges.map((range) => ({
    range,
    width: Math.ceil((range.high - range.low + 1) / BUCKETS),
    counts: new Uint32Array(BUCKETS),
  }))
  scan((_, value) => {
    for (const { range, width, counts } of counters)
      if (value >= range.low && value <= range.high) counts[Math.floor((value - range.low) / width)]++
  })
  for (const { range, width, counts } of counters) {
    let bucket = BUCKETS - 1
    while (range.before + counts[bucket] <= range.place) range.before += counts[bucket--]
    range.low += bucket * width
    range.high = Math.min(range.high, range.low + width - 1)
  }
}

/** @param skip items of the value `first` that stand before the window. */
function collect(scan: ScanValues, first: number, last: number, skip: number, limit: number): number[] {
  const found: { item: number; value: number }[] = []
  let firsts = 0
  let lasts = 0
  scan((item, value) => {
    if (value > first || value < last) return
    if (value === first) {
      if (firsts++ < skip || firsts > skip + limit) return
    } else if (value === last && lasts++ >= limit) return
    found.push({ item, value })
  })
  return found
    .toSorted((a, b) => b.value - a.value)
    .slice(0, limit)
    .map(({ item }) => item)
}
