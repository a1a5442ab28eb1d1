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
  retried: boolean
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
  const { maxProcesses = MAX_PROCESSES, timeoutMs = TIMEOUT_MS, idleMs = IDLE_MS } = options
  const served = new Map<string, Served>()
  let nextId = 1
  let clock = 0

  /** Sends what waits, if there is a process for it or room for one. */
  function pump(heap: Served): void {
    if (heap.waiting.length === 0) return
    heap.child ??= startIfRoom(heap)
    if (heap.child === undefined) return
    clearTimeout(heap.idleTimer)
    heap.lastAsked = clock++
    for (const request of heap.waiting.splice(0)) {
      const id = nextId++
      const timer = setTimeout(() => expire(heap, id), timeoutMs)
      heap.asked.set(id, { request, timer })
      heap.child.send({ id, question: request.question, args: request.args })
    }
  }

  function startIfRoom(heap: Served): QueryChild | undefined {
    const running = [...served.values()].filter((other) => other.child !== undefined)
    if (running.length >= maxProcesses) {
      const idle = running.filter((other) => other.asked.size === 0).toSorted((a, b) => a.lastAsked - b.lastAsked)
      // The place is free when the process has exited, which pumps all that wait.
      idle.at(0)?.child?.end()
      return undefined
    }
    return startQueryChild(
      heap.files,
      (response) => settle(heap, response),
      () => ended(heap),
    )
  }

  function settle(heap: Served, response: QueryResponse): void {
    const entry = heap.asked.get(response.id)
    if (entry === undefined) return
    clearTimeout(entry.timer)
    heap.asked.delete(response.id)
    if ('answer' in response) entry.request.resolve(response.answer)
    else entry.request.reject(failureError(response.failure, response.message))
    if (heap.asked.size > 0) return
    heap.idleTimer = setTimeout(() => heap.child?.end(), idleMs).unref()
    for (const other of served.values()) if (other.child === undefined) pump(other)
  }

  function expire(heap: Served, id: number): void {
    const entry = heap.asked.get(id)
    heap.asked.delete(id)
    entry?.request.reject(new QueryFailedError('timeout', `The question took longer than ${timeoutMs / 1000} s.`))
    heap.child?.kill()
  }

  /** What was asked of a process that is gone is asked once more, of a new one. */
  function ended(heap: Served): void {
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
    for (const other of served.values()) pump(other)
  }

  function stop(heap: Served): Promise<void> {
    for (const request of heap.waiting.splice(0)) request.reject(new QueryFailedError('failed', 'The heap was closed.'))
    for (const { request, timer } of heap.asked.values()) {
      clearTimeout(timer)
      request.reject(new QueryFailedError('failed', 'The heap was closed.'))
    }
    heap.asked.clear()
    return heap.child?.end() ?? Promise.resolve()
  }

  return {
    open(files) {
      const key = JSON.stringify([files.snapshotPath, files.dumpPath])
      const heap = served.get(key) ?? newServed(files)
      served.set(key, heap)
      return clientOf((question, args) => {
        const { promise, resolve, reject } = Promise.withResolvers<unknown>()
        heap.waiting.push({ question, args, resolve, reject, retried: false })
        pump(heap)
        return promise
      })
    },
    async release(snapshotPath) {
      const heaps = [...served].filter(([, heap]) => heap.files.snapshotPath === snapshotPath)
      for (const [key] of heaps) served.delete(key)
      await Promise.all(heaps.map(([, heap]) => stop(heap)))
    },
    async close() {
      const heaps = [...served.values()]
      served.clear()
      await Promise.all(heaps.map(stop))
    },
  }
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
