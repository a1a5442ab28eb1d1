/** What the analysis process is told, and what it tells. Plain data: it crosses a process boundary as JSON. */
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import type { Phase, PhaseTiming } from '@heaptrail/heap/progress'
import type { SnapshotMeta } from '@heaptrail/heap/snapshot/snapshot'

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
  /** Of the whole process, from its start. */
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMemoryBytes: number
}

/** `input`: the dump is at fault. `memory`: there was not enough. `crash`: we are. */
export type AnalysisFailureKind = 'input' | 'memory' | 'crash' | 'cancelled'

export type AnalysisMessage =
  | { readonly kind: 'progress'; readonly phase: Phase; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: AnalysisResult }
  | {
      readonly kind: 'failed'
      readonly failure: Exclude<AnalysisFailureKind, 'cancelled'>
      readonly message: string
      readonly byte?: number | undefined
    }
