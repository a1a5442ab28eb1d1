/**
 * A child process that analyses one dump: parse → graph → snapshot in a temporary file. It gets one order,
 * tells its progress, then its result, and exits; also when its parent is gone.
 */
import { rmSync } from 'node:fs'
import { HprofError } from '@heaptrail/hprof/errors'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import type { ParsedHeap } from '@heaptrail/heap/parsed-heap'
import type { OnProgress, Phase } from '@heaptrail/heap/progress'
import { buildSnapshot } from '@heaptrail/heap/snapshot/build'
import type { AnalysisMessage, AnalysisOrder, AnalysisResult } from './analysis-messages.ts'
import { fileSink } from './file-sink.ts'
import { type FileSource, openFileSource } from './file-source.ts'
import { peakMemoryBytes } from './peak-memory.ts'
import { PhaseClock, cpuMs } from './phase-clock.ts'
import { threadRunner } from './thread-runner.ts'

const PROGRESS_MS = 100
/** Bytes of a dump; starting a thread takes as long as reading so much. */
const WORTH_A_THREAD = 32 << 20
const parent = process.ppid
let unfinished: string | undefined

process.once('message', (order: AnalysisOrder) => void answer(order))
process.on('disconnect', orphaned)
// the parent decides when it ends; terminals and service managers send these to both
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function answer(order: AnalysisOrder): Promise<void> {
  unfinished = order.temporaryPath
  const message = await analyse(order).then((result): AnalysisMessage => ({ kind: 'done', result }), failure)
  process.send?.(message, () => process.exit())
}

async function analyse(order: AnalysisOrder): Promise<AnalysisResult> {
  const clock = new PhaseClock()
  const onProgress = progress(clock)
  clock.enter('scan')
  const source = openFileSource(order.dumpPath)
  const parsed = await parse(source, order, onProgress)
  const sink = fileSink(order.temporaryPath)
  const meta = buildSnapshot(parsed, sink, { onProgress, timings: () => clock.timings() })
  sink.finish()
  source.close()
  return {
    meta,
    snapshotBytes: sink.size,
    timings: clock.timings(),
    wallMs: process.uptime() * 1000,
    cpuMs: cpuMs(),
    peakMemoryBytes: peakMemoryBytes(),
  }
}

async function parse(
  source: FileSource,
  { dumpPath, threads, options }: AnalysisOrder,
  onProgress: OnProgress,
): Promise<ParsedHeap> {
  const worthwhile = Math.min(threads, Math.ceil(source.size / WORTH_A_THREAD))
  if (worthwhile <= 1) return parseHeap(source, inlineRunner(source), onProgress, options)
  const runner = threadRunner(dumpPath, worthwhile)
  try {
    return await parseHeap(source, runner, onProgress, options)
  } finally {
    await runner.close()
  }
}

/** The graph phases leave no time for events, so the parent is looked for here too. */
function progress(clock: PhaseClock): OnProgress {
  let told = 0
  let last: Phase | undefined
  return (phase, fraction) => {
    clock.enter(phase)
    const now = performance.now()
    if (phase === last && now - told < PROGRESS_MS) return
    told = now
    last = phase
    if (process.ppid !== parent) orphaned()
    tell({ kind: 'progress', phase, fraction })
  }
}

/** Nobody waits for the result, and nobody else would clean up. */
function orphaned(): never {
  if (unfinished !== undefined) rmSync(unfinished, { force: true })
  process.exit()
}

function tell(message: AnalysisMessage): void {
  // the parent may be gone already; then there is nobody to tell
  process.send?.(message, () => undefined)
}

function failure(reason: unknown): AnalysisMessage {
  if (reason instanceof HprofError)
    return { kind: 'failed', failure: 'input', message: reason.message, byte: reason.byte }
  if (isOutOfMemory(reason)) {
    return { kind: 'failed', failure: 'memory', message: 'There is not enough memory to analyse this dump.' }
  }
  const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)
  return { kind: 'failed', failure: 'crash', message: text }
}

function isOutOfMemory(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false
  return (
    /Array buffer allocation failed|Invalid (typed array|string) length/.test(reason.message) ||
    ('code' in reason && reason.code === 'ERR_WORKER_OUT_OF_MEMORY')
  )
}
