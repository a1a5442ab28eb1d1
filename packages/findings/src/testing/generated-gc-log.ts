/** Logs of `jstat -gc -t` that a formula fills, read by the parser as a file would be. */
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'

/** A row; KB, except for counts and seconds. */
export interface GcRow {
  readonly edenCapacity: number
  readonly oldCapacity: number
  readonly oldUsed: number
  readonly full?: number
  readonly fullSeconds?: number
  /** Of G1: cycles so far; its survivors are always full then. */
  readonly cycles?: number
}

const HEADER = 'Timestamp S0C S1C S0U S1U EC EU OC OU MC MU CCSC CCSU YGC YGCT FGC FGCT CGC CGCT GCT'

/** A sample and a young collection of 4 ms per second. */
export function generatedGcLog(rows: number, rowAt: (row: number) => GcRow): JstatLog {
  const lines = Array.from({ length: rows }, (_, row) => {
    const { edenCapacity, oldCapacity, oldUsed, full = 0, fullSeconds = 0, cycles } = rowAt(row)
    const survivors = cycles === undefined ? [1024, 1024, 0, 100] : [0, 8192, 0, 8192]
    const eden = (row * 977 * 1024) % Math.max(1, edenCapacity)
    const sizes = [...survivors, edenCapacity, eden, oldCapacity, oldUsed, 9000, 8800, 1000, 900]
    const young = row * 0.004
    const concurrent = cycles === undefined ? ['-', '-'] : [cycles, '0.100']
    const counts = [
      row,
      young.toFixed(3),
      full,
      fullSeconds.toFixed(3),
      ...concurrent,
      (young + fullSeconds).toFixed(3),
    ]
    return [`${row + 1}.0`, ...sizes.map((size) => size.toFixed(1)), ...counts].join(' ')
  })
  const parsed = parseJstatLogs(new TextEncoder().encode(`${HEADER}\n${lines.join('\n')}\n`))
  if (parsed.kind === 'not-jstat' || parsed.logs.length !== 1) throw new Error('the generated log is not one log')
  return parsed.logs[0]!
}
