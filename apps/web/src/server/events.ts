/** Keeps the cached cases as new as the server's: one stream of events, opened again whenever it breaks. */
import { CaseEvent, type Case } from '@heaptrail/api/cases'
import { ROUTES } from '@heaptrail/api/routes'
import type { QueryClient } from '@tanstack/react-query'
import { caseQuery, casesQuery, forgetCase, isReady, storeCase } from './cases.ts'
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
  const before = queryClient.getQueryData(caseQuery(event.data.case.id).queryKey)
  storeCase(queryClient, event.data.case)
  for (const artifactId of becameReady(before, event.data.case)) {
    void queryClient.invalidateQueries({ queryKey: artifactKey(artifactId) })
  }
}

function becameReady(before: Case | undefined, after: Case): string[] {
  const wasReady = new Set(before?.artifacts.filter(isReady).map((artifact) => artifact.id))
  return after.artifacts
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
