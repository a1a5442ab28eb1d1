/** Metaspace, or the permanent generation until JDK 7, grows to its limit. */
import type { FoundOf } from './found.ts'
import { MOST_POINTS, steadyRise } from '../trend.ts'
import { fullCollectionEnds } from './floors.ts'
import { type Segment, evidenceOf, grown } from './segment.ts'

const PERMANENT_FULL = 98
const OLD_HAS_ROOM = 80
/** Loading classes at start is no growth: so many rows, and seconds where there is a clock. */
const FEWEST_ROWS = 60
const LEAST_SECONDS = 300
const LEAST_GROWTH = 0.25
const FEWEST_THRESHOLDS = 3

export function classSpaceGrowth(segment: Segment): FoundOf<'class-space-growth'> | undefined {
  return permanentFull(segment) ?? thresholdReached(segment) ?? metaspaceRises(segment)
}

/** The permanent generation is full, and full collections run although the old generation has room. */
function permanentFull(segment: Segment): FoundOf<'class-space-growth'> | undefined {
  const { old, column, rows } = segment
  const permanent = column('P') ?? quotient(column('PU'), column('PC'))
  if (permanent === undefined) return undefined
  const ends = fullCollectionEnds(segment).filter((row) => permanent[row]! >= PERMANENT_FULL)
  if (ends.length === 0 || ends.some((row) => (old?.[row] ?? 0) >= OLD_HAS_ROOM)) return undefined
  return describe(segment, 'permanent', 'percent', permanent[0]!, permanent[rows - 1]!, 100, ends.length)
}

/** `-gccause` says that collections ran because metaspace reached its high-water mark. */
function thresholdReached(segment: Segment): FoundOf<'class-space-growth'> | undefined {
  const { log, first, column, rows } = segment
  const causes = log.texts.LGCC
  const metaspace = column('M') ?? column('P')
  if (causes === undefined || metaspace === undefined) return undefined
  const ends = fullCollectionEnds(segment).filter((row) => /Metadata GC|Permanent/.test(causes[first + row] ?? ''))
  if (ends.length < FEWEST_THRESHOLDS) return undefined
  const space = column('M') === undefined ? 'permanent' : 'metaspace'
  return describe(segment, space, 'percent', metaspace[0]!, metaspace[rows - 1]!, null, ends.length)
}

/** The used size rises all the time; the percentages of `-gcutil` are of the committed size and tell nothing. */
function metaspaceRises(segment: Segment): FoundOf<'class-space-growth'> | undefined {
  const { column, clock, rows } = segment
  const used = column('MU') ?? column('MC')
  if (used === undefined || rows < FEWEST_ROWS) return undefined
  if (clock !== undefined && grown(clock) < LEAST_SECONDS) return undefined
  const stride = Math.ceil(rows / MOST_POINTS)
  const x: number[] = []
  const y: number[] = []
  for (let row = 0; row < rows; row += stride) {
    if (!(used[row]! > 0)) continue
    x.push(row)
    y.push((100 * used[row]!) / used[rows - 1]!)
  }
  const from = (y[0] ?? 100) / 100
  if (steadyRise({ x, y }) === undefined || 1 - from < LEAST_GROWTH * from) return undefined
  const last = used[rows - 1]!
  const limit = column('MCMX')?.[rows - 1]
  return describe(segment, 'metaspace', 'KB', from * last, last, limit !== undefined && limit > 0 ? limit : null, 0)
}

function quotient(part: Float64Array | undefined, whole: Float64Array | undefined): Float64Array | undefined {
  return whole === undefined ? undefined : part?.map((value, row) => (100 * value) / whole[row]!)
}

function describe(
  segment: Segment,
  space: 'metaspace' | 'permanent',
  unit: 'percent' | 'KB',
  from: number,
  to: number,
  limit: number | null,
  fullCollections: number,
): FoundOf<'class-space-growth'> {
  return {
    id: 'class-space-growth',
    severity: space === 'permanent' && unit === 'percent' && limit !== null ? 'critical' : 'warning',
    parameters: { space, unit, from: known(from), to: known(to), limit, fullCollections },
    evidence: evidenceOf(segment, 0, segment.rows - 1, ['M', 'MU', 'MC', 'MCMX', 'P', 'PU', 'PC', 'FGC', 'LGCC']),
  }
}

function known(value: number): number {
  return Number.isNaN(value) ? 0 : value
}
