/** What output of top says. */
import type { SkippedLine } from '../text.ts'

/** All samples of a text. */
export interface TopOutput {
  readonly kind: 'top-output'
  /** At least one, in the order of the text. */
  readonly samples: readonly TopSample[]
  /** Every process that some sample lists, those of Java first, then by falling memory. */
  readonly processes: readonly TopProcess[]
  /** The first 1,000 lines that are no part of the output nor empty. */
  readonly skipped: readonly SkippedLine[]
  readonly skippedTotal: number
}

/** One screen: the head lines and the rows below them. */
export interface TopSample {
  /** Of its first line, from 1. */
  readonly line: number
  /** Of the first line of top, in milliseconds since a midnight that nobody tells; undefined when it is cut away. */
  readonly timeOfDay: number | undefined
  /** Memory of the whole machine. */
  readonly memoryBytes: { readonly total: number | undefined; readonly free: number | undefined }
  /** Rows are threads (`-H`): their ids stand where those of processes do, and memory is that of the whole process. */
  readonly threads: boolean
  readonly rows: readonly TopRow[]
}

/** A process or a thread; NaN and undefined where the output has no such column or nothing readable in it. */
export interface TopRow {
  /** From 1. */
  readonly line: number
  /** Of the process, or of the thread. */
  readonly id: number
  readonly user: string | undefined
  readonly virtualBytes: number
  /** Exact to what top prints: `3.3g` is known to a tenth of a GiB. */
  readonly residentBytes: number
  /** Percent of one processor. */
  readonly cpuPercent: number
  readonly memoryPercent: number
  /** Processor time used so far. */
  readonly cpuSeconds: number
  /** The command, or the name of the thread; top cuts it to the width of the screen. */
  readonly command: string
}

/** A process over the samples. */
export interface TopProcess {
  readonly pid: number
  readonly command: string
  readonly user: string | undefined
  /** By its command, or by the names of its threads. */
  readonly isJava: boolean
  /** Indices into `samples`, ascending; the columns below are parallel to it. */
  readonly samples: Uint32Array
  readonly virtualBytes: Float64Array
  readonly residentBytes: Float64Array
  /** Percent of one processor; of all its threads together in a sample of threads. */
  readonly cpuPercent: Float64Array
}

export interface NotTop {
  readonly kind: 'not-top'
  /** What was expected and what was found: a sentence or two for people. */
  readonly message: string
  /** The line that says so, from 1. */
  readonly line: number | undefined
}
