/** One analysis in its own process, watched from outside. */
import { readFileSync, readdirSync } from 'node:fs'
import type { AnalysisResult } from '@heaptrail/heap-node/analysis-messages'
import { analyse } from '@heaptrail/heap-node/analyse'
import type { Phase } from '@heaptrail/heap/progress'

export interface AnalysisRun extends AnalysisResult {
  /** From the call to its return: starting the process and renaming the file included. */
  readonly totalMs: number
  /** From the call to the histogram of the first pass. */
  readonly histogramMs: number
  /** VmHWM, summed over the processes of the analysis. */
  readonly peakTreeBytes: number
  /** The same when the phase was last seen at work; Linux only. */
  readonly memoryAt: ReadonlyMap<Phase, number>
}

export async function runAnalysis(dumpPath: string, snapshotPath: string, threads?: number): Promise<AnalysisRun> {
  const memoryAt = new Map<Phase, number>()
  const start = performance.now()
  let histogramMs = Number.NaN
  const result = await analyse({
    dumpPath,
    snapshotPath,
    ...(threads === undefined ? {} : { threads }),
    onProgress: (phase) => memoryAt.set(phase, peakMemoryOfChildren()),
    onHistogram: () => (histogramMs = performance.now() - start),
  })
  const totalMs = performance.now() - start
  return {
    ...result,
    totalMs,
    histogramMs,
    memoryAt,
    peakTreeBytes: Math.max(result.peakMemoryBytes, ...memoryAt.values()),
  }
}

/** VmHWM summed over the child processes of this one. */
function peakMemoryOfChildren(): number {
  if (process.platform !== 'linux') return 0
  let sum = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const status = statusOf(name)
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) !== process.pid) continue
    sum += 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
  }
  return sum
}

/** Empty when the process has ended meanwhile. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
