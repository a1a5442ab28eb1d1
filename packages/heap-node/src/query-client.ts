/**
 * Questions to heaps, each answered by a child process of its own: a process that dies or hangs takes nothing with
 * it, and costs those who were waiting one retried request. Processes start when they are first asked, end when
 * nobody asks, and there are never more of them than allowed.
 */
import { QueryError } from '@heaptrail/heap/query/query-error'
import { type HeapClient, PAIR_QUESTIONS, QUESTIONS } from '@heaptrail/heap/query/questions'
import type { QueryFailure, QueryResponse } from './query-messages.ts'
import { type QueryChild, startQueryChild } from './query-child.ts'
import { type HeapFiles, type Request, type Served, isWanted, newServed } from './served-heap.ts'

export interface QueryClientOptions {
  /** Processes at the same time. */
  readonly maxProcesses?: number
  /** A question that takes longer kills its process; the time that it waited before does not count. */
  readonly timeoutMs?: number
  /** Questions that wait or are worked on; more are refused. */
  readonly maxQuestions?: number
  /** A process may be asked for so long before it makes room for a heap that has none. */
  readonly turnMs?: number
  /** A question that was given up may go on for so long before its process is ended. */
  readonly stopMs?: number
  /** A process that nobody asks for so long is ended. */
  readonly idleMs?: number
  /** Told the id of each process that starts. */
  readonly onStart?: (pid: number | undefined) => void
}

/**
 * `timeout`: it took too long. `busy`: too many wait already. `given-up`: its signal was aborted. `snapshot-damaged`:
 * analyse the dump again.
 */
type FailureReason = 'timeout' | 'busy' | 'given-up' | 'snapshot-damaged' | 'failed'

export class QueryFailedError extends Error {
  readonly reason: FailureReason

  constructor(reason: FailureReason, message: string) {
    super(message)
    this.name = 'QueryFailedError'
    this.reason = reason
  }
}

export interface QueryClients {
  /**
   * Starts nothing yet. Methods reject with QueryError (the question is at fault) or QueryFailedError.
   * @param signal gives up what is asked through this client: what waits is dropped, what is worked on stops
   */
  open(files: HeapFiles, signal?: AbortSignal): HeapClient
  /** Ends the process of a snapshot, e.g. before its files are deleted. */
  release(snapshotPath: string): Promise<void>
  /** Ends all processes. */
  close(): Promise<void>
}

const MAX_PROCESSES = 4
/** Enough that a process never waits for its next question; few enough that little is lost with it. */
const ASKED_AT_ONCE = 4
const MAX_QUESTIONS = 1000
const TURN_MS = 2000
/**
 * Retained sets and waste of the largest heaps take up to a minute on a quiet machine. Whoever does not want to wait stops them; less than
 * the two minutes after which the server closes a connection on which nothing happens.
 */
const TIMEOUT_MS = 100_000
const IDLE_MS = 120_000
const STOP_MS = 1000

export function queryClients(options: QueryClientOptions = {}): QueryClients {
  const pool = new QueryPool(options)
  return {
    open: (files, signal) => clientOf((question, args) => pool.ask(files, question, args, signal)),
    release: (snapshotPath) => pool.stop((heap) => heap.files.snapshotPath === snapshotPath),
    close: () => pool.stop(() => true),
  }
}

class QueryPool {
  readonly #options: Required<QueryClientOptions>
  readonly #served = new Map<string, Served>()
  /** Counts questions: what was asked longest ago makes room first. */
  #clock = 0
  /** When a process has been asked long enough to make room. */
  #turnTimer: NodeJS.Timeout | undefined

  constructor(options: QueryClientOptions) {
    this.#options = {
      maxProcesses: MAX_PROCESSES,
      timeoutMs: TIMEOUT_MS,
      idleMs: IDLE_MS,
      maxQuestions: MAX_QUESTIONS,
      turnMs: TURN_MS,
      stopMs: STOP_MS,
      onStart: () => {},
      ...options,
    }
  }

  ask(
    files: HeapFiles,
    question: Request['question'],
    args: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<unknown> {
    if (signal?.aborted === true) return Promise.reject(givenUp())
    const key = JSON.stringify([files.snapshotPath, files.dumpPath, files.ownPackages])
    const heap = this.#served.get(key) ?? newServed(files)
    this.#served.set(key, heap)
    if (this.#questions() >= this.#options.maxQuestions)
      return Promise.reject(new QueryFailedError('busy', 'Too many questions wait already.'))
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const request = { question, args, resolve, reject, signal, retried: false, place: this.#clock++ }
    heap.waiting.push(request)
    this.#pump(heap)
    if (signal === undefined) return promise
    const giveUp = (): void => this.#giveUp(heap, request)
    signal.addEventListener('abort', giveUp, { once: true })
    return promise.finally(() => signal.removeEventListener('abort', giveUp))
  }

  /** What waits is forgotten. What the process has been sent it will answer all the same: nobody hears that. */
  #giveUp(heap: Served, request: Request): void {
    request.reject(givenUp())
    const at = heap.waiting.findIndex(({ place }) => place === request.place)
    if (at >= 0) heap.waiting.splice(at, 1)
    const [first] = heap.asked.values()
    if (first?.place === request.place) this.#watch(heap)
  }

  #questions(): number {
    return this.#served.values().reduce((sum, { waiting, asked }) => sum + waiting.length + asked.size, 0)
  }

  async stop(which: (heap: Served) => boolean): Promise<void> {
    const entries = [...this.#served].filter(([, heap]) => which(heap))
    for (const [key] of entries) this.#served.delete(key)
    if (this.#served.size === 0) clearTimeout(this.#turnTimer)
    await Promise.all(entries.map(([, heap]) => stopServed(heap)))
  }

  /** Sends what waits, if there is a process for it or room for one. */
  #pump(heap: Served): void {
    if (heap.waiting.length === 0 || heap.isLeaving) return
    heap.child ??= this.#startIfRoom(heap)
    if (heap.child === undefined) return
    clearTimeout(heap.idleTimer)
    const isIdle = heap.asked.size === 0
    for (const request of heap.waiting.splice(0, ASKED_AT_ONCE - heap.asked.size)) {
      heap.lastAsked = this.#clock++
      heap.asked.set(heap.lastAsked, request)
      heap.child.send({ id: heap.lastAsked, question: request.question, args: request.args })
    }
    if (isIdle) this.#watch(heap)
  }

  /** Those without a process, the one that has waited longest first, then the others. */
  #pumpAll(): void {
    const places = (heap: Served): number => (heap.child === undefined ? (heap.waiting[0]?.place ?? 0) : Infinity)
    for (const heap of [...this.#served.values()].toSorted((a, b) => places(a) - places(b))) this.#pump(heap)
  }

  #startIfRoom(heap: Served): QueryChild | undefined {
    const running = [...this.#served.values()].filter((other) => other.child !== undefined)
    if (running.length >= this.#options.maxProcesses) {
      this.#makeRoom(running)
      return undefined
    }
    const onExit = (): void => this.#ended(heap)
    const child = startQueryChild(heap.files, (response) => this.#settle(heap, response), onExit)
    this.#options.onStart(child.pid)
    heap.startedAt = performance.now()
    return child
  }

  /** The place is free when a process has exited, which pumps all that wait. */
  #makeRoom(running: readonly Served[]): void {
    if (running.some(({ isLeaving }) => isLeaving)) return
    const [idle] = running.filter(({ asked }) => asked.size === 0).toSorted((a, b) => a.lastAsked - b.lastAsked)
    if (idle !== undefined) return this.#leave(idle)
    const [oldest] = running.toSorted((a, b) => a.startedAt - b.startedAt)
    if (oldest === undefined) return
    const left = oldest.startedAt + this.#options.turnMs - performance.now()
    if (left <= 0) return this.#leave(oldest)
    clearTimeout(this.#turnTimer)
    this.#turnTimer = setTimeout(() => this.#pumpAll(), left)
  }

  #leave(heap: Served): void {
    heap.isLeaving = true
    if (heap.asked.size === 0) void heap.child?.end()
  }

  /** The first of those asked is worked on from now on. */
  #watch(heap: Served): void {
    clearTimeout(heap.timer)
    const [first] = heap.asked
    if (first === undefined) return
    const [id, { signal }] = first
    if (signal?.aborted !== true) {
      heap.timer = setTimeout(() => this.#expire(heap, id), this.#options.timeoutMs)
      return
    }
    heap.child?.stop(id)
    heap.timer = setTimeout(() => heap.child?.kill(), this.#options.stopMs)
  }

  #settle(heap: Served, response: QueryResponse): void {
    const request = heap.asked.get(response.id)
    if (request === undefined) return
    heap.asked.delete(response.id)
    this.#watch(heap)
    if ('answer' in response) request.resolve(response.answer)
    else request.reject(failureError(response.failure, response.message))
    this.#pump(heap)
    if (heap.asked.size > 0) return
    if (heap.isLeaving) return void heap.child?.end()
    heap.idleTimer = setTimeout(() => void heap.child?.end(), this.#options.idleMs).unref()
    this.#pumpAll()
  }

  #expire(heap: Served, id: number): void {
    const request = heap.asked.get(id)
    heap.asked.delete(id)
    const seconds = this.#options.timeoutMs / 1000
    // The others have only waited for it.
    heap.waiting.unshift(...[...heap.asked.values()].filter(isWanted))
    heap.asked.clear()
    request?.reject(new QueryFailedError('timeout', `The question took longer than ${seconds} s.`))
    heap.child?.kill()
  }

  /** What a process that is gone was working on is asked once more, of a new one, and what waited behind it as well. */
  #ended(heap: Served): void {
    heap.child = undefined
    heap.isLeaving = false
    clearTimeout(heap.idleTimer)
    clearTimeout(heap.timer)
    const [worked, ...behind] = heap.asked.values()
    heap.asked.clear()
    heap.waiting.unshift(...behind.filter(isWanted))
    if (worked === undefined || !isWanted(worked)) return this.#pumpAll()
    if (worked.retried) worked.reject(new QueryFailedError('failed', 'The query process ended twice while it worked.'))
    else heap.waiting.unshift({ ...worked, retried: true })
    this.#pumpAll()
  }
}

function givenUp(): QueryFailedError {
  return new QueryFailedError('given-up', 'Nobody waits for the answer any more.')
}

function stopServed(heap: Served): Promise<void> {
  const asked = [...heap.asked.values()]
  heap.asked.clear()
  clearTimeout(heap.timer)
  for (const request of [...heap.waiting.splice(0), ...asked])
    request.reject(new QueryFailedError('failed', 'The heap was closed.'))
  return heap.child?.end() ?? Promise.resolve()
}

/** A method per question; what comes back was made by the same question's function on the other side. */
function clientOf(ask: (question: Request['question'], args: readonly unknown[]) => Promise<unknown>): HeapClient {
  const names = Object.keys({ ...QUESTIONS, ...PAIR_QUESTIONS }) as Request['question'][]
  const methods = names.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)])
  return Object.fromEntries(methods) as HeapClient
}

function failureError(failure: QueryFailure, message: string): Error {
  if (failure === 'stopped') return givenUp()
  if (failure === 'snapshot-damaged' || failure === 'failed') return new QueryFailedError(failure, message)
  return new QueryError(failure, message)
}
