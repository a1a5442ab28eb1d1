import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AnalysisOptions, DEFAULT_OPTIONS } from '@heaptrail/heap/analysis-options'
import type { OnProgress } from '@heaptrail/heap/progress'
import type { AnalysisFailureKind, AnalysisMessage, AnalysisOrder, AnalysisResult } from './analysis-messages.ts'

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
}

export class AnalysisError extends Error {
  readonly kind: AnalysisFailureKind
  /** Where in the dump the cause is, when the input is at fault. */
  readonly byte: number | undefined

  constructor(kind: AnalysisFailureKind, message: string, byte?: number) {
    super(message)
    this.name = 'AnalysisError'
    this.kind = kind
    this.byte = byte
  }
}

const PROGRAM = fileURLToPath(new URL('analysis-process.ts', import.meta.url))
const MOST_THREADS = 4
/** How long a process may take to exit after its last word. */
const GRACE_MS = 3000
const STDERR_KEPT = 4000

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
  const { signal, onProgress } = options
  const isAborted = (): boolean => signal?.aborted === true
  if (isAborted()) throw cancelled()
  const child = fork(PROGRAM, { env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const kill = (): void => void child.kill('SIGKILL')
  const exited = exitOf(child)
  let last: Exclude<AnalysisMessage, { kind: 'progress' }> | undefined
  child.on('message', (message: AnalysisMessage) => {
    if (message.kind !== 'progress') {
      last = message
      setTimeout(kill, GRACE_MS).unref()
    } else if (!isAborted()) onProgress?.(message.phase, message.fraction)
  })
  signal?.addEventListener('abort', kill, { once: true })
  const order: AnalysisOrder = {
    dumpPath: options.dumpPath,
    temporaryPath,
    threads: options.threads ?? defaultThreads(),
    options: options.options ?? DEFAULT_OPTIONS,
  }
  child.send(order, () => {})
  const exit = await exited
  signal?.removeEventListener('abort', kill)
  if (isAborted()) throw cancelled()
  if (last?.kind === 'done') return last.result
  if (last !== undefined) throw new AnalysisError(last.failure, last.message, last.byte)
  throw unexpected(exit)
}

interface Exit {
  readonly code: number | null
  readonly killedBy: NodeJS.Signals | null
  readonly stderr: string
}

function exitOf(child: ChildProcess): Promise<Exit> {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
  return new Promise((resolve) => {
    child.on('close', (code, killedBy) => resolve({ code, killedBy, stderr }))
    child.on('error', (error) => {
      stderr += error.message
      if (child.pid === undefined) resolve({ code: null, killedBy: null, stderr })
      else child.kill('SIGKILL')
    })
  })
}

/** The process died without a word: mostly because the system or V8 had no memory left. */
function unexpected({ code, killedBy, stderr }: Exit): AnalysisError {
  if (killedBy === 'SIGKILL') {
    return new AnalysisError('memory', 'The analysis was killed by the system, most likely because memory ran out.')
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
