/** Whether this browser is let in, and how it gets in and out. */
import { ROUTES } from '@heaptrail/api/routes'
import type { QueryClient } from '@tanstack/react-query'
import { healthQuery } from './cases.ts'
import { command, RequestFailure } from './request.ts'

/** @throws RequestFailure `wrong-key`, `too-many-attempts` */
export async function giveKey(queryClient: QueryClient, key: string): Promise<void> {
  await command(ROUTES.session, { method: 'POST', body: { key } })
  await queryClient.fetchQuery({ ...healthQuery, staleTime: 0 })
}

export async function leave(queryClient: QueryClient, who: 'me' | 'everybody'): Promise<void> {
  await command(who === 'me' ? ROUTES.session : ROUTES.sessions, { method: 'DELETE' })
  queryClient.clear()
  await queryClient.fetchQuery({ ...healthQuery, staleTime: 0 })
}

export function isKeyNeeded(error: Error): boolean {
  return error instanceof RequestFailure && error.code === 'key-needed'
}

/** Shows the page for the key, whatever is being looked at. */
export function askForKey(queryClient: QueryClient): void {
  queryClient.setQueryData(healthQuery.queryKey, (health) =>
    health === undefined ? health : { ...health, access: 'needed' as const },
  )
}
