/**
 * A child process that answers questions about one heap: it opens the snapshot and, if it is still there, the dump,
 * both read-only, and exits when its parent does. Arguments: snapshot, dump (may be absent or empty), and packages of
 * own code as JSON, where somebody chose them.
 */
import { existsSync } from 'node:fs'
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { type Heap, forgetUnfinished } from '@heaptrail/heap/query/heap'
import { openHeap } from '@heaptrail/heap/query/open-heap'
import { PAIR_QUESTIONS, type PairQuestionName, QUESTIONS, type QuestionName } from '@heaptrail/heap/query/questions'
import { QueryError } from '@heaptrail/heap/query/query-error'
import { SnapshotError } from '@heaptrail/heap/snapshot/errors'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { openFileSource } from './file-source.ts'
import type { QueryRequest, QueryResponse } from './query-messages.ts'
import { StoppedError, stopCheck } from './stop-flag.ts'

let opened: Heap | undefined
/** The question that is worked on. */
let current = 0
const throwIfStopped = stopCheck(() => current)

/** Opened by the first question, so that a snapshot that cannot be read is an answer and not a crash. */
function heap(): Heap {
  const [, , snapshotPath, dumpPath, ownPackages] = process.argv
  opened ??= openHeap(
    openSnapshot(stoppable(openFileSource(snapshotPath))),
    existsSync(dumpPath) ? stoppable(openFileSource(dumpPath)) : undefined,
    ownPackages === undefined ? undefined : (JSON.parse(ownPackages) as string[]),
  )
  return opened
}

/** Whatever takes long reads: a page that is not kept, an object's contents. */
function stoppable(source: ByteSource): ByteSource {
  return {
    size: source.size,
    readInto(offset, target) {
      throwIfStopped()
      return source.readInto(offset, target)
    },
  }
}

/** The dump of the other heap is not needed. */
function withOther<T>(snapshotPath: string, use: (other: Heap) => T): T {
  const source = openFileSource(snapshotPath)
  try {
    return use(openHeap(openSnapshot(stoppable(source)), undefined))
  } catch (error) {
    // It is not this heap that has to be analysed again.
    throw error instanceof SnapshotError ? new Error(`the other snapshot: ${error.message}`) : error
  } finally {
    source.close()
  }
}

function respond({ id, question, args }: QueryRequest): QueryResponse {
  current = id
  try {
    if (question in PAIR_QUESTIONS)
      return {
        id,
        answer: withOther(String(args[0]), (other) => PAIR_QUESTIONS[question as PairQuestionName](heap(), other)),
      }
    const ask = QUESTIONS[question as QuestionName] as (heap: Heap, ...args: readonly unknown[]) => unknown
    return { id, answer: ask(heap(), ...args) }
  } catch (error) {
    if (error instanceof QueryError) return { id, failure: error.code, message: error.message }
    if (error instanceof StoppedError) {
      if (opened !== undefined) forgetUnfinished(opened)
      return { id, failure: 'stopped', message: error.message }
    }
    if (error instanceof SnapshotError) return { id, failure: 'snapshot-damaged', message: error.message }
    return { id, failure: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

// Whoever asked may be gone meanwhile; then nobody waits for the answer.
process.on('message', (request: QueryRequest) => process.send?.(respond(request), () => undefined))
process.on('disconnect', () => process.exit())
// The parent decides when it ends; terminals and service managers send these to both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
