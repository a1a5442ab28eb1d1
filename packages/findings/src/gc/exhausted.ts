/** Heap exhausted: full collections run one after the other, and the old generation stays full. */
import type { FoundOf } from './found.ts'
import { median } from '../trend.ts'
import { fullCollectionEnds } from './floors.ts'
import { type Segment, evidenceOf, grown } from './segment.ts'

/** With 16 MiB chunks an old generation of 256 MiB stops at 97 %: less than this is left for anything. */
const FULL = 90
const EDEN_FULL = 95
const BACK_TO_BACK = 5
/** Full collections that take less of the wall time are not back to back. */
const LEAST_SHARE = 0.1
/** The same where no time is known: full collections per row, or seconds that one takes. */
const LEAST_PER_ROW = 0.02
const LONG_SECONDS = 1
/**
 * For Shenandoah and ZGC, whose cycles may run all the time: so many, over so many rows, must pass in which nothing was
 * seen to be freed. A healthy heap that is filled again at once is seen lower in some of the rows.
 */
const FEWEST_CYCLES = 50
const FEWEST_ROWS = 40
const ZGC_FULL = 99.5
/** Cycles that run one after the other: so much of the time, or so many per row where no time is known. */
const LEAST_CYCLE_SHARE = 0.3

/** Rows of a segment, from 0, both included. */
interface Stretch {
  readonly from: number
  readonly to: number
}

export function heapExhausted(segment: Segment): FoundOf<'heap-exhausted'> | undefined {
  const { old, collector } = segment
  if (old === undefined) return undefined
  const isExhausted = collector === 'generational' ? fullCollectionsFreeNothing : cyclesFreeNothing
  const full = fullStretches(old, collector === 'zgc' ? ZGC_FULL : FULL)
  const stretches = full.flatMap(
    (stretch) => candidatesIn(segment, stretch).find((each) => isExhausted(segment, each)) ?? [],
  )
  const worst = stretches.sort((a, b) => collectionsIn(segment, b) - collectionsIn(segment, a))[0]
  return worst === undefined ? undefined : describe(segment, worst)
}

function fullStretches(old: Float64Array, threshold: number): Stretch[] {
  const stretches: Stretch[] = []
  let from = -1
  let to = -1
  for (let row = 0; row <= old.length; row++) {
    if (old[row]! >= threshold) {
      if (from === -1) from = row
      to = row
    } else if (from !== -1 && !Number.isNaN(old[row])) {
      stretches.push({ from, to })
      from = -1
    }
  }
  return stretches
}

/**
 * The stretch itself, and its parts from some full collection on: an old generation may be nearly full for hours (that of
 * G1 always is) before collections begin to run one after the other.
 */
function candidatesIn(segment: Segment, stretch: Stretch): Stretch[] {
  if (segment.collector !== 'generational') return [stretch]
  const ends = fullCollectionEnds(segment).filter((row) => row > stretch.from && row <= stretch.to)
  const starts = [0, 1 / 2, 3 / 4].flatMap((share) => ends[Math.floor(ends.length * share)] ?? [])
  return [stretch, ...starts.map((row) => ({ from: Math.max(stretch.from, row - 1), to: stretch.to }))]
}

function collectionsIn(segment: Segment, { from, to }: Stretch): number {
  if (segment.collector === 'zgc') return grown(segment.column('CGC'), from, to)
  return grown(segment.column('FGC'), from, to) || grown(segment.column('FGCT'), from, to)
}

function cyclesFreeNothing(segment: Segment, stretch: Stretch): boolean {
  const rows = stretch.to - stretch.from + 1
  const cycles = collectionsIn(segment, stretch)
  if (rows < FEWEST_ROWS || cycles < FEWEST_CYCLES) return false
  // An idle Shenandoah gives memory back, so that little use is a large share; but then it hardly runs. ZGC counts pauses only.
  const share = segment.collector === 'zgc' ? undefined : shareOfTime(segment, stretch)
  return (share ?? cycles / rows) >= LEAST_CYCLE_SHARE
}

function fullCollectionsFreeNothing(segment: Segment, stretch: Stretch): boolean {
  const ends = fullCollectionEnds(segment).filter(
    (row) => row > stretch.from && row <= stretch.to && !isAsked(segment, row),
  )
  if (ends.length === 0) return false
  const full = grown(segment.column('FGC'), stretch.from, stretch.to)
  const young = grown(segment.column('YGC'), stretch.from, stretch.to)
  const share = shareOfTime(segment, stretch)
  const follow = share === undefined ? areDense(segment, stretch, full) : share >= LEAST_SHARE
  if (full >= BACK_TO_BACK && young <= full && follow) return true
  return young <= Math.max(1, full) && edenStaysFull(segment, stretch, ends) && (share ?? 1) >= LEAST_SHARE
}

/** Without a clock: somebody who asks for a histogram of live objects every hour makes full collections too, far apart. */
function areDense({ column }: Segment, { from, to }: Stretch, full: number): boolean {
  const seconds = grown(column('FGCT'), from, to)
  return full >= LEAST_PER_ROW * (to - from + 1) || seconds >= LONG_SECONDS * full
}

/** A full collection that a person or the program asked for says nothing about need. */
function isAsked({ log, first }: Segment, row: number): boolean {
  return /System\.gc|Heap Inspection|Heap Dump|Diagnostic/.test(log.texts.LGCC?.[first + row] ?? '')
}

/** A full collection that frees anything empties eden. */
function edenStaysFull({ eden }: Segment, { from, to }: Stretch, ends: readonly number[]): boolean {
  if (eden === undefined) return false
  const known = eden.subarray(from, to + 1).filter((value) => !Number.isNaN(value))
  return known.length > 0 && median(known) >= EDEN_FULL && ends.every((row) => eden[row]! >= FULL)
}

function shareOfTime({ column, clock }: Segment, { from, to }: Stretch): number | undefined {
  const seconds = grown(clock, from, to)
  return seconds > 0 ? grown(column('FGCT'), from, to) / seconds : undefined
}

/** The first tenth of the full collections often spreads over the rows in which the generation filled: left out. */
function core(segment: Segment, { from, to }: Stretch): Stretch {
  const full = segment.column('FGC')
  const wanted = Math.floor(grown(full, from, to) / 10)
  let start = from
  while (start < to && grown(full, from, start) < wanted) start++
  return { from: start, to }
}

function describe(segment: Segment, whole: Stretch): FoundOf<'heap-exhausted'> {
  const { old, eden, column, clock, rows, collector } = segment
  const { from, to } = core(segment, whole)
  const known = (old ?? new Float64Array()).subarray(from, to + 1).filter((value) => !Number.isNaN(value))
  const edenKnown = (eden ?? new Float64Array()).subarray(from, to + 1).filter((value) => !Number.isNaN(value))
  return {
    id: 'heap-exhausted',
    severity: 'critical',
    parameters: {
      rows: to - from + 1,
      collector,
      fullCollections: Math.max(collectionsIn(segment, { from, to }), fullCollectionEnds(segment).length > 0 ? 1 : 0),
      fullSeconds: grown(column('FGCT'), from, to),
      youngCollections: grown(column('YGC'), from, to),
      oldLow: known.reduce((a, b) => Math.min(a, b)),
      oldHigh: known.reduce((a, b) => Math.max(a, b)),
      eden: edenKnown.length === 0 ? null : median(edenKnown),
      seconds: clock === undefined ? null : grown(clock, from, to),
      ongoing: to >= rows - 1,
    },
    evidence: evidenceOf(segment, from, to, ['E', 'EU', 'O', 'OU', 'OC', 'YGC', 'FGC', 'FGCT', 'CGC']),
  }
}
