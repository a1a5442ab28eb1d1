/** Storms of `System.gc()`: the program asks for full collections, as the causes of `-gccause` tell. */
import type { FoundOf } from './found.ts'
import { steps } from './floors.ts'
import { type Segment, evidenceOf, grown } from './segment.ts'

const FEWEST = 3
const STORM = 10

export function systemGcStorm(segment: Segment): FoundOf<'system-gc-storm'> | undefined {
  const { log, first, column, clock, rows } = segment
  const [last, now] = [log.texts.LGCC, log.texts.GCC]
  if (last === undefined || now === undefined) return undefined
  const counted = steps(column(segment.collector === 'zgc' ? 'CGC' : 'FGC'))
  const asked = counted.filter((row) =>
    [last[first + row], now[first + row]].some((cause) => cause?.startsWith('System.gc') === true),
  )
  if (asked.length < FEWEST || asked.length < counted.length / 2) return undefined
  return {
    id: 'system-gc-storm',
    severity: asked.length >= STORM ? 'warning' : 'info',
    parameters: {
      calls: asked.length,
      fullCollections: grown(column('FGC')),
      seconds: clock === undefined ? null : grown(clock, 0, rows - 1),
    },
    evidence: evidenceOf(segment, asked[0]!, asked.at(-1)!, ['FGC', 'FGCT', 'LGCC', 'GCC']),
  }
}
