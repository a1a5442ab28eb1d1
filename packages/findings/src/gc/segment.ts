/** The rows of one JVM's life in a log, as the rules read them. */
import type { Evidence } from '@heaptrail/api/findings'
import { type Collector, clockOf, collectorOf, hasFixedGenerations, livesOf } from '@heaptrail/jvm-text/jstat/collector'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'

export interface Segment {
  readonly log: JstatLog
  readonly collector: Collector
  /** First row from 0, and how many. */
  readonly first: number
  readonly rows: number
  /** Row of the segment → value; undefined when the option does not print it, NaN where it is unknown. */
  readonly column: (name: string) => Float64Array | undefined
  /** Row → percent of the old generation, as large as it then was, in use; undefined when it cannot be told. */
  readonly old: Float64Array | undefined
  /**
   * Row → what is in use, in percent of the most there was room for in the log: of the old generation, or of the whole
   * heap where the generations take room from each other (G1, ZGC). Only percentages: as `old`. Trends are looked for in it.
   */
  readonly kept: Float64Array | undefined
  /** 100 % of `kept` is a limit. Not so for ZGC, which grows, and for percentages of G1, whose old generation does. */
  readonly limitKnown: boolean
  readonly eden: Float64Array | undefined
  /** Row → seconds, ascending; undefined without a clock. */
  readonly clock: Float64Array | undefined
  /** KB of 1,024 bytes that 100 % of `kept` are; undefined when nobody tells. */
  readonly capacityKb: number | undefined
}

/**
 * One segment for each JVM of the log, cut where its counters restart.
 * @param oldKb KB of 1,024 bytes of the old generation, from elsewhere: for logs that print percentages only.
 */
export function segmentsOf(log: JstatLog, oldKb?: number): Segment[] {
  return livesOf(log).map(({ first, end }) => segmentOf(log, first, end - first, oldKb))
}

function segmentOf(log: JstatLog, first: number, rows: number, oldKb: number | undefined): Segment {
  const column = (name: string): Float64Array | undefined => log.values[name]?.subarray(first, first + rows)
  const collector = collectorOf(log, { first, end: first + rows })
  const old = collector === 'zgc' ? undefined : shareOf(column, 'O', 'OU', 'OC')
  const ownRoom = collector === 'shenandoah' || (collector === 'generational' && hasFixedGenerations(log))
  const highest = ownRoom ? highestOf(column('OC')) : highestHeap(column)
  const used = collector === 'zgc' ? usedHeap(column) : column('OU')
  const kept = highest === undefined ? undefined : used?.map((value) => (100 * value) / highest)
  return {
    log,
    collector,
    first,
    rows,
    column,
    old: old ?? kept,
    kept: kept ?? old,
    limitKnown: ownRoom || (collector === 'generational' && kept !== undefined),
    eden: shareOf(column, 'E', 'EU', 'EC'),
    clock: clockOf(log, { first, end: first + rows }),
    capacityKb: kept === undefined ? oldKb : highest,
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

/** The most KB that were committed for young and old generation together. */
function highestHeap(column: Segment['column']): number | undefined {
  const old = column('OC')
  const young = [column('S0C'), column('S1C'), column('EC')]
  return highestOf(old?.map((value, row) => young.reduce((sum, part) => sum + orZero(part?.[row]), value)))
}

function usedHeap(column: Segment['column']): Float64Array | undefined {
  const eden = column('EU')
  return column('OU')?.map((value, row) => value + orZero(eden?.[row]))
}

/** Spaces that the JVM prints as `-` do not exist. */
function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value
}

function highestOf(column: Float64Array | undefined): number | undefined {
  const highest = column?.reduce((most, value) => (value > most ? value : most), 0) ?? 0
  return highest > 0 ? highest : undefined
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
