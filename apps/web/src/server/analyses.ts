/** Analyses of heap dumps: those with other options beside the default ones, and what is known before they are over. */
import type { AnalysisOptions } from '@heaptrail/api/analysis-options'
import type { Artifact } from '@heaptrail/api/cases'
import { Provisional } from '@heaptrail/api/provisional'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { command, request, withQuery } from './request.ts'

/** An artifact as one of its analyses sees it: `id` is what links and requests name, `state` is that of the analysis. */
export interface Analysed extends Artifact {
  /** Undefined: the default ones. */
  readonly options: AnalysisOptions | undefined
}

/** Every artifact, each followed by itself under its further analyses. */
export function withAnalyses(artifacts: readonly Artifact[]): Analysed[] {
  return artifacts.flatMap((artifact) => [
    { ...artifact, options: undefined },
    ...artifact.analyses.map(({ ref, options, state }) => ({ ...artifact, id: ref, state, options, analyses: [] })),
  ])
}

export function analyseWith(artifactId: string, options: AnalysisOptions): Promise<void> {
  return command(fillRoute('analyses', { artifactId }), { method: 'POST', body: options })
}

/** Where a histogram grows: an upload, or the first pass of an analysis. */
export type EarlySource = { readonly kind: 'upload' | 'artifact'; readonly id: string }

const REFRESH_MS = 1000

/** Asked again and again, for as long as somebody looks. */
export const provisionalQuery = ({ kind, id }: EarlySource, limit: number) =>
  queryOptions({
    queryKey: ['provisional', kind, id, limit],
    queryFn: ({ signal }) => {
      const path =
        kind === 'upload'
          ? fillRoute('uploadHistogram', { uploadId: id })
          : fillRoute('provisional', { artifactId: id })
      return request(Provisional, withQuery(path, { limit }), { signal })
    },
    refetchInterval: REFRESH_MS,
    gcTime: 0,
    retry: false,
  })
