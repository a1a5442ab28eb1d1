/**
 * The objects of each large class that retain most, so that the first pages of its list are there without reading the
 * sizes of millions. One pass over all objects: those that cannot be among the largest so far cost a comparison.
 */

/** So many are kept of each class that has more. */
export const LARGEST_KEPT = 2048
const BUFFER = 2 * LARGEST_KEPT
/** Sizes in units times this, plus a place in the buffer, must be exact in a float. */
const PLACES = BUFFER

export interface LargestOfClasses {
  /** Numbers of the classes, ascending. */
  readonly classes: Uint32Array
  /** LARGEST_KEPT indices per class, by falling size, equal ones ascending. */
  readonly indices: Uint32Array
}

interface Candidates {
  readonly indices: Uint32Array
  count: number
}

/**
 * @param units index → size
 * @param instances class number → reachable objects of exactly that class
 */
export function largestOfClasses(
  classOf: Uint16Array | Uint32Array,
  units: Uint32Array | Float64Array,
  reachable: number,
  instances: Float64Array,
): LargestOfClasses {
  const classes = Uint32Array.from([...instances.keys()].filter((number) => instances[number] > LARGEST_KEPT))
  /** class number → what a size must exceed. */
  const bound = new Float64Array(instances.length).fill(Infinity)
  const candidates = new Map<number, Candidates>()
  for (const number of classes) {
    bound[number] = -1
    candidates.set(number, { indices: new Uint32Array(BUFFER), count: 0 })
  }
  for (let index = 1; index <= reachable; index++) {
    const number = classOf[index]
    if (units[index] <= bound[number]) continue
    const found = candidates.get(number)
    if (found === undefined) continue
    found.indices[found.count++] = index
    if (found.count === BUFFER) bound[number] = keepLargest(found, units)
  }
  const indices = new Uint32Array(classes.length * LARGEST_KEPT)
  for (const [place, number] of classes.entries()) {
    const found = candidates.get(number)
    if (found === undefined) continue
    keepLargest(found, units)
    indices.set(found.indices.subarray(0, LARGEST_KEPT), place * LARGEST_KEPT)
  }
  return { classes, indices }
}

/** Keeps the largest, in order. Candidates stand ascending by index where sizes are equal. @returns the least size that is kept */
function keepLargest(found: Candidates, units: Uint32Array | Float64Array): number {
  const keys = new Float64Array(found.count)
  for (let i = 0; i < found.count; i++) {
    keys[i] = units[found.indices[i]]
    keys[i] = keys[i] * PLACES + (PLACES - 1 - i)
  }
  keys.sort()
  const before = found.indices.slice(0, found.count)
  const kept = Math.min(LARGEST_KEPT, found.count)
  for (let i = 0; i < kept; i++) found.indices[i] = before[PLACES - 1 - (keys[found.count - 1 - i] % PLACES)]
  found.count = kept
  return units[found.indices[kept - 1]]
}
