/** From the fraction of a phase to the fraction of the whole analysis. */
import type { AnalysisPhase } from '@heaptrail/api/cases'

type HeapPhase = Exclude<AnalysisPhase, 'parse-text'>

/**
 * What a phase takes of the whole, measured on a dump of 21 million objects. Most of the snapshot is written beside the others; its
 * own part is what they wait for it.
 */
const WEIGHTS: Readonly<Record<HeapPhase, number>> = {
  scan: 0.08,
  'index-objects': 0.01,
  'read-references': 0.15,
  'number-objects': 0.24,
  'invert-references': 0.18,
  dominators: 0.16,
  'retained-sizes': 0.13,
  'write-snapshot': 0.05,
}
const PHASES = Object.keys(WEIGHTS) as HeapPhase[]

export interface Progress {
  readonly phase: HeapPhase
  /** Of the whole, 0 to 1. */
  readonly fraction: number
}

/**
 * @returns takes what the analysis tells, in its order, and gives the state of the whole. Of a dump that was scanned while it
 * came in, scanning is no part of the whole.
 */
export function heapProgress(): (phase: HeapPhase, fraction: number) => Progress {
  let current = 0
  let before: number | undefined
  const done = new Map<HeapPhase, number>()
  return (phase, fraction) => {
    if (phase !== 'write-snapshot') current = PHASES.indexOf(phase)
    // Phases follow each other, and what is written is written after the phase that made it.
    const over = phase === 'write-snapshot' ? current + 1 : current
    before ??= phase === 'scan' ? 0 : WEIGHTS.scan
    for (const earlier of PHASES.slice(0, over)) done.set(earlier, 1)
    done.set(phase, fraction)
    // Writing in between is not shown as the last phase before it is.
    const shown = PHASES[current + 1] === 'write-snapshot' ? phase : PHASES[current]
    const whole = PHASES.reduce((sum, name) => sum + WEIGHTS[name] * (done.get(name) ?? 0), 0)
    return { phase: shown ?? phase, fraction: Math.min(1, (whole - before) / (1 - before)) }
  }
}
