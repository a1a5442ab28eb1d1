/** The one client through which the server analyses and asks. Routes know nothing behind it. */
import type { FastifyBaseLogger } from 'fastify'
import type { ReadyArtifact } from '../cases/ready.ts'
import type { ArtifactRow } from '../db/schema.ts'
import { ApiError } from '../errors.ts'
import type { AnalysisTask, Outcome } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import type { HeapQuestions } from './heap-questions.ts'
import type { TextAnswers, TextQuestion } from './text-questions.ts'
import { createTexts, TextRefused, type Texts } from './texts.ts'

export interface Analysis {
  analyse(task: AnalysisTask): Promise<Outcome>
  /** Questions to the heap of an artifact that is ready. */
  heap(artifact: ReadyArtifact): HeapQuestions
  askText<Q extends TextQuestion>(artifact: ReadyArtifact, question: Q): Promise<TextAnswers[Q['kind']]>
  /** The artifact is being deleted: nothing may hold its files open. */
  letGo(artifact: ArtifactRow): Promise<void>
  close(): Promise<void>
}

export interface AnalysisNeeds {
  readonly blobs: Blobs
  readonly log: FastifyBaseLogger
}

export function createAnalysis({ blobs, log }: AnalysisNeeds): Analysis {
  const texts = createTexts(log)
  return {
    analyse: (task) => readText(texts, blobs, task),
    heap: () => {
      throw new ApiError('query-failed', 'Heaps cannot be asked yet.')
    },
    askText: (artifact, question) => texts.ask(blobs.path(artifact.sha256), question),
    letGo: () => Promise.resolve(),
    close: () => texts.close(),
  }
}

async function readText(texts: Texts, blobs: Blobs, { artifact, onProgress }: AnalysisTask): Promise<Outcome> {
  onProgress('parse-text', 0)
  try {
    await texts.ask(blobs.path(artifact.sha256 ?? ''), { kind: 'check' })
    return { kind: 'ready', partial: artifact.damage ?? undefined }
  } catch (error) {
    if (error instanceof TextRefused) return { kind: 'failed', problem: error.problem }
    if (error instanceof ApiError) return { kind: 'failed', problem: { message: error.message } }
    throw error
  }
}
