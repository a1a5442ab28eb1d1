/** The built page: its hashed assets for ever, its index for every path that is a place. */
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { readTextIfThere } from './storage/files.ts'

const NOT_BUILT =
  'The web page has not been built yet. Start Heaptrail with "npm start", which builds it, or run "npm run build -w apps/web".\n'

export const servePage: FastifyPluginAsync<{ folder: string }> = async (app, { folder }) => {
  async function sendIndex(_request: unknown, reply: FastifyReply): Promise<FastifyReply> {
    const page = await readTextIfThere(path.join(folder, 'index.html'))
    void reply.header('cache-control', 'no-store')
    if (page !== undefined) return reply.type('text/html; charset=utf-8').send(page)
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
  }

  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    decorateReply: false,
    setHeaders(response, file) {
      const hashed = path.relative(folder, file).startsWith(`assets${path.sep}`)
      void response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', { schema: { hide: true } }, sendIndex)
  app.get('/cases/*', { schema: { hide: true } }, sendIndex)
}
