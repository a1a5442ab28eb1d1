import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { type AnalysisOptions, DEFAULT_OPTIONS } from '@heaptrail/heap/analysis-options'
import type { OnProgress } from '@heaptrail/heap/progress'
import type { OnHistogram } from '@heaptrail/heap/provisional-histogram'
import { type Exit, startAnalysisChild } from './analysis-child.ts'
import type {
  AnalysisFailureKind,
  AnalysisMessage,
  AnalysisOrder,
  AnalysisResult,
  MemoryShortage,
} from './analysis-messages.ts'
import type { FollowedDump } from './followed-dump.ts'

export interface AnalyseOptions {
  readonly dumpPath: string
  /** Where the snapshot is to be; what is there is replaced, when the new one is complete and on disk. */
  readonly snapshotPath: string
  /** Of the parse passes; absent: one per core, at most four. */
  readonly threads?: number
  /** Absent: the default ones. */
  readonly options?: AnalysisOptions
  /** Ends the analysis within moments; its files go. */
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
  /** Told once, after the first pass over the dump. */
  readonly onHistogram?: OnHistogram
  /** What has read this very content while it came in; it ends with this analysis. */
  readonly followed?: FollowedDump
}

export class AnalysisError extends Error {
  readonly kind: AnalysisFailureKind
  /** Where in the dump the cause is, when the input is at fault. */
  readonly byte: number | undefined

  /** When it was refused because it would not fit: what it needs, and what is free. */
  readonly memory: MemoryShortage | undefined

  constructor(kind: AnalysisFailureKind, message: string, byte?: number, memory?: MemoryShortage) {
    super(message)
    this.name = 'AnalysisError'
    this.kind = kind
    this.byte = byte
    this.memory = memory
  }
}

const MOST_THREADS = 4
/** How long a process may take to exit after its last word. */
const GRACE_MS = 3000

/**
 * Analyses a dump in a process of its own and writes the snapshot.
 * @throws AnalysisError, and nothing of this analysis is left on disk then.
 */
export async function analyse(options: AnalyseOptions): Promise<AnalysisResult> {
  const temporaryPath = `${options.snapshotPath}.${randomUUID()}.tmp`
  try {
    const result = await runProcess(options, temporaryPath)
    if (options.signal?.aborted === true) throw cancelled()
    renameSync(temporaryPath, options.snapshotPath)
    syncFolder(dirname(options.snapshotPath))
    return result
  } finally {
    rmSync(temporaryPath, { force: true })
  }
}

async function runProcess(options: AnalyseOptions, temporaryPath: string): Promise<AnalysisResult> {
  const { signal } = options
  const isAborted = (): boolean => signal?.aborted === true
  if (isAborted()) throw cancelled()
  const child = options.followed?.take() ?? startAnalysisChild()
  let last: AnalysisOutcome | undefined
  child.listen((message) => {
    if (isOutcome(message)) {
      last = message
      setTimeout(child.kill, GRACE_MS).unref()
    } else if (!isAborted()) tell(message, options)
  })
  signal?.addEventListener('abort', child.kill, { once: true })
  const order: AnalysisOrder = {
    dumpPath: options.dumpPath,
    temporaryPath,
    threads: options.threads ?? defaultThreads(),
    options: options.options ?? DEFAULT_OPTIONS,
  }
  child.send({ kind: 'analyse', order })
  const exit = await child.exited
  signal?.removeEventListener('abort', child.kill)
  if (isAborted()) throw cancelled()
  if (last?.kind === 'done') return last.result
  if (last !== undefined) throw new AnalysisError(last.failure, last.message, last.byte, last.memory)
  throw unexpected(exit)
}

type AnalysisOutcome = Extract<AnalysisMessage, { kind: 'done' | 'failed' }>

function isOutcome(message: AnalysisMessage): message is AnalysisOutcome {
  return message.kind === 'done' || message.kind === 'failed'
}

function tell(message: Exclude<AnalysisMessage, AnalysisOutcome>, { onProgress, onHistogram }: AnalyseOptions): void {
  if (message.kind === 'progress') onProgress?.(message.phase, message.fraction)
  else onHistogram?.(message.histogram)
}

/** The process died without a word: mostly because the system or V8 had no memory left. */
function unexpected({ code, killedBy, stderr }: Exit): AnalysisError {
  if (killedBy === 'SIGKILL') {
    return new AnalysisError('killed', 'The analysis was killed by the system, most likely because memory ran out.')
  }
  if (/out of memory/i.test(stderr))
    return new AnalysisError('memory', 'There is not enough memory to analyse this dump.')
  const how = killedBy === null ? `with code ${code}` : `by ${killedBy}`
  return new AnalysisError('crash', `The analysis process ended ${how}. ${stderr}`.trim())
}

function cancelled(): AnalysisError {
  return new AnalysisError('cancelled', 'The analysis was cancelled.')
}

function defaultThreads(): number {
  return Math.min(MOST_THREADS, Math.max(1, availableParallelism()))
}

/** A rename is on disk when its folder is. Windows has no such call, and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
