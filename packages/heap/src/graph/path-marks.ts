/**
 * Marks along deep shortest paths, so that nobody has to follow millions of references to know how long one is and where
 * it ends: every object at a depth of 64, 128, … knows its depth, and the object at depth 64 on its path.
 * A GC root has depth 0. Found level by level while the breadth-first search runs; 12 bytes per mark.
 */

/** References between two marks. */
export const MARK_STEP = 64

export interface PathMarker {
  /** Told each level of the search when it is complete: queue[from … to − 1] have that depth. */
  level(depth: number, queue: Uint32Array, from: number, to: number): void
  /** Three numbers per mark: index, depth, index of the object at depth 64; ascending by index. */
  marks(): Uint32Array
}

/** The marks of one level, ascending by index, so that the next one finds its own by binary search. */
interface Level {
  readonly indices: Uint32Array
  readonly tops: Uint32Array
}

/** @param next the next object on the shortest path of that one; asked only for depths that were told before */
export function pathMarker(next: (index: number) => number): PathMarker {
  let records = new Uint32Array(3 * 256)
  let length = 0
  let last: Level = { indices: new Uint32Array(0), tops: new Uint32Array(0) }

  function add(index: number, depth: number, top: number): void {
    if (length === records.length) {
      const larger = new Uint32Array(length * 2)
      larger.set(records)
      records = larger
    }
    records[length] = index
    records[length + 1] = depth
    records[length + 2] = top
    length += 3
  }
  return {
    level(depth, queue, from, to) {
      if (depth === 0 || depth % MARK_STEP !== 0) return
      const indices = queue.slice(from, to).sort()
      const tops = depth === MARK_STEP ? indices : indices.map((index) => topOf(ancestor(index, next), last))
      for (const [place, index] of indices.entries()) add(index, depth, tops[place])
      last = { indices, tops }
    },
    marks: () => sortedByIndex(records.subarray(0, length)),
  }
}

function ancestor(index: number, next: (index: number) => number): number {
  let at = index
  for (let step = 0; step < MARK_STEP; step++) at = next(at)
  return at
}

function topOf(index: number, { indices, tops }: Level): number {
  let from = 0
  let to = indices.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (indices[middle] < index) from = middle + 1
    else to = middle
  }
  return tops[from]
}

function sortedByIndex(records: Uint32Array): Uint32Array {
  const order = new BigUint64Array(records.length / 3)
  for (let i = 0; i < order.length; i++) order[i] = (BigInt(records[i * 3]) << 32n) | BigInt(i)
  order.sort()
  const sorted = new Uint32Array(records.length)
  for (let i = 0; i < order.length; i++) {
    const place = Number(order[i] & 0xffffffffn) * 3
    sorted.set(records.subarray(place, place + 3), i * 3)
  }
  return sorted
}
