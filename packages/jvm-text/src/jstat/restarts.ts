/** Finds where the samples of another JVM begin. */

/**
 * Counters and uptime only grow while a JVM lives; a row in which one of them is lower than it was belongs to another.
 * @param growing columns that only grow: the counters, and the uptime.
 * @returns rows, from 0, ascending.
 */
export function findRestarts(growing: readonly Float64Array[], rows: number): Uint32Array {
  // Column → its latest known value in the life of the current JVM.
  const latest = new Float64Array(growing.length).fill(Number.NEGATIVE_INFINITY)
  const restarts: number[] = []
  for (let row = 0; row < rows; row++) {
    if (growing.some((column, index) => column[row]! < latest[index]!)) {
      restarts.push(row)
      latest.fill(Number.NEGATIVE_INFINITY)
    }
    for (let index = 0; index < growing.length; index++) {
      const value = growing[index]![row]!
      if (!Number.isNaN(value)) latest[index] = value
    }
  }
  return Uint32Array.from(restarts)
}
