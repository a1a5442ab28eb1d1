/** What all evidence of a case says together: when it was, what was found, and what a person adds. */
import { FoundFindings } from '@heaptrail/api/case-findings'
import { fillRoute } from '@heaptrail/api/routes'
import { Readings, type Reading } from '@heaptrail/api/text-parts'
import { Timeline } from '@heaptrail/api/timeline'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request } from './request.ts'

/** Begins the key of everything that is asked of a text, below the key of its artifact. */
export const TEXT = 'text'

/** Below the key of the case, so that whatever changes in it asks for these again. */
const caseKey = (caseId: string) => ['case', caseId] as const

export const timelineQuery = (caseId: string) =>
  queryOptions({
    queryKey: [...caseKey(caseId), 'timeline'],
    queryFn: ({ signal }) => request(Timeline, fillRoute('timeline', { caseId }), { signal }),
  })

export const caseFindingsQuery = (caseId: string) =>
  queryOptions({
    queryKey: [...caseKey(caseId), 'findings'],
    queryFn: ({ signal }) => request(FoundFindings, fillRoute('caseFindings', { caseId }), { signal }),
  })

export const artifactFindingsQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'findings'],
    queryFn: ({ signal }) => request(FoundFindings, fillRoute('artifactFindings', { artifactId }), { signal }),
  })

/** What a person says about a part; everything that follows from it is asked for again. */
export async function sayReading(queryClient: QueryClient, artifactId: string, reading: Reading): Promise<void> {
  await request(Readings, fillRoute('readings', { artifactId }), { method: 'PUT', body: reading })
  await queryClient.invalidateQueries()
}
