/** A heap dump analysed in a process of its own, and opened for questions. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AnalysisError, analyse } from '@heaptrail/heap-node/analyse'
import { openFileSource } from '@heaptrail/heap-node/file-source'
import { peakMemoryBytes } from '@heaptrail/heap-node/peak-memory'
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import type { Heap } from '@heaptrail/heap/query/heap'
import { openHeap } from '@heaptrail/heap/query/open-heap'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { InputFault } from './input-fault.ts'
import { progressLine } from './progress-line.ts'
import type { AnalysisCost } from './report/heap-report.ts'

export interface HeapOrder {
  readonly dumpPath: string
  readonly options: AnalysisOptions
  /** For the snapshot, which is gone when it has been used. */
  readonly folder: string
  readonly signal: AbortSignal
}

/** @throws InputFault when the dump is at fault, or too large for this machine. */
export async function withAnalysedHeap<T>(
  { dumpPath, options, folder, signal }: HeapOrder,
  use: (heap: Heap, cost: AnalysisCost) => T | Promise<T>,
): Promise<T> {
  const snapshotPath = join(folder, `${randomUUID()}.snapshot`)
  const start = performance.now()
  const progress = progressLine()
  try {
    const result = await analyse({ dumpPath, snapshotPath, options, signal, onProgress: progress.show })
    const snapshot = openFileSource(snapshotPath)
    const dump = openFileSource(dumpPath)
    try {
      return await use(openHeap(openSnapshot(snapshot), dump), {
        phases: result.timings.map((timing) => ({ ...timing })),
        wallMs: performance.now() - start,
        cpuMs: result.cpuMs,
        peakMemory: result.peakMemoryBytes + peakMemoryBytes(),
        snapshotSize: result.snapshotBytes,
      })
    } finally {
      dump.close()
      snapshot.close()
    }
  } catch (error) {
    if (error instanceof AnalysisError && ['input', 'memory', 'killed'].includes(error.kind)) {
      throw new InputFault(error.message)
    }
    throw error
  } finally {
    progress.clear()
    rmSync(snapshotPath, { force: true })
  }
}
