/** A heap that is asked: its process, and the questions that wait or are worked on. */
import type { PairQuestionName, QuestionName } from '@heaptrail/heap/query/questions'
import type { QueryChild } from './query-child.ts'

export interface HeapFiles {
  readonly snapshotPath: string
  /** Absent, or the path of a file that is not there any more: answers then say that contents are missing. */
  readonly dumpPath?: string | undefined
  /** Whose code is the user's own, as prefixes of packages; undefined: the heap itself tells. */
  readonly ownPackages?: readonly string[] | undefined
}

export interface Request {
  readonly question: QuestionName | PairQuestionName
  readonly args: readonly unknown[]
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
  readonly retried: boolean
  readonly signal: AbortSignal | undefined
  /** Counts questions as they come in. */
  readonly place: number
}

/** `child` only while it runs; questions wait for an answer or for a process. */
export interface Served {
  readonly files: HeapFiles
  child: QueryChild | undefined
  readonly waiting: Request[]
  /** What the process has been sent; it works on the first. */
  readonly asked: Map<number, Request>
  /** Of the question that is worked on. */
  timer: NodeJS.Timeout | undefined
  idleTimer: NodeJS.Timeout | undefined
  lastAsked: number
  /** In milliseconds, of the process. */
  startedAt: number
  /** Gets no more questions: another heap waits for its place. */
  isLeaving: boolean
}

/** Somebody still waits for its answer. */
export function isWanted({ signal }: Request): boolean {
  return signal?.aborted !== true
}

export function newServed(files: HeapFiles): Served {
  return {
    files,
    child: undefined,
    waiting: [],
    asked: new Map(),
    timer: undefined,
    idleTimer: undefined,
    lastAsked: 0,
    startedAt: 0,
    isLeaving: false,
  }
}
