/** What all questions to a heap have in common. */
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapRef } from '@heaptrail/api/heap-ref'
import { z } from 'zod'
import type { Analysis } from '../analysis/analysis.ts'
import type { HeapQuestions } from '../analysis/heap-questions.ts'
import type { Artifacts } from '../cases/artifacts.ts'
import { requireReady } from '../cases/ready.ts'

export interface HeapRouteNeeds {
  readonly artifacts: Artifacts
  readonly analysis: Analysis
}

export const heapParams = z.object({ artifactId: HeapRef })

const errors = { 400: ErrorBody, 404: ErrorBody, 409: ErrorBody, 410: ErrorBody, 503: ErrorBody }

/** A route's schema but for its query. */
export function question<Params extends z.ZodType, Answer extends z.ZodType>(
  summary: string,
  params: Params,
  answer: Answer,
) {
  return { tags: ['heap dumps'], summary, params, response: { 200: answer, ...errors } }
}

/** @throws ApiError when the artifact is no heap dump, or not ready */
export async function openHeap({ artifacts, analysis }: HeapRouteNeeds, artifactId: string): Promise<HeapQuestions> {
  const [row, ownPackages] = await Promise.all([artifacts.row(artifactId), artifacts.ownPackages(artifactId)])
  return analysis.heap({ ...requireReady(row, 'heap-dump'), ownPackages })
}
