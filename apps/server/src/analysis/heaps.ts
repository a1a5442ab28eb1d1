/** Asks the query processes, one per heap, in the terms of the API. */
import { ErrorCode } from '@heaptrail/api/errors'
import { heapFindings, nettyVerdicts } from '@heaptrail/findings/heap/verdict'
import { queryClients, QueryFailedError } from '@heaptrail/heap-node/query-client'
import type { FastifyBaseLogger } from 'fastify'
import { ApiError, overloaded } from '../errors.ts'
import { signalOfRequest } from '../request-signal.ts'
import { heapLists } from './heap-lists.ts'
import { heapSelections } from './heap-selections.ts'
import type { HeapQuestions } from './heap-questions.ts'

export interface HeapFiles {
  readonly snapshotPath: string
  /** Absent: contents of fields and arrays are missing. */
  readonly dumpPath?: string | undefined
  /** What counts as own code; undefined: the heap itself tells. */
  readonly ownPackages?: readonly string[] | undefined
}

export interface Heaps {
  /** @param onDamaged the snapshot cannot be read and has to be made anew */
  ask(files: HeapFiles, onDamaged: () => Promise<void>): HeapQuestions
  /** Starts the process of a heap about which somebody will ask soon, which takes a quarter of a second. */
  warmUp(files: HeapFiles): void
  /** Nothing holds the files of this snapshot open afterwards. */
  release(snapshotPath: string): Promise<void>
  close(): Promise<void>
}

const FIRST_LEVEL = { offset: 0, limit: 100 }

/** @param maxQuestions that wait or are worked on; more are refused */
export function createHeaps(log: FastifyBaseLogger, maxQuestions: number): Heaps {
  const clients = queryClients({ maxQuestions })
  return {
    ask(files, onDamaged) {
      const heap = clients.open(files, signalOfRequest())
      const answered = <T>(answer: Promise<T>) => answer.catch((error: unknown) => fail(error, onDamaged, log))
      return {
        ...heapLists(heap, answered),
        ...heapSelections(heap, answered),
        summary: () => answered(heap.summary()),
        suspects: async () => {
          const facts = await answered(heap.suspects())
          const { usedHeap, maxHeap } = facts
          return { findings: heapFindings(facts), usedHeap, maxHeap }
        },
        holders: () => answered(heap.suspects()),
        heldThrough: (fields) => answered(heap.heldThrough(fields)),
        classTotals: (names) => answered(heap.classTotals(names)),
        snapshotPath: files.snapshotPath,
        keptObjects: ({ snapshotPath }) => answered(heap.keptObjects(snapshotPath)),
        netty: async () => {
          const facts = await answered(heap.netty())
          const pools = facts.allocators.map(({ pool }) => pool)
          return { ...facts, verdicts: nettyVerdicts({ ...facts, netty: pools }) }
        },
        nettyChunks: (query) => answered(heap.nettyChunks(query)),
        nettyBuffers: (query) => answered(heap.nettyBuffers(query)),
        histogram: (query) => answered(heap.histogram(query)),
        histogramGroups: (query) => answered(heap.histogramGroups(query)),
        classDetail: (classId) => answered(heap.classDetail(classId)),
        objectsOfClass: (query) => answered(heap.objectsOfClass(query)),
        dominators: (query) => answered(heap.dominators(query)),
        dominatorAncestors: (objectId, view) => answered(heap.dominatorAncestors(objectId, view)),
        dominatorGroups: (query) => answered(heap.dominatorGroups(query)),
        dominatorSlice: (query) => answered(heap.dominatorSlice(query)),
        nextDrop: (objectId, query) => answered(heap.nextDrop({ ...query, object: objectId })),
        object: (objectId) => answered(heap.objectDetail(objectId)),
        fields: (objectId, window) => answered(heap.fields(objectId, window)),
        contents: (objectId, window) => answered(heap.contents(objectId, window)),
        text: (objectId, query) => answered(heap.textPage(objectId, query)),
        hex: (objectId, window) => answered(heap.hexRows(objectId, window)),
        arrayPiece: (objectId, query) => answered(heap.arrayPiece(objectId, query)),
        referenceGroups: (objectId, direction) => answered(heap.referenceGroups(objectId, direction)),
        groupMembers: (objectId, direction, query) =>
          answered(heap.referencesOfGroup(objectId, { direction, ...query })),
        retainedBreakdown: (objectId) => answered(heap.retainedBreakdown(objectId)),
        references: (objectId, direction, window) => answered(heap.references(objectId, direction, window)),
        paths: (objectId, query) => answered(heap.paths(objectId, query)),
      }
    },
    warmUp(files) {
      // What fails here fails again for whoever asks, and is told there.
      clients
        .open(files)
        .dominators(FIRST_LEVEL)
        .catch(() => undefined)
    },
    release: (snapshotPath) => clients.release(snapshotPath),
    close: () => clients.close(),
  }
}

async function fail(error: unknown, onDamaged: () => Promise<void>, log: FastifyBaseLogger): Promise<never> {
  if (error instanceof QueryFailedError) {
    switch (error.reason) {
      case 'busy':
        throw overloaded()
      case 'given-up':
        throw new ApiError('query-timeout', 'Nobody waited for the answer any more.')
      case 'timeout':
        throw new ApiError(
          'query-timeout',
          'The question took too long and was stopped. Ask for less: a narrower filter, a smaller page.',
        )
      case 'snapshot-damaged':
        log.error({ detail: error.message }, 'a snapshot is damaged')
        await onDamaged()
        throw new ApiError('not-ready', 'The prepared form of this dump was damaged. It is being analysed again.')
      case 'failed':
        log.error({ detail: error.message }, 'a question to a heap failed')
        throw new ApiError(
          'query-failed',
          'The question could not be answered this time: the process that answers it ended. Try again.',
        )
    }
  }
  // The question itself is at fault; the engine's codes are those of the catalogue.
  if (error instanceof Error && error.name === 'QueryError' && 'code' in error) {
    throw new ApiError(ErrorCode.parse(error.code), error.message)
  }
  throw error
}
