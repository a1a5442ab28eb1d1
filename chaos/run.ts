/** What all parts of a run share. */
import type { Tally } from './tally.ts'

export interface Run {
  /** Where data directories are made. */
  readonly folder: string
  /** How often each victim is killed. */
  readonly kills: number
  readonly tally: Tally
  /** Something is not as it was promised. */
  fault(sentence: string): void
  /** So much is wrong that more of it tells nothing. */
  isHopeless(): boolean
  /** A line with the time since the run began. */
  log(line: string): void
}
