import { NettyBuffers, NettyBuffersQuery, NettyChunks, NettyChunksQuery, NettyFacts } from '@heaptrail/api/netty'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

/** Netty's allocators, buffers and connections in a heap. */
export const nettyRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.netty,
    { schema: question('What the heap knows about Netty, judged', heapParams, NettyFacts) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).netty(),
  )

  app.get(
    ROUTES.nettyChunks,
    {
      schema: {
        ...question('Chunks of an arena or allocator, those that lost most first', heapParams, NettyChunks),
        querystring: NettyChunksQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).nettyChunks(query),
  )

  app.get(
    ROUTES.nettyBuffers,
    {
      schema: {
        ...question('Buffers with their decoded reference counts, the largest first', heapParams, NettyBuffers),
        querystring: NettyBuffersQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).nettyBuffers(query),
  )
}
