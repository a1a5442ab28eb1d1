/** Cases and artifacts: what is asked, what is changed, and where it is cached. */
import { Case, Cases, type Artifact } from '@heaptrail/api/cases'
import { Health } from '@heaptrail/api/health'
import { ROUTES, fillRoute } from '@heaptrail/api/routes'
import { Storage } from '@heaptrail/api/storage'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { command, request, withQuery } from './request.ts'

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => request(Health, ROUTES.health, { signal }),
  staleTime: Infinity,
})

export const storageQuery = queryOptions({
  queryKey: ['storage'],
  queryFn: ({ signal }) => request(Storage, ROUTES.storage, { signal }),
  staleTime: 10_000,
})

export const CASES_SHOWN = 200
export const casesQuery = queryOptions({
  queryKey: ['cases'],
  queryFn: ({ signal }) => request(Cases, withQuery(ROUTES.cases, { limit: CASES_SHOWN }), { signal }),
})

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId],
    queryFn: ({ signal }) => request(Case, fillRoute('case', { caseId }), { signal }),
  })

export function createCase(title: string | undefined): Promise<Case> {
  return request(Case, ROUTES.cases, { method: 'POST', body: title === undefined ? {} : { title } })
}

export function openDemo(): Promise<Case> {
  return request(Case, ROUTES.demo, { method: 'POST' })
}

export function renameCase(caseId: string, title: string): Promise<Case> {
  return request(Case, fillRoute('case', { caseId }), { method: 'PATCH', body: { title } })
}

export function deleteCase(caseId: string): Promise<void> {
  return command(fillRoute('case', { caseId }), { method: 'DELETE' })
}

export function deleteArtifact(artifactId: string): Promise<void> {
  return command(fillRoute('artifact', { artifactId }), { method: 'DELETE' })
}

/** Only the file of a dump: its analyses stay. */
export function deleteContent(artifactId: string): Promise<void> {
  return command(fillRoute('content', { artifactId }), { method: 'DELETE' })
}

export function cancelAnalysis(artifactId: string): Promise<void> {
  return command(fillRoute('cancel', { artifactId }), { method: 'POST' })
}

export function retryAnalysis(artifactId: string): Promise<void> {
  return command(fillRoute('retry', { artifactId }), { method: 'POST' })
}

/** Takes a failed or broken-off upload out of its case. */
export function dismissUpload(uploadId: string): Promise<void> {
  return command(fillRoute('upload', { uploadId }), { method: 'DELETE' })
}

/** Puts what the server just said of a case where every view looks for it. */
export function storeCase(queryClient: QueryClient, changed: Case): void {
  queryClient.setQueryData(caseQuery(changed.id).queryKey, changed)
  queryClient.setQueryData(casesQuery.queryKey, (list) => {
    if (list === undefined) return list
    const known = list.rows.some((row) => row.id === changed.id)
    const rows = known ? list.rows.map((row) => (row.id === changed.id ? changed : row)) : [changed, ...list.rows]
    return { ...list, rows, total: known ? list.total : list.total + 1 }
  })
}

export function forgetCase(queryClient: QueryClient, caseId: string): void {
  queryClient.removeQueries({ queryKey: caseQuery(caseId).queryKey })
  queryClient.setQueryData(casesQuery.queryKey, (list) =>
    list === undefined ? list : { ...list, rows: list.rows.filter((row) => row.id !== caseId), total: list.total - 1 },
  )
}

/** True once the artifact can be looked at. */
export function isReady(artifact: Artifact): boolean {
  return artifact.state.status === 'ready'
}

/** True while the server still works on the artifact. */
export function isUnderWay(artifact: Artifact): boolean {
  return artifact.state.status === 'queued' || artifact.state.status === 'analysing'
}
