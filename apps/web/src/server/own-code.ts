/** Which packages of a case are own code. */
import { Case } from '@heaptrail/api/cases'
import { fillRoute } from '@heaptrail/api/routes'
import type { QueryClient } from '@tanstack/react-query'
import { caseQuery } from './cases.ts'
import { artifactKey } from './heap.ts'
import { request } from './request.ts'

/** @param packages null: each heap tells by itself */
export async function chooseOwnCode(
  queryClient: QueryClient,
  caseId: string,
  packages: readonly string[] | null,
): Promise<void> {
  const changed = await request(Case, fillRoute('ownCode', { caseId }), { method: 'PUT', body: { packages } })
  queryClient.setQueryData(caseQuery(caseId).queryKey, changed)
  // Marks stand in most answers about a heap.
  await queryClient.invalidateQueries({ queryKey: artifactKey('').slice(0, 1) })
}
