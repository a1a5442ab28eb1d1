/** What the growth over all heap dumps of a case asks. */
import { HeapGrowth } from '@heaptrail/api/heap-growth'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { KEEP } from './heap.ts'
import { request } from './request.ts'

/** @param dumps those of the case that are ready: with others it is another answer */
export const heapGrowthQuery = (caseId: string, dumps: readonly string[]) =>
  queryOptions({
    queryKey: ['case', caseId, 'heap-growth', dumps],
    queryFn: ({ signal }) => request(HeapGrowth, fillRoute('heapGrowth', { caseId }), { signal }),
    enabled: dumps.length > 1,
    ...KEEP,
  })
