/** The one client through which the server analyses and asks. Routes know nothing behind it. */
import type { ProvisionalHistogram as ProvisionalPage, ProvisionalQuery } from '@heaptrail/api/provisional'
import type { ProvisionalHistogram } from '@heaptrail/heap-node/followed-dump'
import type { FastifyBaseLogger } from 'fastify'
import type { ReadyArtifact } from '../cases/ready.ts'
import type { ArtifactRow } from '../db/schema.ts'
import { ApiError } from '../errors.ts'
import type { AnalysisTask, Outcome } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'
import { type EarlyAnalyses, createEarlyAnalyses } from './early/early-analyses.ts'
import { provisionalPage } from './early/provisional.ts'
import { analyseHeap } from './heap-analysis.ts'
import { variantOf } from './variant.ts'
import type { HeapQuestions } from './heap-questions.ts'
import { createHeaps } from './heaps.ts'
import type { Artifacts } from '../cases/artifacts.ts'
import type { ReadingStore } from '../cases/readings.ts'
import { type Evidence, createEvidence } from './evidence/evidence.ts'
import { checkText } from './texts/text-analysis.ts'
import type { TextKind } from './texts/text-questions.ts'
import { createTexts } from './texts/texts.ts'

export interface Analysis {
  analyse(task: AnalysisTask): Promise<Outcome>
  /** Questions to the heap of an artifact that is ready. @throws ApiError `not-ready` when it is being analysed again */
  heap(artifact: ReadyArtifact): Promise<HeapQuestions>
  /** Questions to the texts of a case, and to the case as a whole. */
  readonly evidence: Evidence
  /** Dumps that are read while their upload runs. */
  readonly early: Pick<EarlyAnalyses, 'watch' | 'forget'>
  /** What is known of a dump that still comes in; undefined while nothing is. */
  histogramOfUpload(uploadId: string, query: ProvisionalQuery): ProvisionalPage | undefined
  /** What is known of a dump whose analysis waits or runs; undefined while nothing is. */
  provisional(artifact: ArtifactRow, query: ProvisionalQuery): ProvisionalPage | undefined
  /** The artifact is being deleted: nothing may hold its files open. */
  letGo(artifact: ArtifactRow): Promise<void>
  /** No artifact needs the snapshot of this analysis any more. */
  forgetSnapshot(artifact: ArtifactRow): Promise<void>
  close(): Promise<void>
}

export interface AnalysisNeeds {
  readonly blobs: Blobs
  readonly log: FastifyBaseLogger
  readonly atOnce: {
    /** Dumps that are read while their uploads run. */
    readonly early: number
    /** Questions to heaps that wait or are worked on. */
    readonly questions: number
  }
  /** Made after the analysis, which they need too. */
  readonly artifacts: () => Pick<Artifacts, 'analyseAgain' | 'ofCase' | 'row' | 'addKinds'>
  readonly readings: ReadingStore
}

const LOST =
  'The file of this dump is not here any more: it was deleted, or it was read in place and has been moved or changed since. Upload it again for what needs it.'

export function createAnalysis(needs: AnalysisNeeds): Analysis {
  const { blobs, log, atOnce, artifacts, readings } = needs
  const texts = createTexts(log)
  const early = createEarlyAnalyses(atOnce.early)
  /** By artifact, while its analysis runs. */
  const histograms = new Map<string, ProvisionalHistogram>()
  const heaps = createHeaps(log, atOnce.questions)
  /** A damaged snapshot, or one of an older format, is no loss: it is made again from the dump. */
  async function renew(heap: ReadyArtifact): Promise<void> {
    await heaps.release(filesOf(heap).snapshotPath)
    await blobs.deleteSnapshot(heap.sha256, variantOf(heap))
    await artifacts().analyseAgain(heap)
  }

  const filesOf = (heap: ReadyArtifact) => ({
    snapshotPath: blobs.snapshotPath(heap.sha256, variantOf(heap)),
    dumpPath: blobs.path(heap.sha256),
    ownPackages: heap.ownPackages,
  })
  const ask = (heap: ReadyArtifact) => heaps.ask(filesOf(heap), () => renew(heap))
  const warmUp = (heap: ReadyArtifact) => heaps.warmUp(filesOf(heap))

  async function open(heap: ReadyArtifact): Promise<HeapQuestions> {
    const isLost = await blobs.isLost(heap.sha256)
    if (await blobs.hasSnapshot(heap.sha256, variantOf(heap)))
      return isLost ? heaps.ask({ ...filesOf(heap), dumpPath: undefined }, () => renew(heap)) : ask(heap)
    if (isLost) throw new ApiError('gone', LOST)
    await renew(heap)
    throw new ApiError('not-ready', 'This dump has to be analysed again, which has just begun.')
  }

  return {
    async analyse(task) {
      const { sha256, kind } = task.artifact
      if (sha256 === null) return { kind: 'failed', problem: { message: 'Its content was not kept.' } }
      if (await blobs.isLost(sha256)) return { kind: 'failed', problem: { message: LOST } }
      if (kind === 'unknown') return { kind: 'failed', problem: { message: 'It is of no kind that is read.' } }
      if (kind === 'heap-dump') return analyseHeap({ blobs, log, ask, warmUp, early, histograms }, task, sha256)
      const alsoHolds = (artifact: ArtifactRow, kinds: readonly TextKind[]) => artifacts().addKinds(artifact, kinds)
      return checkText({ texts, alsoHolds }, { file: blobs.path(sha256), kind }, task)
    },
    heap: open,
    evidence: createEvidence({ texts, blobs, artifacts, readings, dumps: { open } }),
    early,
    histogramOfUpload(uploadId, query) {
      const known = early.histogramOfUpload(uploadId)
      return known && provisionalPage(known, query)
    },
    provisional({ id, sha256 }, query) {
      const known = histograms.get(id) ?? (sha256 === null ? undefined : early.histogramOfContent(sha256))
      return known && provisionalPage(known, query)
    },
    letGo: ({ id, sha256 }) =>
      sha256 === null ? Promise.resolve() : heaps.release(filesOf({ id, sha256 }).snapshotPath),
    async forgetSnapshot({ id, sha256 }) {
      if (sha256 !== null) await blobs.deleteSnapshot(sha256, variantOf({ id }))
    },
    async close() {
      await Promise.all([texts.close(), heaps.close(), early.close()])
    },
  }
}
