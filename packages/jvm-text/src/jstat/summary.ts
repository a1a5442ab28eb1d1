/** What a page must know of a log before it asks for its series. */
import type { SkippedLine } from '../text.ts'
import type { JstatLog } from './log.ts'

const SKIPPED_SHOWN = 100

export interface JstatSummary {
  readonly columns: string[]
  readonly axis: 'seconds' | 'row'
  readonly rows: number
  /** First and last position on the axis. */
  readonly from: number
  readonly to: number
  /** The first hundred. */
  readonly skipped: SkippedLine[]
  readonly skippedTotal: number
  /** Rows, from 1, at which another JVM's samples begin. */
  readonly restarts: number[]
}

export function jstatSummary(log: JstatLog): JstatSummary {
  return {
    columns: [...log.columns],
    axis: log.axis,
    rows: log.rows,
    from: log.x[0]!,
    to: log.x[log.rows - 1]!,
    skipped: log.skipped.slice(0, SKIPPED_SHOWN),
    skippedTotal: log.skippedTotal,
    restarts: Array.from(log.restarts, (row) => row + 1),
  }
}
