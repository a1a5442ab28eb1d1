/** One dump → its snapshot, in a process of its own. */
import { analyse, AnalysisError } from '@heaptrail/heap-node/analyse'
import type { InputProblem } from '@heaptrail/api/cases'
import { parseHeapRef } from '@heaptrail/api/heap-ref'
import type { HeapSummary } from '@heaptrail/api/heap'
import type { FastifyBaseLogger } from 'fastify'
import type { ReadyArtifact } from '../cases/ready.ts'
import { ApiError, diskFull } from '../errors.ts'
import type { ProvisionalHistogram } from '@heaptrail/heap-node/followed-dump'
import type { AnalysisTask, Outcome } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import type { EarlyAnalyses, EarlyReading } from './early/early-analyses.ts'
import type { HeapQuestions } from './heap-questions.ts'
import { heapProgress } from './heap-progress.ts'
import { variantOf } from './variant.ts'

export interface HeapAnalysisNeeds {
  readonly blobs: Blobs
  readonly log: FastifyBaseLogger
  readonly ask: (heap: ReadyArtifact) => Pick<HeapQuestions, 'summary'>
  readonly warmUp: (heap: ReadyArtifact) => void
  readonly early: Pick<EarlyAnalyses, 'take'>
  /** By artifact: what is known while its analysis runs. */
  readonly histograms: Map<string, ProvisionalHistogram>
}

/** Another artifact with the same content may have been analysed before: then its snapshot serves this one too. */
export async function analyseHeap(needs: HeapAnalysisNeeds, task: AnalysisTask, sha256: string): Promise<Outcome> {
  const { artifact } = task
  const read = needs.early.take(sha256)
  try {
    const heap = { id: artifact.id, sha256 }
    const existing = await existingSnapshot(needs, heap)
    if (existing !== undefined) return { kind: 'ready', partial: existing.partial ?? artifact.damage ?? undefined }
    const partial = await makeSnapshot(needs, task, sha256, read).catch((error: unknown) => {
      // Whatever killed it may be gone; a dump that is too large for the machine is told after the second time.
      if (task.signal.aborted || !(error instanceof AnalysisError) || error.kind !== 'killed') throw error
      return makeSnapshot(needs, task, sha256, undefined)
    })
    needs.warmUp(heap)
    return { kind: 'ready', partial: partial ?? artifact.damage ?? undefined }
  } catch (error) {
    if (error instanceof AnalysisError) return { kind: 'failed', problem: problemOf(error, needs.log) }
    throw error
  } finally {
    needs.histograms.delete(artifact.id)
    await read?.followed.stop()
  }
}

/** @returns undefined when there is none, or one that is damaged, which is gone afterwards */
async function existingSnapshot(
  { blobs, ask }: HeapAnalysisNeeds,
  heap: ReadyArtifact,
): Promise<Pick<HeapSummary, 'partial'> | undefined> {
  if (!(await blobs.hasSnapshot(heap.sha256, variantOf(heap)))) return undefined
  try {
    return await ask(heap).summary()
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not-ready') return undefined
    throw error
  }
}

/** @returns what is missing, when the dump is damaged */
async function makeSnapshot(
  { blobs, histograms }: HeapAnalysisNeeds,
  { artifact, signal, onProgress }: AnalysisTask,
  sha256: string,
  read: EarlyReading | undefined,
): Promise<InputProblem | undefined> {
  const inTheMaking = blobs.temporaryPath()
  const whole = heapProgress()
  if (read?.histogram !== undefined) histograms.set(artifact.id, read.histogram)
  const { meta } = await analyse({
    dumpPath: blobs.path(sha256),
    snapshotPath: inTheMaking,
    options: parseHeapRef(artifact.id).options,
    signal,
    ...(read && { followed: read.followed }),
    onHistogram: (histogram) => histograms.set(artifact.id, histogram),
    onProgress(part, fractionOfPart) {
      const { phase, fraction } = whole(part, fractionOfPart)
      onProgress(phase, fraction)
    },
  })
  await blobs.keepSnapshot(inTheMaking, sha256, variantOf(artifact))
  return meta.partial
}

function problemOf(error: AnalysisError, log: FastifyBaseLogger): InputProblem {
  switch (error.kind) {
    case 'input':
      return { message: error.message, byte: error.byte }
    case 'memory':
    case 'killed':
      // one that has figures says itself what to do
      if (error.memory !== undefined) return { message: error.message }
      return { message: `${error.message} Close other programs or give the machine more memory, and try again.` }
    case 'disk':
      return { message: diskFull().message }
    case 'crash':
      log.error({ detail: error.message }, 'an analysis process crashed')
      return { message: 'The analysis ended with an internal error. The log of the server has the details.' }
    case 'cancelled':
      return { message: 'The analysis was cancelled.' }
  }
}
