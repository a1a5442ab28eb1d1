/** The one client through which the server analyses and asks. Routes know nothing behind it. */
import type { FastifyBaseLogger } from 'fastify'
import type { ArtifactRow } from '../db/schema.ts'
import type { AnalysisTask, Outcome } from '../jobs/jobs.ts'
import type { Blobs } from '../storage/blobs.ts'

export interface Analysis {
  analyse(task: AnalysisTask): Promise<Outcome>
  /** The artifact is being deleted: nothing may hold its files open. */
  letGo(artifact: ArtifactRow): Promise<void>
  close(): Promise<void>
}

export interface AnalysisNeeds {
  readonly blobs: Blobs
  readonly log: FastifyBaseLogger
}

export function createAnalysis(_needs: AnalysisNeeds): Analysis {
  return {
    analyse: () => Promise.resolve({ kind: 'failed', problem: { message: 'This version does not analyse yet.' } }),
    letGo: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
