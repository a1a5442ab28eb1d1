/**
 * Questions to heaps, each answered by a child process of its own: a process that dies or hangs takes nothing with
 * it, and costs those who were waiting one retried request. Processes start when they are first asked, end when
 * nobody asks, and there are never more of them than allowed.
 */
import { QueryError } from '@heaptrail/heap/query/query-error'
import { type HeapClient, QUESTIONS, type QuestionName } from '@heaptrail/heap/query/questions'
import type { QueryFailure, QueryResponse } from './query-messages.ts'
import { type QueryChild, startQueryChild } from './query-child.ts'

export interface HeapFiles {
  readonly snapshotPath: string
  /** Absent, or the path of a file that is not there any more: answers then say that contents are missing. */
  readonly dumpPath?: string | undefined
}

export interface QueryClientOptions {
  /** Processes at the same time. */
  readonly maxProcesses?: number
  /** A question that takes longer kills its process. */
  readonly timeoutMs?: number
  /** A process that nobody asks for so long is ended. */
  readonly idleMs?: number
  /** Told the id of each process that starts. */
  readonly onStart?: (pid: number | undefined) => void
}

/** `timeout`: it took too long. `snapshot-damaged`: analyse the dump again. `failed`: everything else. */
export class QueryFailedError extends Error {
  readonly reason: 'timeout' | 'snapshot-damaged' | 'failed'

  constructor(reason: 'timeout' | 'snapshot-damaged' | 'failed', message: string) {
    super(message)
    this.name = 'QueryFailedError'
    this.reason = reason
  }
}

export interface QueryClients {
  /** Starts nothing yet. Methods reject with QueryError (the question is at fault) or QueryFailedError. */
  open(files: HeapFiles): HeapClient
  /** Ends the process of a snapshot, e.g. before its files are deleted. */
  release(snapshotPath: string): Promise<void>
  /** Ends all processes. */
  close(): Promise<void>
}

interface Request {
  readonly question: QuestionName
  readonly args: readonly unknown[]
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
  readonly retried: boolean
}

/** One heap: its process, if it runs, and the requests that wait for an answer or for a process. */
interface Served {
  readonly files: HeapFiles
  child: QueryChild | undefined
  readonly waiting: Request[]
  readonly asked: Map<number, { readonly request: Request; readonly timer: NodeJS.Timeout }>
  idleTimer: NodeJS.Timeout | undefined
  lastAsked: number
}

const MAX_PROCESSES = 4
const TIMEOUT_MS = 30_000
const IDLE_MS = 120_000

export function queryClients(options: QueryClientOptions = {}): QueryClients {
  const pool = new QueryPool(options)
  return {
    open: (files) => clientOf((question, args) => pool.ask(files, question, args)),
    release: (snapshotPath) => pool.stop((heap) => heap.files.snapshotPath === snapshotPath),
    close: () => pool.stop(() => true),
  }
}

class QueryPool {
  readonly #options: Required<QueryClientOptions>
  readonly #served = new Map<string, Served>()
  #nextId = 1
  /** Counts questions: what was asked longest ago makes room first. */
  #clock = 0

  constructor(options: QueryClientOptions) {
    this.#options = {
      maxProcesses: MAX_PROCESSES,
      timeoutMs: TIMEOUT_MS,
      idleMs: IDLE_MS,
      onStart: () => {},
      ...options,
    }
  }

  ask(files: HeapFiles, question: QuestionName, args: readonly unknown[]): Promise<unknown> {
    const key = JSON.stringify([files.snapshotPath, files.dumpPath])
    const heap = this.#served.get(key) ?? newServed(files)
    this.#served.set(key, heap)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    heap.waiting.push({ question, args, resolve, reject, retried: false })
    this.#pump(heap)
    return promise
  }

  async stop(which: (heap: Served) => boolean): Promise<void> {
    const entries = [...this.#served].filter(([, heap]) => which(heap))
    for (const [key] of entries) this.#served.delete(key)
    await Promise.all(entries.map(([, heap]) => stopServed(heap)))
  }

  /** Sends what waits, if there is a process for it or room for one. */
  #pump(heap: Served): void {
    if (heap.waiting.length === 0) return
    heap.child ??= this.#startIfRoom(heap)
    if (heap.child === undefined) return
    clearTimeout(heap.idleTimer)
    heap.lastAsked = this.#clock++
    for (const request of heap.waiting.splice(0)) {
      const id = this.#nextId++
      const timer = setTimeout(() => this.#expire(heap, id), this.#options.timeoutMs)
      heap.asked.set(id, { request, timer })
      heap.child.send({ id, question: request.question, args: request.args })
    }
  }

  #startIfRoom(heap: Served): QueryChild | undefined {
    const running = [...this.#served.values()].filter((other) => other.child !== undefined)
    if (running.length >= this.#options.maxProcesses) {
      const idle = running.filter((other) => other.asked.size === 0).toSorted((a, b) => a.lastAsked - b.lastAsked)
      // The place is free when the process has exited, which pumps all that wait.
      void idle.at(0)?.child?.end()
      return undefined
    }
    const onExit = (): void => this.#ended(heap)
    const child = startQueryChild(heap.files, (response) => this.#settle(heap, response), onExit)
    this.#options.onStart(child.pid)
    return child
  }

  #settle(heap: Served, response: QueryResponse): void {
    const entry = heap.asked.get(response.id)
    if (entry === undefined) return
    clearTimeout(entry.timer)
    heap.asked.delete(response.id)
    if ('answer' in response) entry.request.resolve(response.answer)
    else entry.request.reject(failureError(response.failure, response.message))
    if (heap.asked.size > 0) return
    heap.idleTimer = setTimeout(() => void heap.child?.end(), this.#options.idleMs).unref()
    for (const other of this.#served.values()) if (other.child === undefined) this.#pump(other)
  }

  #expire(heap: Served, id: number): void {
    const entry = heap.asked.get(id)
    heap.asked.delete(id)
    const seconds = this.#options.timeoutMs / 1000
    entry?.request.reject(new QueryFailedError('timeout', `The question took longer than ${seconds} s.`))
    heap.child?.kill()
  }

  /** What was asked of a process that is gone is asked once more, of a new one. */
  #ended(heap: Served): void {
    heap.child = undefined
    clearTimeout(heap.idleTimer)
    const lost = [...heap.asked.values()]
    heap.asked.clear()
    for (const { request, timer } of lost) {
      clearTimeout(timer)
      if (request.retried)
        request.reject(new QueryFailedError('failed', 'The query process ended twice while it worked.'))
      else heap.waiting.push({ ...request, retried: true })
    }
    for (const other of this.#served.values()) this.#pump(other)
  }
}

function stopServed(heap: Served): Promise<void> {
  const asked = [...heap.asked.values()]
  heap.asked.clear()
  for (const { timer } of asked) clearTimeout(timer)
  for (const request of [...heap.waiting.splice(0), ...asked.map((entry) => entry.request)])
    request.reject(new QueryFailedError('failed', 'The heap was closed.'))
  return heap.child?.end() ?? Promise.resolve()
}

function newServed(files: HeapFiles): Served {
  return { files, child: undefined, waiting: [], asked: new Map(), idleTimer: undefined, lastAsked: 0 }
}

/** A method per question; what comes back was made by the same question's function on the other side. */
function clientOf(ask: (question: QuestionName, args: readonly unknown[]) => Promise<unknown>): HeapClient {
  const names = Object.keys(QUESTIONS) as QuestionName[]
  const methods = names.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)])
  return Object.fromEntries(methods) as HeapClient
}

function failureError(failure: QueryFailure, message: string): Error {
  if (failure === 'snapshot-damaged' || failure === 'failed') return new QueryFailedError(failure, message)
  return new QueryError(failure, message)
}
