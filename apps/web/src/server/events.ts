/** Keeps the cached cases as new as the server's: one stream of events, opened again whenever it breaks. */
import { CaseEvent, type Case } from '@heaptrail/api/cases'
import { ROUTES } from '@heaptrail/api/routes'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { withAnalyses } from './analyses.ts'
import { caseQuery, casesQuery, forgetCase, isReady, storeCase } from './cases.ts'
import { TEXT } from './evidence.ts'
import { artifactKey } from './heap.ts'

const RETRY_MS = 1000

/** @returns a function that closes the stream */
export function followEvents(queryClient: QueryClient, onConnected: (connected: boolean) => void): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let wasLost = false

  function connect() {
    const opened = new EventSource(ROUTES.events)
    source = opened
    opened.onopen = () => {
      onConnected(true)
      // What happened while nobody listened, and what failed meanwhile, is asked again.
      if (wasLost) void catchUp(queryClient)
      wasLost = false
    }
    opened.onmessage = (message: MessageEvent<string>) => apply(queryClient, message.data)
    opened.onerror = () => {
      opened.close()
      wasLost = true
      onConnected(false)
      retry = setTimeout(connect, RETRY_MS)
    }
  }

  connect()
  return () => {
    clearTimeout(retry)
    source?.close()
  }
}

async function catchUp(queryClient: QueryClient) {
  await queryClient.invalidateQueries({ queryKey: casesQuery.queryKey })
  await queryClient.invalidateQueries({ queryKey: ['case'] })
  await queryClient.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' })
}

function apply(queryClient: QueryClient, data: string) {
  const event = CaseEvent.safeParse(parseJson(data))
  if (!event.success) return
  if (event.data.type === 'case-gone') return forgetCase(queryClient, event.data.caseId)
  const after = event.data.case
  const before = queryClient.getQueryData(caseQuery(after.id).queryKey)
  storeCase(queryClient, after)
  const ready = becameReady(before, after)
  for (const artifactId of ready) void queryClient.invalidateQueries({ queryKey: artifactKey(artifactId) })
  if (ready.length > 0 || before?.artifacts.length !== after.artifacts.length)
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => restsOnCase(queryKey, after) })
}

/** Texts are read in the light of what else is in the case: times, capacities, the heap beside the process. */
function restsOnCase([about, id, ...question]: QueryKey, { id: caseId, artifacts }: Case): boolean {
  if (question.length === 0) return false
  return about === 'case' ? id === caseId : question[0] === TEXT && artifacts.some((artifact) => artifact.id === id)
}

function becameReady(before: Case | undefined, after: Case): string[] {
  const wasReady = new Set(
    withAnalyses(before?.artifacts ?? [])
      .filter(isReady)
      .map((artifact) => artifact.id),
  )
  return withAnalyses(after.artifacts)
    .filter((artifact) => isReady(artifact) && !wasReady.has(artifact.id))
    .map((artifact) => artifact.id)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
