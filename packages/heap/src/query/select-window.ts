/**
 * A window of a list sorted by falling value, without sorting or holding the list: the values at both ends of the
 * window are narrowed down by counting, then one more pass collects what lies between them. Equal values stand in
 * the order in which they are scanned.
 */

/** Visits all items in the same order each time. Values are whole numbers from 0. */
export type ScanValues = (visit: (item: number, value: number) => void) => void

const BUCKETS = 4096

export function selectWindow(scan: ScanValues, total: number, offset: number, limit: number): number[] {
  const end = Math.min(total, offset + limit)
  if (offset >= end) return []
  const first = valueAt(scan, offset)
  const last = end - 1 === offset ? first : valueAt(scan, end - 1)
  const above = countAbove(scan, first)
  return collect(scan, first, last, offset - above, end - offset)
}

/** @returns the value in that place. Each pass narrows its range by the number of buckets. */
function valueAt(scan: ScanValues, place: number): number {
  let low = 0
  let high = 0
  scan((_, value) => {
    if (value > high) high = value
  })
  let before = 0
  while (low < high) {
    const width = Math.ceil((high - low + 1) / BUCKETS)
    const counts = new Uint32Array(BUCKETS)
    scan((_, value) => {
      if (value >= low && value <= high) counts[Math.floor((value - low) / width)]++
    })
    let bucket = BUCKETS - 1
    while (before + counts[bucket] <= place) before += counts[bucket--]
    low += bucket * width
    high = Math.min(high, low + width - 1)
  }
  return low
}

function countAbove(scan: ScanValues, limit: number): number {
  let count = 0
  scan((_, value) => {
    if (value > limit) count++
  })
  return count
}

/** @param skip items of the value `first` that stand before the window. */
function collect(scan: ScanValues, first: number, last: number, skip: number, limit: number): number[] {
  const found: { item: number; value: number }[] = []
  const between = { seenFirst: 0, seenLast: 0 }
  const lastNeeded = last === first ? 0 : limit
  scan((item, value) => {
    if (value > first || value < last) return
    if (value === first) {
      if (between.seenFirst++ < skip || between.seenFirst > skip + limit) return
    } else if (value === last && between.seenLast++ >= lastNeeded) return
    found.push({ item, value })
  })
  return found
    .toSorted((a, b) => b.value - a.value)
    .slice(0, limit)
    .map(({ item }) => item)
}
