/** Phases of an analysis in the order in which they run. */
export const PHASES = [
  'scan',
  'index-objects',
  'read-references',
  'number-objects',
  'invert-references',
  'dominators',
  'retained-sizes',
  'write-snapshot',
] as const
export type Phase = (typeof PHASES)[number]

/** Called often and cheaply: `fraction` of the phase, 0 to 1. May throw to cancel. */
export type OnProgress = (phase: Phase, fraction: number) => void

export interface PhaseTiming {
  readonly phase: Phase
  readonly wallMs: number
  /** CPU of all threads of the process in that time. */
  readonly cpuMs: number
}
