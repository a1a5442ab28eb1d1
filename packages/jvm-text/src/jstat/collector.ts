/** Whose counters a log shows, and which clock it has: what its numbers mean depends on both. */
import type { JstatLog } from './log.ts'

/**
 * `shenandoah`: jstat counts its concurrent cycles as full collections. `zgc`: it has no full collections, and its
 * occupancy is of the committed size. `generational`: all others.
 */
export type Collector = 'generational' | 'shenandoah' | 'zgc'

/** Rows of one JVM: `first` from 0, `end` behind the last. */
export interface RowSpan {
  readonly first: number
  readonly end: number
}

/** The lives of the JVM in a log, cut where its counters restart. */
export function livesOf({ restarts, rows }: JstatLog): RowSpan[] {
  const starts = [0, ...[...restarts].filter((row) => row > 0)]
  return starts.map((first, index) => ({ first, end: starts[index + 1] ?? rows }))
}

export function collectorOf({ values }: JstatLog, { first, end }: RowSpan): Collector {
  const column = (name: string): Float64Array | undefined => values[name]?.subarray(first, end)
  const full = column('FGC')
  if (full?.every(Number.isNaN) === true) return 'zgc'
  const eden = column('E') ?? column('EC')
  const young = column('YGC')
  const neverYoung = young?.every((count) => !(count > 0)) === true
  const isCounting = full?.some((count) => count > 0) === true
  if (isCounting && neverYoung && (eden === undefined || eden.every(Number.isNaN))) return 'shenandoah'
  return 'generational'
}

/** The collector of a log of one JVM; of several, that of the longest life. */
export function collectorOfLog(log: JstatLog): Collector {
  const [longest] = livesOf(log).sort((a, b) => b.end - b.first - (a.end - a.first))
  return longest === undefined ? 'generational' : collectorOf(log, longest)
}

/**
 * Row of the span → seconds: uptime of `-t`, or times that a script printed; they must stand in every row and never go
 * back. Undefined without a clock.
 */
export function clockOf({ uptime, stamps }: JstatLog, { first, end }: RowSpan): Float64Array | undefined {
  const [since, times] = [uptime?.subarray(first, end), stamps?.subarray(first, end)]
  if (since !== undefined && neverFalls(since)) return since
  return times !== undefined && neverFalls(times) ? times.map((stamp) => stamp / 1000) : undefined
}

function neverFalls(values: Float64Array): boolean {
  return values.every((value, row) => value >= (row === 0 ? value : values[row - 1]!))
}

/**
 * Whether the generations have fixed shares of the heap (Serial, Parallel, CMS). G1 counts concurrent cycles since JDK 11;
 * before, and since, its first survivor space is never used and its second one is all used or empty.
 */
export function hasFixedGenerations(log: JstatLog): boolean {
  const { values } = log
  if (collectorOfLog(log) !== 'generational') return false
  if (values.CGC?.some((count) => count >= 0) === true) return false
  const [first, second] = [values.S0 ?? values.S0U, values.S1 ?? values.S1U]
  if (first === undefined || second === undefined) return true
  const firstUnused = first.every((value) => !(value > 0))
  const full = (row: number): number => (values.S1 === undefined ? values.S1C![row]! : 100)
  const wholeOrEmpty = second.every((value, row) => !(value > 0) || value === full(row))
  return !(firstUnused && wholeOrEmpty && second.some((value) => value > 0))
}
