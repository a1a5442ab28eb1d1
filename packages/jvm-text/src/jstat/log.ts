/** What a jstat log says, as columns. */
import type { GcutilColumn } from './columns.ts'

export interface SkippedLine {
  /** From 1. */
  readonly line: number
  /** At most 200 UTF-16 units of it. */
  readonly text: string
  /** Why it is no sample: a sentence. */
  readonly reason: string
}

/** A log of `jstat -gcutil`; row r (from 0) is the r-th sample. */
export interface JstatLog {
  readonly kind: 'jstat-log'
  /** At least 1. */
  readonly rows: number
  /** Columns that some header of the log has, in their usual order, without the timestamp. */
  readonly columns: readonly GcutilColumn[]
  /** Row → percent, count or seconds; NaN where the JVM printed `-`, or the row's header lacks the column. */
  readonly values: Readonly<Partial<Record<GcutilColumn, Float64Array>>>
  /**
   * `seconds`: the uptime of the JVM (`-t`), present in every row and never going back. Otherwise `row`:
   * the row's number from 1; time is not invented.
   */
  readonly axis: 'seconds' | 'row'
  /** Row → position on the axis; ascending. */
  readonly x: Float64Array
  /** Row → line of the file, from 1. */
  readonly lines: Uint32Array
  /** Rows, from 0, at which a counter or the uptime went back: another JVM, or a restart. Ascending. */
  readonly restarts: Uint32Array
  /** The first 1,000 lines that are neither sample nor header nor empty. */
  readonly skipped: readonly SkippedLine[]
  readonly skippedTotal: number
}

/** A text that is no jstat log, or one that cannot be charted. */
export interface NotJstat {
  readonly kind: 'not-jstat'
  /** What was expected and what was found: a sentence or two for people. */
  readonly message: string
  /** The line that says so, from 1. */
  readonly line: number | undefined
}
