/**
 * What happened between each row of a log and the row before: collections, their time, allocation, promotion.
 * Row → figure; NaN in the first row of a JVM, and where it cannot be told.
 */
import { clockOf, collectorOf, livesOf, type RowSpan } from './collector.ts'
import type { JstatLog } from './log.ts'
import type { Space, SpaceColumns } from './spaces.ts'

export interface Steps {
  /** Collections counted. */
  readonly young: Float64Array
  readonly full: Float64Array
  readonly concurrent: Float64Array
  /** Seconds by the log's clock. */
  readonly wall: Float64Array
  /** Seconds added to the counters of collection time. */
  readonly gcSeconds: Float64Array
  /** Seconds of the step that went into collections: those that were added later are counted back, never above `wall`. */
  readonly busy: Float64Array
  /** KB of 1,024 bytes allocated in eden. */
  readonly allocated: Float64Array
  /** KB that young collections moved to the old generation. */
  readonly promoted: Float64Array
}

export function stepsOf(log: JstatLog, spaces: ReadonlyMap<Space, SpaceColumns>): Steps {
  const unknown = (): Float64Array => new Float64Array(log.rows).fill(Number.NaN)
  const steps: Steps = {
    young: unknown(),
    full: unknown(),
    concurrent: unknown(),
    wall: unknown(),
    gcSeconds: unknown(),
    busy: unknown(),
    allocated: unknown(),
    promoted: unknown(),
  }
  for (const life of livesOf(log)) {
    countCollections(log, life, steps)
    measureTime(log, life, steps)
    if (collectorOf(log, life) === 'generational') measureFlow(life, spaces, steps)
  }
  return steps
}

function countCollections({ values }: JstatLog, { first, end }: RowSpan, steps: Steps): void {
  for (let row = first + 1; row < end; row++) {
    steps.young[row] = growth(values.YGC, row)
    steps.full[row] = growth(values.FGC, row)
    steps.concurrent[row] = growth(values.CGC, row)
    steps.gcSeconds[row] =
      values.GCT === undefined
        ? sumOfKnown(growth(values.YGCT, row), growth(values.FGCT, row), growth(values.CGCT, row))
        : growth(values.GCT, row)
  }
}

function measureTime(log: JstatLog, life: RowSpan, { wall, gcSeconds, busy }: Steps): void {
  const clock = clockOf(log, life)
  if (clock === undefined) return
  for (let row = life.first + 1; row < life.end; row++)
    wall[row] = clock[row - life.first]! - clock[row - life.first - 1]!
  // The times of Shenandoah and ZGC are not of pauses alone.
  if (collectorOf(log, life) !== 'generational') return
  let later = 0
  for (let row = life.end - 1; row > life.first; row--) {
    const waiting = later + (Number.isNaN(gcSeconds[row]!) ? 0 : gcSeconds[row]!)
    busy[row] = Math.min(waiting, wall[row]!)
    later = waiting - busy[row]!
  }
}

function measureFlow({ first, end }: RowSpan, spaces: ReadonlyMap<Space, SpaceColumns>, steps: Steps): void {
  const [eden, old] = [spaces.get('E'), spaces.get('O')]
  for (let row = first + 1; row < end; row++) {
    // A full collection moves and frees at once: what was allocated or promoted cannot be told.
    if (!(steps.full[row] === 0)) continue
    const young = steps.young[row]!
    steps.allocated[row] = allocated(eden, row, young)
    steps.promoted[row] = promoted(old, row, young)
  }
}

/** A young collection runs when eden is full and leaves it empty. */
function allocated(eden: SpaceColumns | undefined, row: number, young: number): number {
  if (eden?.usedKb === undefined || eden.capacityKb === undefined) return Number.NaN
  const [before, now] = [eden.usedKb[row - 1]!, eden.usedKb[row]!]
  const emptied = young === 0 ? 0 : eden.capacityKb[row - 1]! + (young - 1) * eden.capacityKb[row]!
  const amount = now - before + emptied
  return amount >= 0 ? amount : Number.NaN
}

/** What the old generation gains without a young collection was allocated there; where it falls, it was collected too. */
function promoted(old: SpaceColumns | undefined, row: number, young: number): number {
  if (old?.usedKb === undefined) return Number.NaN
  if (young === 0) return 0
  const gained = old.usedKb[row]! - old.usedKb[row - 1]!
  return gained >= 0 ? gained : Number.NaN
}

function growth(column: Float64Array | undefined, row: number): number {
  const difference = (column?.[row] ?? Number.NaN) - (column?.[row - 1] ?? Number.NaN)
  return difference >= 0 ? difference : Number.NaN
}

function sumOfKnown(...values: number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0)
}
