/** What is left in the old generation after its collections. */
import { MOST_POINTS, median } from '../trend.ts'
import type { Segment } from './segment.ts'

export interface Floors {
  readonly after: 'full-collections' | 'old-collections' | 'cycles'
  /** Row of the segment, ascending, at which each floor was seen. */
  readonly rows: readonly number[]
  /** As `kept` of the segment. */
  readonly values: readonly number[]
}

const ENOUGH = 8
/**
 * Of a concurrent collector a floor is the lowest value over a part of the log: so many parts, each with so many rows and
 * cycles. What a cycle leaves is filled again before jstat looks, but in some of many rows it is seen.
 */
const PARTS = 24
const ROWS_PER_PART = 5
const CYCLES_PER_PART = 2
/** A fall of the old generation by so many percentage points is a collection of it. */
const LEAST_FALL = 3
/** Between the pauses of a cycle of CMS. */
const LEAST_SWING = 5

export function floorsOf(segment: Segment): Floors {
  const { kept, collector } = segment
  if (kept === undefined) return { after: 'full-collections', rows: [], values: [] }
  if (collector !== 'generational') {
    const starts = partsWithCycles(segment.column(collector === 'zgc' ? 'CGC' : 'FGC') ?? new Float64Array())
    return { after: 'cycles', ...lowestBetween(kept, starts, kept.length) }
  }
  const full = {
    after: 'full-collections',
    ...afterMarks(lowestBetween(kept, fullCollectionEnds(segment), kept.length)),
  } as const
  if (full.rows.length >= ENOUGH) return full
  const falls = { after: 'old-collections', ...troughs(kept) } as const
  return falls.rows.length > full.rows.length ? falls : full
}

/** Beginnings of parts of equal length in which the collector ran often enough. */
function partsWithCycles(cycles: Float64Array): number[] {
  const length = Math.max(ROWS_PER_PART, Math.ceil(cycles.length / PARTS))
  const starts: number[] = []
  for (let from = 0; from + length <= cycles.length; from += length) {
    if (cycles[from + length - 1]! - cycles[from]! >= CYCLES_PER_PART) starts.push(from)
  }
  return starts
}

/**
 * CMS counts the two pauses of a cycle, and only what is left behind the second one is a floor: where the values go up
 * and down in turn, the lower of each pair stays.
 */
function afterMarks(floors: Pick<Floors, 'rows' | 'values'>): Pick<Floors, 'rows' | 'values'> {
  const { rows, values } = floors
  const differences = values.slice(1).map((value, index) => value - values[index]!)
  const turns = differences.filter((value, index) => index > 0 && value * differences[index - 1]! < 0).length
  const swing = median(differences.map(Math.abs))
  if (values.length < 2 * ENOUGH || turns < 0.8 * (differences.length - 1) || !(swing >= LEAST_SWING)) return floors
  const lower = rows
    .map((row, index) => ({ row, value: values[index]! }))
    .filter(({ value }, index) => {
      const pair = values[index % 2 === 0 ? index + 1 : index - 1]
      return pair === undefined ? false : value < pair || (value === pair && index % 2 === 0)
    })
  return { rows: lower.map(({ row }) => row), values: lower.map(({ value }) => value) }
}

/** Rows at which a full collection had ended: the JVM counts it when it begins, and its time when it ends. */
export function fullCollectionEnds(segment: Segment): number[] {
  return steps(segment.column('FGCT') ?? segment.column('FGC'))
}

/** Rows at which a counter is higher than in the row before. */
export function steps(counter: Float64Array | undefined): number[] {
  const rows: number[] = []
  if (counter === undefined) return rows
  for (let row = 1; row < counter.length; row++) if (counter[row]! > counter[row - 1]!) rows.push(row)
  return rows
}

function everyNth(rows: readonly number[], n: number): number[] {
  return rows.filter((_, index) => index % n === 0)
}

/** The lowest value from each start to the next; neighbours are joined while there are more than MOST_POINTS. */
function lowestBetween(values: Float64Array, starts: readonly number[], end: number): Pick<Floors, 'rows' | 'values'> {
  const kept = everyNth(starts, Math.ceil(starts.length / MOST_POINTS) || 1)
  const rows: number[] = []
  kept.forEach((start, index) => {
    const lowest = lowestRow(values, start, kept[index + 1] ?? end)
    if (lowest !== undefined) rows.push(lowest)
  })
  return { rows, values: rows.map((row) => values[row]!) }
}

function lowestRow(values: Float64Array, from: number, to: number): number | undefined {
  let lowest: number | undefined
  for (let row = from; row < to; row++) {
    if (Number.isNaN(values[row]!)) continue
    if (lowest === undefined || values[row]! < values[lowest]!) lowest = row
  }
  return lowest
}

/** Where values turn upwards after a fall of at least LEAST_FALL, having risen by as much again. */
function troughs(values: Float64Array): Pick<Floors, 'rows' | 'values'> {
  const rows: number[] = []
  let peak = Number.NaN
  let lowest = -1
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (Number.isNaN(value)) continue
    if (lowest === -1) {
      if (!(value <= peak)) peak = value
      if (peak - value >= LEAST_FALL) lowest = row
    } else if (value < values[lowest]!) {
      lowest = row
    } else if (value - values[lowest]! >= LEAST_FALL) {
      rows.push(lowest)
      lowest = -1
      peak = value
    }
  }
  if (lowest !== -1) rows.push(lowest)
  const kept = everyNth(rows, Math.ceil(rows.length / MOST_POINTS) || 1)
  return { rows: kept, values: kept.map((row) => values[row]!) }
}
