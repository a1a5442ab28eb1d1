/** The rows of one JVM's life in a log, as the rules read them. */
import type { Evidence } from '@heaptrail/api/findings'
import { type Collector, clockOf, collectorOf, livesOf } from '@heaptrail/jvm-text/jstat/collector'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'

export interface Segment {
  readonly log: JstatLog
  readonly collector: Collector
  /** First row from 0, and how many. */
  readonly first: number
  readonly rows: number
  /** Row of the segment → value; undefined when the option does not print it, NaN where it is unknown. */
  readonly column: (name: string) => Float64Array | undefined
  /** Row → percent of the old generation in use; undefined when it cannot be told. */
  readonly old: Float64Array | undefined
  readonly eden: Float64Array | undefined
  /** Row → seconds, ascending; undefined without a clock. */
  readonly clock: Float64Array | undefined
  /** KB of 1,024 bytes that 100 % of `old` are at the end; undefined with percentages only. */
  readonly capacityKb: number | undefined
}

/** One segment for each JVM of the log, cut where its counters restart. */
export function segmentsOf(log: JstatLog): Segment[] {
  return livesOf(log).map(({ first, end }) => segmentOf(log, first, end - first))
}

function segmentOf(log: JstatLog, first: number, rows: number): Segment {
  const column = (name: string): Float64Array | undefined => log.values[name]?.subarray(first, first + rows)
  const collector = collectorOf(log, { first, end: first + rows })
  return {
    log,
    collector,
    first,
    rows,
    column,
    old: collector === 'zgc' ? shareOfHighest(column) : shareOf(column, 'O', 'OU', 'OC'),
    eden: shareOf(column, 'E', 'EU', 'EC'),
    clock: clockOf(log, { first, end: first + rows }),
    capacityKb: lastKnown(column('OC')),
  }
}

/** Values that no JVM means (a torn read printed 250 %) count as unknown. */
function shareOf(column: Segment['column'], percent: string, used: string, capacity: string): Float64Array | undefined {
  const given = column(percent)
  if (given !== undefined) return given.map((value) => (value >= 0 && value <= 100.5 ? value : Number.NaN))
  const [part, whole] = [column(used), column(capacity)]
  if (part === undefined || whole === undefined) return undefined
  return part.map((value, row) => (whole[row]! > 0 ? (100 * value) / whole[row]! : Number.NaN))
}

/** ZGC commits what it needs, so that used = committed: its share is taken of the highest committed heap in the log. */
function shareOfHighest(column: Segment['column']): Float64Array | undefined {
  const [used, old, eden] = [column('OU'), column('OC'), column('EC')]
  if (used === undefined || old === undefined) return undefined
  let highest = 0
  for (let row = 0; row < old.length; row++) {
    const young = eden?.[row] ?? 0
    highest = Math.max(highest, old[row]! + (Number.isNaN(young) ? 0 : young))
  }
  return highest === 0 ? undefined : used.map((value) => (100 * value) / highest)
}

function lastKnown(column: Float64Array | undefined): number | undefined {
  return column?.findLast((value) => value > 0)
}

/** How much a counter grew from one row to another; 0 when it is unknown. */
export function grown(column: Float64Array | undefined, from = 0, to = (column?.length ?? 1) - 1): number {
  const difference = (column?.[to] ?? Number.NaN) - (column?.[from] ?? Number.NaN)
  return difference > 0 ? difference : 0
}

/** @param from and `to`: rows of the segment, from 0, both included. */
export function evidenceOf({ log, first }: Segment, from: number, to: number, columns: readonly string[]): Evidence {
  return {
    fromRow: first + from + 1,
    toRow: first + to + 1,
    fromLine: log.lines[first + from]!,
    toLine: log.lines[first + to]!,
    columns: columns.filter((name) => log.values[name] !== undefined || log.texts[name] !== undefined),
  }
}
