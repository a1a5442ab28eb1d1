/**
 * Takes apart the samples of several JVMs whose rows stand alternately below equal headers.
 *
 * Counters only grow while a JVM lives, so a row continues a lane (the samples of one JVM) only if none of its counters
 * is lower there; of several such lanes it takes the nearest. A single JVM that restarts makes a new lane too, but
 * hardly ever goes back to the old one: only lanes that alternate nearly row by row are taken for several JVMs. Then the
 * rows are assigned once more from the end, where all lanes are known: the first rows of a JVM with higher counters
 * look like a leap of the other one.
 */

/** More JVMs than anybody samples into one file; with more lanes than this the rows are no such mixture. */
const MOST_LANES = 32

const FALLS_PER_LANE = 2

interface Samples {
  readonly rows: number
  /** Columns that only grow, the uptime among them. */
  readonly growing: readonly Float64Array[]
  /** Columns that differ between JVMs and hardly change within one: use of metaspace and the like. */
  readonly steady: readonly Float64Array[]
}

/** @returns lane → its rows, ascending; undefined when the rows are not several JVMs mixed. */
export function splitLanes(samples: Samples): Uint32Array[] | undefined {
  const falls = countFalls(samples)
  if (falls < 2 * FALLS_PER_LANE) return undefined
  const lanes = assignLanes(samples)
  // A JVM that is started again and again makes about as many lanes as it falls; a few lanes must explain many falls.
  if (lanes === undefined || lanes.length * FALLS_PER_LANE > falls || !areMixed(lanes)) return undefined
  return assignFromEnd(samples, lanes).map((rows) => Uint32Array.from(rows).reverse())
}

/** How often a counter is lower than in the row above: so many restarts it would take to explain the rows by one lane. */
function countFalls({ rows, growing }: Samples): number {
  let count = 0
  for (let row = 1; row < rows; row++) {
    if (growing.some((column) => column[row]! < column[row - 1]!)) count++
  }
  return count
}

interface Lane {
  readonly rows: number[]
  /** How often its rows begin anew behind rows of another lane. */
  runs: number
}

function assignLanes(samples: Samples): Lane[] | undefined {
  const lanes: Lane[] = []
  let current: Lane | undefined
  for (let row = 0; row < samples.rows; row++) {
    let lane = nearestLane(current, lanes, ({ rows }) => distanceBetween(samples, rows.at(-1)!, row))
    if (lane === undefined) {
      if (lanes.length === MOST_LANES) return undefined
      lane = { rows: [], runs: 0 }
      lanes.push(lane)
    }
    if (lane !== current) lane.runs++
    lane.rows.push(row)
    current = lane
  }
  return lanes
}

/** @returns lane → its rows, descending. */
function assignFromEnd(samples: Samples, known: readonly Lane[]): number[][] {
  const endsAt = new Map(known.map(({ rows }) => [rows.at(-1)!, rows]))
  const lanes: number[][] = []
  let current: number[] | undefined
  for (let row = samples.rows - 1; row >= 0; row--) {
    const before = endsAt.has(row)
      ? undefined
      : nearestLane(current, lanes, (rows) => distanceBetween(samples, row, rows.at(-1)!))
    if (before === undefined) lanes.push((current = [row]))
    else (current = before).push(row)
  }
  return lanes
}

/** At equal distance the current one; undefined when all are infinitely far. */
function nearestLane<T>(current: T | undefined, lanes: readonly T[], distanceTo: (lane: T) => number): T | undefined {
  let nearest: T | undefined
  let least = Number.POSITIVE_INFINITY
  for (const lane of current === undefined ? lanes : [current, ...lanes]) {
    const distance = distanceTo(lane)
    if (distance < least) {
      nearest = lane
      least = distance
    }
  }
  return nearest
}

/** Infinite when the later row cannot be of the same JVM. */
function distanceBetween({ growing, steady }: Samples, before: number, after: number): number {
  let distance = 0
  for (const column of growing) {
    const from = column[before]!
    const to = column[after]!
    if (Number.isNaN(from) !== Number.isNaN(to) || to < from) return Number.POSITIVE_INFINITY
    if (to > from) distance += (to - from) / to
  }
  for (const column of steady) {
    const step = Math.abs(column[after]! - column[before]!)
    if (step > 0) distance += step / Math.max(column[after]!, column[before]!)
  }
  return distance
}

/** Whether some lane is interrupted by another one nearly row by row. */
function areMixed(lanes: readonly Lane[]): boolean {
  const alternating = lanes.filter(({ rows, runs }) => runs >= 3 && runs * 2 >= rows.length)
  return alternating.some((lane) =>
    lanes.some((other) => other !== lane && other.runs >= lane.runs - 1 && other.runs > 1),
  )
}
