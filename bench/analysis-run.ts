/** One analysis in its own process, watched from outside. */
import { readFileSync, readdirSync } from 'node:fs'
import type { AnalysisResult } from '@heaptrail/heap-node/analysis-messages'
import { analyse } from '@heaptrail/heap-node/analyse'
import type { Phase } from '@heaptrail/heap/progress'

export interface AnalysisRun extends AnalysisResult {
  /** From the call to its return: starting the process and renaming the file included. */
  readonly totalMs: number
  /** Largest memory of the process (VmHWM) when the phase was last seen at work, bytes; Linux only. */
  readonly memoryAt: ReadonlyMap<Phase, number>
}

export async function runAnalysis(dumpPath: string, snapshotPath: string, threads?: number): Promise<AnalysisRun> {
  const memoryAt = new Map<Phase, number>()
  const start = performance.now()
  const result = await analyse({
    dumpPath,
    snapshotPath,
    ...(threads === undefined ? {} : { threads }),
    onProgress: (phase) => memoryAt.set(phase, peakMemoryOfChildren()),
  })
  return { ...result, totalMs: performance.now() - start, memoryAt }
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
