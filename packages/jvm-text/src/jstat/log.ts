/** What logs of jstat say, as columns. */
import type { SkippedLine } from '../text.ts'
import type { StampKind } from '../stamp.ts'
import type { JstatColumn, JstatOption } from './columns.ts'

/** The samples that one jstat took of one JVM; row r (from 0) is the r-th sample. */
export interface JstatLog {
  readonly kind: 'jstat-log'
  readonly option: JstatOption
  /** At least 1. */
  readonly rows: number
  /** Columns with numbers that the header has, in their usual order, without the timestamp. */
  readonly columns: readonly JstatColumn[]
  /**
   * Column → row → value, in the unit that `unitOf(column)` tells: percent, KB of 1,024 bytes, seconds, or a count;
   * NaN where the JVM printed `-`.
   */
  readonly values: Readonly<Partial<Record<string, Float64Array>>>
  /** `LGCC` and `GCC` → row → words, as HotSpot spells them; empty unless the option is `gccause`. */
  readonly texts: Readonly<Partial<Record<string, readonly string[]>>>
  /**
   * `seconds`: the uptime of the JVM (`-t`), present in every row and never going back. Otherwise `row`:
   * the row's number from 1; time is not invented.
   */
  readonly axis: 'seconds' | 'row'
  /** Row → position on the axis; ascending. */
  readonly x: Float64Array
  /** Row → uptime of the JVM in seconds as `-t` printed it, also where a restart sets it back; undefined without `-t`. */
  readonly uptime: Float64Array | undefined
  /**
   * Row → when it was taken, in milliseconds, if something (awk, ts, a script) printed the time before it, in its line
   * or alone in a line above; NaN in rows without. Undefined when no row has one.
   */
  readonly stamps: Float64Array | undefined
  /** What the milliseconds of `stamps` count from; undefined without stamps. */
  readonly stampKind: StampKind | undefined
  /** Row → line of the file, from 1. */
  readonly lines: Uint32Array
  /** Rows, from 0, at which a counter or the uptime went back: another JVM, or a restart. Ascending. */
  readonly restarts: Uint32Array
  /** What stands before its columns in every row, without the time: a file name, a host; mostly empty. */
  readonly prefix: string
  /** The command that was typed above the log, if it is there. */
  readonly command: JstatCommand | undefined
  /** The rows stand without their header, and which it was was told from their decimals. */
  readonly headerAssumed: boolean
  /** Of the whole text: the first 1,000 lines that are neither sample nor header nor empty. */
  readonly skipped: readonly SkippedLine[]
  readonly skippedTotal: number
}

/** A typed `jstat -gcutil 13205 100 10`. */
export interface JstatCommand {
  readonly line: number
  /** As typed: a process id, or an id with host. */
  readonly target: string | undefined
  /** What jstat was asked for; a JVM in distress answers late, so the samples may lie further apart. */
  readonly intervalMilliseconds: number | undefined
}

/** All logs of a text: of several options, of several JVMs, one after the other or mixed. */
export interface JstatLogs {
  readonly kind: 'jstat-logs'
  /** At least one, by first line. */
  readonly logs: readonly JstatLog[]
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
