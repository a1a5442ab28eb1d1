/** How much 100 % are: for logs that print percentages only, from another log of the case or from what a person typed. */
import type { Reading } from '@heaptrail/api/text-parts'
import type { LogFacts } from '../texts/text-facts.ts'
import type { LogContext } from '../texts/text-questions.ts'

type Known = LogContext['capacities']

const NOTHING: Known = { source: 'none', kb: {} }
/** The old generation of two logs of one JVM, relative. */
const ALIKE = 0.02
/** Without -Xmn the old generation is twice the young one (-XX:NewRatio=2). */
const YOUNG_SHARE = 1 / 3
/** Of the young generation; a survivor space is an eighth of eden (-XX:SurvivorRatio=8). */
const EDEN_SHARE = 0.8
const SURVIVOR_SHARE = 0.1

/** @param others all other logs of the case. */
export function capacitiesFor(log: LogFacts, reading: Reading | undefined, others: readonly LogFacts[]): Known {
  if (log.capacities?.O !== undefined) return { source: 'log', kb: {} }
  if (log.capacities !== undefined) return { source: 'log', kb: {} }
  return fromReading(log, reading) ?? fromOthers(log, others) ?? NOTHING
}

/** The generations of G1, ZGC and Shenandoah have no fixed share of -Xmx. */
function fromReading({ hasFixedGenerations }: LogFacts, reading: Reading | undefined): Known | undefined {
  const heap = reading?.maxHeapBytes
  if (heap === undefined || heap === null || !hasFixedGenerations) return undefined
  const young = Math.min(heap, reading?.youngBytes ?? heap * YOUNG_SHARE) / 1024
  return {
    source: 'user',
    kb: { S0: young * SURVIVOR_SHARE, S1: young * SURVIVOR_SHARE, E: young * EDEN_SHARE, O: heap / 1024 - young },
  }
}

function fromOthers({ target }: LogFacts, others: readonly LogFacts[]): Known | undefined {
  const telling = others.filter(({ capacities }) => capacities?.O !== undefined)
  const same = telling.filter((other) => other.target !== undefined && other.target === target)
  const maybe = telling.filter((other) => other.target === undefined || target === undefined)
  const found = same.at(-1) ?? (areAlike(maybe) ? maybe.at(-1) : undefined)
  return found?.capacities === undefined ? undefined : { source: 'case', kb: found.capacities }
}

/** Nobody says whose logs they are: then they must agree. */
function areAlike(logs: readonly LogFacts[]): boolean {
  const sizes = logs.map(({ capacities }) => capacities?.O ?? 0)
  return sizes.length > 0 && Math.max(...sizes) - Math.min(...sizes) <= ALIKE * Math.max(...sizes)
}
