/** The built page: its hashed assets for ever, its index for every path that is a place. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'

export const servePage: FastifyPluginAsync<{ folder: string }> = async (app, { folder }) => {
  const index = path.join(folder, 'index.html')

  async function sendIndex(_request: unknown, reply: FastifyReply): Promise<FastifyReply> {
    void reply.header('cache-control', 'no-store')
    if (existsSync(index)) return reply.type('text/html; charset=utf-8').send(await readFile(index, 'utf8'))
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send(
        'The web page has not been built yet. Run "npm run build" in the folder of Heaptrail, or start it with "npm start", which builds it.\n',
      )
  }

  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      index: false,
      decorateReply: false,
      setHeaders(response, file) {
        const hashed = path.relative(folder, file).startsWith(`assets${path.sep}`)
        void response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.get('/', { schema: { hide: true } }, sendIndex)
  app.get('/cases/*', { schema: { hide: true } }, sendIndex)
}
