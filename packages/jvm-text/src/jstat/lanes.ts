/**
 * Takes apart the samples of several JVMs whose rows stand alternately below equal headers.
 *
 * Counters only grow while a JVM lives, so a row continues a lane (the samples of one JVM) only if none of its counters
 * is lower there; of several such lanes it takes the nearest. A single JVM that restarts makes a new lane too, but
 * never goes back to the old one: only lanes that alternate row by row are taken for several JVMs.
 */

/** More JVMs than anybody samples into one file; with more lanes than this the rows are no such mixture. */
const MOST_LANES = 32

interface Samples {
  readonly rows: number
  /** Columns that only grow, the uptime among them. */
  readonly growing: readonly Float64Array[]
  /** Columns that differ between JVMs and hardly change within one: use of metaspace and the like. */
  readonly steady: readonly Float64Array[]
}

/** @returns lane → its rows, ascending; undefined when the rows are not several JVMs mixed. */
export function splitLanes(samples: Samples): Uint32Array[] | undefined {
  if (falls(samples, 3) < 3) return undefined
  const lanes = assignLanes(samples)
  if (lanes === undefined || !areMixed(lanes)) return undefined
  return lanes.map(({ rows }) => Uint32Array.from(rows))
}

/** How often a counter is lower than in the row above, counted up to `enough`. */
function falls({ rows, growing }: Samples, enough: number): number {
  let count = 0
  for (let row = 1; row < rows && count < enough; row++) {
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
    let nearest: Lane | undefined
    let least = Number.POSITIVE_INFINITY
    for (const lane of current === undefined ? [] : [current, ...lanes]) {
      const distance = distanceBetween(samples, lane.rows.at(-1)!, row)
      if (distance < least) {
        nearest = lane
        least = distance
      }
    }
    if (nearest === undefined) {
      if (lanes.length === MOST_LANES) return undefined
      nearest = { rows: [], runs: 0 }
      lanes.push(nearest)
    }
    if (nearest !== current) nearest.runs++
    nearest.rows.push(row)
    current = nearest
  }
  return lanes
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
