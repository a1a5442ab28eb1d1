/** Output of top. */
import { fillRoute } from '@heaptrail/api/routes'
import { TopOutput } from '@heaptrail/api/top-output'
import { queryOptions } from '@tanstack/react-query'
import { TEXT } from './evidence.ts'
import { artifactKey } from './heap.ts'
import { request } from './request.ts'

export const topQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), TEXT, 'top'],
    queryFn: ({ signal }) => request(TopOutput, fillRoute('topOutput', { artifactId }), { signal }),
  })
