/** Promotion too fast: much of what young collections keep goes to the old generation, from where it must be collected. */
import type { FoundOf } from './found.ts'
import { median } from '../trend.ts'
import { steps } from './floors.ts'
import { type Segment, evidenceOf, grown } from './segment.ts'

const FEWEST_COLLECTIONS = 10
/** Percentage points of the old generation per young collection. */
const FAST = 5
const MANY_FULL = 10
const SURVIVOR_FULL = 99

export function fastPromotion(segment: Segment): FoundOf<'fast-promotion'> | undefined {
  const { old, column, collector, capacityKb, rows } = segment
  const young = column('YGC')
  if (old === undefined || young === undefined || collector !== 'generational') return undefined
  // A row in which a full collection ran too tells nothing of promotion.
  const ran = steps(young).filter((row) => grown(column('FGC'), row - 1, row) === 0)
  const risen = ran.map((row) => (old[row]! - old[row - 1]!) / grown(young, row - 1, row)).filter((value) => value >= 0)
  if (risen.length < FEWEST_COLLECTIONS || risen.length < ran.length / 2) return undefined
  const perCollection = median(risen)
  if (perCollection < FAST) return undefined
  const fullCollections = grown(column('FGC'))
  return {
    id: 'fast-promotion',
    severity: fullCollections >= MANY_FULL ? 'warning' : 'info',
    parameters: {
      youngCollections: grown(young),
      perCollection,
      kbPerCollection: capacityKb === undefined ? null : (perCollection * capacityKb) / 100,
      survivorFull: ran.filter((row) => survivorIsFull(segment, row)).length,
      fullCollections,
    },
    evidence: evidenceOf(segment, 0, rows - 1, ['S0', 'S1', 'O', 'OU', 'YGC', 'FGC']),
  }
}

/** G1 sizes its survivor regions to what is in them, and prints 100 always: told by its concurrent collections. */
function survivorIsFull({ column }: Segment, row: number): boolean {
  const at = (name: string): number => column(name)?.[row] ?? Number.NaN
  if (at('CGC') >= 0) return false
  const shares = [at('S0'), at('S1'), (100 * at('S0U')) / at('S0C'), (100 * at('S1U')) / at('S1C')]
  return shares.some((share) => share >= SURVIVOR_FULL)
}
