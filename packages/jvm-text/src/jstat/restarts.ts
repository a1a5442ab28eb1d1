/** Finds where the samples of another JVM begin. */
import { COUNTERS, type GcutilColumn } from './columns.ts'

/**
 * Counters and uptime only grow while a JVM lives; a row in which one of them is lower than it was belongs to another.
 * @param seconds row → uptime, NaN where the log has none.
 * @returns rows, from 0, ascending.
 */
export function findRestarts(
  values: Readonly<Partial<Record<GcutilColumn, Float64Array>>>,
  seconds: Float64Array,
): Uint32Array {
  const growing = [seconds, ...COUNTERS.flatMap((name) => values[name] ?? [])]
  // Column → its latest known value in the life of the current JVM.
  const latest = new Float64Array(growing.length).fill(Number.NEGATIVE_INFINITY)
  const restarts: number[] = []
  for (let row = 0; row < seconds.length; row++) {
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
