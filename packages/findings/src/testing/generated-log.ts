/** Logs of `jstat -gcutil` that a formula fills, read by the parser as a file would be. */
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'

export interface GeneratedLog {
  readonly rows: number
  /** Rows between two full collections. */
  readonly every: number
  /** Percent of the old generation that is left after the full collection before or at the row. */
  readonly floor: (row: number) => number
  readonly withClock: boolean
  /** Rows at which the JVM starts again. */
  readonly restarts?: readonly number[]
}

const HEADER = 'S0 S1 E O M CCS YGC YGCT FGC FGCT GCT'

/** A sample per second; the old generation rises by 20 points between its collections. */
export function generatedLog({ rows, every, floor, withClock, restarts = [] }: GeneratedLog): JstatLog {
  const lines = [withClock ? `Timestamp ${HEADER}` : HEADER]
  let start = 0
  for (let row = 0; row < rows; row++) {
    if (restarts.includes(row)) start = row
    const age = row - start
    const full = Math.floor(age / every)
    const old = Math.max(0, Math.min(100, floor(start + full * every) + (20 * (age % every)) / every))
    const [young, eden] = [age, (37 * age) % 100]
    const numbers = [0, 50, eden, old, 95, 90].map((value) => value.toFixed(2))
    const times = [
      young,
      (young * 0.005).toFixed(3),
      full,
      (full * 0.1).toFixed(3),
      (young * 0.005 + full * 0.1).toFixed(3),
    ]
    lines.push([...(withClock ? [(age + 2).toFixed(1)] : []), ...numbers, ...times].join(' '))
  }
  const parsed = parseJstatLogs(new TextEncoder().encode(`${lines.join('\n')}\n`))
  if (parsed.kind === 'not-jstat' || parsed.logs.length !== 1) throw new Error('the generated log is not one log')
  return parsed.logs[0]!
}
