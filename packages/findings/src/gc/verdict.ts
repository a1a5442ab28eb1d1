/** All findings of a jstat log. */
import type { Finding, Severity } from '@heaptrail/api/findings'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { calmVerdict } from './calm.ts'
import { classSpaceGrowth } from './class-space.ts'
import { heapExhausted } from './exhausted.ts'
import { leakTrend } from './leak.ts'
import type { Found } from './found.ts'
import { gcOverhead } from './overhead.ts'
import { fastPromotion } from './promotion.ts'
import { type Segment, evidenceOf, segmentsOf } from './segment.ts'
import { systemGcStorm } from './system-gc.ts'

/** In this order among findings of one severity. */
const RULES: readonly ((segment: Segment) => Found | undefined)[] = [
  heapExhausted,
  leakTrend,
  classSpaceGrowth,
  gcOverhead,
  systemGcStorm,
  fastPromotion,
]
const ORDER: readonly Severity[] = ['critical', 'warning', 'info']

/**
 * What the log says, the gravest first; never empty. Every JVM of the log is judged by itself; whether all is calm is
 * said of the last one, when nothing grave was found in any.
 * @param oldKb KB of 1,024 bytes of the old generation where the log prints percentages only and somebody knows it.
 */
export function gcFindings(log: JstatLog, oldKb?: number): Finding[] {
  const segments = segmentsOf(log, oldKb)
  const found = joined(segments.flatMap((segment) => RULES.flatMap((rule) => rule(segment) ?? [])))
  const isGrave = found.some(({ severity }) => severity !== 'info')
  const last = segments.at(-1)!
  if (!isGrave) found.push({ ...calmVerdict(last), occurrences: 1 })
  if (last.clock === undefined && last.old !== undefined) {
    const evidence = evidenceOf(last, 0, last.rows - 1, [])
    const bytesKnown = last.capacityKb !== undefined
    found.push({ id: 'no-clock', severity: 'info', parameters: { bytesKnown }, evidence, occurrences: 1 })
  }
  return found.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

/** One finding of each id: of the gravest the last, which is what people can still look at. */
function joined(found: readonly Found[]): Finding[] {
  const byId = Map.groupBy(found, ({ id }) => id)
  return [...byId.values()].map((same) => {
    const gravest = same.toSorted((a, b) => ORDER.indexOf(b.severity) - ORDER.indexOf(a.severity)).at(-1)!
    return { ...gravest, occurrences: same.length }
  })
}
