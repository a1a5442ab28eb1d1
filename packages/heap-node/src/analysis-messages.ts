/** What the analysis process is told, and what it tells. Plain data: it crosses a process boundary as JSON. */
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import type { Phase, PhaseTiming } from '@heaptrail/heap/progress'
import type { ProvisionalHistogram } from '@heaptrail/heap/provisional-histogram'
import type { SnapshotMeta } from '@heaptrail/heap/snapshot/snapshot'

/**
 * Either the order alone, or `follow` first: then a file that still grows is read as far as it goes, which is told again
 * and again until it is whole, and the order comes after that.
 */
export type AnalysisRequest =
  | { readonly kind: 'follow'; readonly dumpPath: string }
  | { readonly kind: 'arrived'; readonly bytes: number; readonly isWhole: boolean }
  | { readonly kind: 'analyse'; readonly order: AnalysisOrder }

export interface AnalysisOrder {
  readonly dumpPath: string
  /** A new file, on the file system where the snapshot is to stay. */
  readonly temporaryPath: string
  /** At most so many for the parse passes; small dumps take fewer. */
  readonly threads: number
  readonly options: AnalysisOptions
}

export interface AnalysisResult {
  readonly meta: SnapshotMeta
  readonly snapshotBytes: number
  /** By phase, the writing to disk included. */
  readonly timings: readonly PhaseTiming[]
  /** Of the whole process, from its start; for a dump that it followed, from the order. */
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMemoryBytes: number
}

/**
 * `input`: the dump is at fault. `memory`, `disk`: there was not enough. `crash`: we are.
 * `killed`: from outside, by the system for want of memory or by somebody.
 */
export type AnalysisFailureKind = 'input' | 'memory' | 'disk' | 'killed' | 'crash' | 'cancelled'

export interface MemoryShortage {
  readonly neededBytes: number
  readonly availableBytes: number
}

export type AnalysisMessage =
  | { readonly kind: 'progress'; readonly phase: Phase; readonly fraction: number }
  | { readonly kind: 'histogram'; readonly histogram: ProvisionalHistogram }
  | { readonly kind: 'done'; readonly result: AnalysisResult }
  | {
      readonly kind: 'failed'
      readonly failure: Exclude<AnalysisFailureKind, 'cancelled' | 'killed'>
      readonly message: string
      readonly byte?: number | undefined
      /** Figures of an analysis that was refused before the memory ran out. */
      readonly memory?: MemoryShortage | undefined
    }
