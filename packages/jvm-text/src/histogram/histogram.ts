/** What class histograms say, as columns. */
import type { Stamp } from '../stamp.ts'
import type { SkippedLine } from '../text.ts'

/** The output of one `jmap -histo` or `jcmd GC.class_histogram`; row r (from 0) is a class. */
export interface ClassHistogram {
  readonly kind: 'class-histogram'
  /** At least 1. In the order of the text: by falling bytes. */
  readonly rows: number
  /**
   * Row → class, readable: `byte[]`, `java.lang.String`. Internal objects of JDK 6 and 7 keep their brackets:
   * `<methodKlass>`. Hidden classes keep the suffix that tells them apart: `C$$Lambda/0x0000000800c03000`. The same name
   * occurs several times when several class loaders have a class of that name.
   */
  readonly names: readonly string[]
  /** Row → module with version (`java.base@17.0.15`), empty for classes without and before JDK 9. */
  readonly modules: readonly string[]
  readonly instances: Float64Array
  /** Row → shallow bytes of all instances. */
  readonly bytes: Float64Array
  /** Row → its number in the text, from 1. */
  readonly ranks: Uint32Array
  /** Row → line of the file, from 1. */
  readonly lines: Uint32Array
  /** Sums of the rows. */
  readonly sum: { readonly instances: number; readonly bytes: number }
  /** The last row of the text, `Total`; undefined when it is missing. */
  readonly total: { readonly instances: number; readonly bytes: number; readonly line: number } | undefined
  /**
   * `complete`: the rows add up to the total. `differs`: they do not, so rows are missing or damaged. `no-total`: the
   * text ends before the total, mostly after the largest classes.
   */
  readonly completeness: 'complete' | 'differs' | 'no-total'
  /** `live`: a full collection ran before, as the command above says; `all`: garbage is counted too. */
  readonly counted: 'live' | 'all' | 'unknown'
  /** The process, if the command or jcmd's first line tells it. */
  readonly pid: number | undefined
  /** A time that stands in the lines before it. */
  readonly stamp: Pick<Stamp, 'kind' | 'milliseconds'> | undefined
  /** Line of its header, or of its first row when it has none; from 1. */
  readonly line: number
}

export interface ClassHistograms {
  readonly kind: 'class-histograms'
  /** At least one, in the order of the text. */
  readonly histograms: readonly ClassHistogram[]
  /** The first 1,000 lines that are neither row nor header nor total nor empty. */
  readonly skipped: readonly SkippedLine[]
  readonly skippedTotal: number
}

export interface NotHistogram {
  readonly kind: 'not-histogram'
  /** What was expected and what was found: a sentence or two for people. */
  readonly message: string
  /** The line that says so, from 1. */
  readonly line: number | undefined
}
