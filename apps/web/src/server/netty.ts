/** What the view of Netty asks. */
import {
  NettyBuffers,
  type NettyBuffersQuery,
  NettyChunks,
  type NettyChunksQuery,
  NettyFacts,
} from '@heaptrail/api/netty'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

export const nettyQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'netty'],
    queryFn: ({ signal }) => request(NettyFacts, fillRoute('netty', { artifactId }), { signal }),
    ...KEEP,
  })

export const nettyChunksQuery = (artifactId: string, query: NettyChunksQuery) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'netty-chunks', query],
    queryFn: ({ signal }) =>
      request(NettyChunks, withQuery(fillRoute('nettyChunks', { artifactId }), { ...query }), { signal }),
    ...KEEP,
  })

export const nettyBuffersQuery = (artifactId: string, query: NettyBuffersQuery) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'netty-buffers', query],
    queryFn: ({ signal }) =>
      request(NettyBuffers, withQuery(fillRoute('nettyBuffers', { artifactId }), { ...query }), { signal }),
    ...KEEP,
  })
