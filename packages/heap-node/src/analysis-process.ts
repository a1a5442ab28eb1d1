/**
 * A child process that analyses one dump: parse → graph → snapshot in a temporary file. It gets one order, for a dump that
 * it may have followed while that came in, tells its progress, then its result, and exits; also when its parent is gone.
 */
import { rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { HprofError } from '@heaptrail/hprof/errors'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { NotEnoughMemoryError } from '@heaptrail/heap/memory-needed'
import type { OnProgress, Phase, PhaseTiming } from '@heaptrail/heap/progress'
import type { ProvisionalHistogram } from '@heaptrail/heap/provisional-histogram'
import type { ScannedDump } from '@heaptrail/heap/parse/scan-dump'
import { buildSnapshot, buildSnapshotBeside } from '@heaptrail/heap/snapshot/build'
import type { SnapshotMeta } from '@heaptrail/heap/snapshot/snapshot'
import type { AnalysisMessage, AnalysisOrder, AnalysisRequest, AnalysisResult } from './analysis-messages.ts'
import { availableMemory } from './available-memory.ts'
import { newArrivalState, tellArrived } from './arriving-file.ts'
import type { ArrivingThreadMessage, ArrivingThreadStart } from './arriving-thread.ts'
import { type FileSink, fileSink } from './file-sink.ts'
import { type FileSource, openFileSource } from './file-source.ts'
import { peakMemoryBytes } from './peak-memory.ts'
import { PhaseClock, cpuMs } from './phase-clock.ts'
import { threadRunner } from './thread-runner.ts'

const PROGRESS_MS = 100
/** Bytes of a dump; starting a thread takes as long as reading so much. */
const WORTH_A_THREAD = 32 << 20
const parent = process.ppid
const arrival = newArrivalState()
/** What the first pass over a followed dump found, once it is over. */
let followed: Promise<ScannedDump | undefined> | undefined
let unfinished: string | undefined

process.on('message', (request: AnalysisRequest) => {
  switch (request.kind) {
    case 'follow':
      followed = follow(request.dumpPath)
      break
    case 'arrived':
      tellArrived(arrival, request.bytes, request.isWhole)
      break
    case 'analyse':
      void answer(request.order)
  }
})
process.on('disconnect', orphaned)
// the parent decides when it ends; terminals and service managers send these to both
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

/** A thread that fails leaves the dump to the ordinary first pass. */
function follow(dumpPath: string): Promise<ScannedDump | undefined> {
  const workerData: ArrivingThreadStart = { dumpPath, state: arrival }
  const thread = new Worker(new URL('./arriving-thread.ts', import.meta.url), { workerData })
  return new Promise((resolve) => {
    thread.on('message', (message: ArrivingThreadMessage) => {
      if (message.kind === 'scanned') resolve(message.dump)
      else tell(message)
    })
    thread.on('error', () => resolve(undefined))
    thread.on('exit', () => resolve(undefined))
  })
}

async function answer(order: AnalysisOrder): Promise<void> {
  unfinished = order.temporaryPath
  const message = await analyse(order).then((result): AnalysisMessage => ({ kind: 'done', result }), failure)
  process.send?.(message, () => process.exit())
}

async function analyse(order: AnalysisOrder): Promise<AnalysisResult> {
  const startedMs = followed === undefined ? 0 : process.uptime() * 1000
  const clock = new PhaseClock()
  const onProgress = progress(clock)
  clock.enter('scan')
  const source = openFileSource(order.dumpPath)
  tellArrived(arrival, source.size, true)
  const sink = fileSink(order.temporaryPath)
  const meta = await analyseInto(sink, source, order, { onProgress, timings: () => clock.timings() })
  sink.finish()
  source.close()
  return {
    meta,
    snapshotBytes: sink.size,
    timings: clock.timings(),
    wallMs: process.uptime() * 1000 - startedMs,
    cpuMs: cpuMs(),
    peakMemoryBytes: peakMemoryBytes(),
  }
}

async function analyseInto(
  sink: FileSink,
  source: FileSource,
  { dumpPath, temporaryPath, threads, options }: AnalysisOrder,
  build: { readonly onProgress: OnProgress; readonly timings: () => readonly PhaseTiming[] },
): Promise<SnapshotMeta> {
  const { onProgress } = build
  const worthwhile = Math.min(threads, Math.ceil(source.size / WORTH_A_THREAD))
  const scanned = await followed
  const onHistogram = (histogram: ProvisionalHistogram): void => tell({ kind: 'histogram', histogram })
  if (worthwhile <= 1) {
    const runner = inlineRunner(source, availableMemory)
    return buildSnapshot(await parseHeap(source, runner, onProgress, options, onHistogram, scanned), sink, build)
  }
  const runner = threadRunner(dumpPath, worthwhile)
  try {
    const parsed = await parseHeap(source, runner, onProgress, options, onHistogram, scanned)
    return await buildSnapshotBeside(parsed, sink, runner.writer(temporaryPath), build)
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
  if (reason instanceof NotEnoughMemoryError) {
    const { message, neededBytes, availableBytes } = reason
    return { kind: 'failed', failure: 'memory', message, memory: { neededBytes, availableBytes } }
  }
  if (isOutOfMemory(reason)) {
    return { kind: 'failed', failure: 'memory', message: 'There is not enough memory to analyse this dump.' }
  }
  if (isDiskFull(reason)) {
    const message = 'The disk has no room for the snapshot of this dump. Make room there, then analyse the dump again.'
    return { kind: 'failed', failure: 'disk', message }
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

/** Or the share of it that this user may take. */
function isDiskFull(reason: unknown): boolean {
  return reason instanceof Error && 'code' in reason && (reason.code === 'ENOSPC' || reason.code === 'EDQUOT')
}
