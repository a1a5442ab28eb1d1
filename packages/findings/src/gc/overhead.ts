/** GC overhead: the share of wall time in collections that stop the program. */
import type { FoundOf } from './found.ts'
import { type Segment, evidenceOf, grown } from './segment.ts'

const WINDOW_SECONDS = 10
const WINDOW_ROWS = 5
const WARNING = 20
const CRITICAL = 60
const LIMIT_OF_JVM = 98

/** The times that jstat gives for Shenandoah and ZGC are not of pauses alone: nothing is said of them. */
export function gcOverhead(segment: Segment): FoundOf<'gc-overhead'> | undefined {
  const { clock, column, collector, rows } = segment
  const time = column('GCT') ?? column('FGCT')
  if (clock === undefined || time === undefined || collector !== 'generational') return undefined
  const worst = worstWindow(clock, time)
  if (worst === undefined || worst.share < WARNING) return undefined
  const { from, to, share } = worst
  return {
    id: 'gc-overhead',
    severity: share >= CRITICAL ? 'critical' : 'warning',
    parameters: {
      share,
      seconds: grown(clock, from, to),
      collectionSeconds: grown(time, from, to),
      shareOfAll: (100 * grown(time)) / grown(clock, 0, rows - 1),
      atLimitOfJvm: share >= LIMIT_OF_JVM,
    },
    evidence: evidenceOf(segment, from, to, ['GCT', 'FGCT', 'FGC']),
  }
}

/** The window of at least WINDOW_SECONDS and WINDOW_ROWS with the highest share, in percent. */
function worstWindow(
  clock: Float64Array,
  time: Float64Array,
): { readonly from: number; readonly to: number; readonly share: number } | undefined {
  let worst: { from: number; to: number; share: number } | undefined
  let from = 0
  for (let to = WINDOW_ROWS; to < clock.length; to++) {
    while (to - (from + 1) >= WINDOW_ROWS && clock[to]! - clock[from + 1]! >= WINDOW_SECONDS) from++
    const seconds = clock[to]! - clock[from]!
    if (seconds < WINDOW_SECONDS) continue
    // A collection that ended in the window may have begun before it.
    const share = Math.min(100, (100 * grown(time, from, to)) / seconds)
    if (worst === undefined || share > worst.share) worst = { from, to, share }
  }
  return worst
}
