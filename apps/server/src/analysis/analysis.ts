/** The one client through which the server analyses and asks. Routes know nothing behind it. */
import { SNAPSHOT_VERSION } from '@heaptrail/heap-node/snapshot-version'
import type { FastifyBaseLogger } from 'fastify'
import type { ReadyArtifact } from '../cases/ready.ts'
import type { ArtifactRow } from '../db/schema.ts'
import { ApiError } from '../errors.ts'
import type { AnalysisTask, Outcome } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import { analyseHeap } from './heap-analysis.ts'
import type { HeapQuestions } from './heap-questions.ts'
import { createHeaps } from './heaps.ts'
import { checkText } from './text-analysis.ts'
import type { TextAnswers, TextQuestion } from './text-questions.ts'
import { createTexts } from './texts.ts'

export interface Analysis {
  analyse(task: AnalysisTask): Promise<Outcome>
  /** Questions to the heap of an artifact that is ready. @throws ApiError `not-ready` when it is being analysed again */
  heap(artifact: ReadyArtifact): Promise<HeapQuestions>
  askText<Q extends TextQuestion>(artifact: ReadyArtifact, question: Q): Promise<TextAnswers[Q['kind']]>
  /** The artifact is being deleted: nothing may hold its files open. */
  letGo(artifact: ArtifactRow): Promise<void>
  close(): Promise<void>
}

export interface AnalysisNeeds {
  readonly blobs: Blobs
  readonly log: FastifyBaseLogger
  /** All artifacts with this content have to be analysed again. */
  readonly analyseAgain: (sha256: string) => Promise<void>
}

export function createAnalysis({ blobs, log, analyseAgain }: AnalysisNeeds): Analysis {
  const texts = createTexts(log)
  const heaps = createHeaps(log)
  const snapshotPath = (sha256: string) => blobs.snapshotPath(sha256, SNAPSHOT_VERSION)

  /** A damaged snapshot, or one of an older format, is no loss: it is made again from the dump. */
  async function renew(sha256: string): Promise<void> {
    await heaps.release(snapshotPath(sha256))
    await blobs.deleteSnapshot(sha256, SNAPSHOT_VERSION)
    await analyseAgain(sha256)
  }

  const filesOf = (sha256: string) => ({ snapshotPath: snapshotPath(sha256), dumpPath: blobs.path(sha256) })
  const ask = (sha256: string) => heaps.ask(filesOf(sha256), () => renew(sha256))
  const warmUp = (sha256: string) => heaps.warmUp(filesOf(sha256))

  return {
    async analyse(task) {
      const { sha256, kind } = task.artifact
      if (sha256 === null) return { kind: 'failed', problem: { message: 'Its content was not kept.' } }
      return kind === 'heap-dump'
        ? analyseHeap({ blobs, log, ask, warmUp }, task, sha256)
        : checkText(texts, blobs.path(sha256), task)
    },
    async heap({ sha256 }) {
      if (await blobs.hasSnapshot(sha256, SNAPSHOT_VERSION)) return ask(sha256)
      await renew(sha256)
      throw new ApiError('not-ready', 'This dump has to be analysed again, which has just begun.')
    },
    askText: (artifact, question) => texts.ask(blobs.path(artifact.sha256), question),
    letGo: ({ sha256 }) => (sha256 === null ? Promise.resolve() : heaps.release(snapshotPath(sha256))),
    async close() {
      await Promise.all([texts.close(), heaps.close()])
    },
  }
}
