/** The built page: its hashed assets for ever, its index for every path that is no file. */
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerUnknownPath } from './errors.ts'
import { readTextIfThere } from './storage/files.ts'

const NOT_BUILT =
  'The web page has not been built yet. Start Heaptrail with "npm start", which builds it, or run "npm run build -w apps/web".\n'

/** Characters of an address that are worth showing. */
const LONGEST_SHOWN = 100

/** @param folder of the build; need not exist */
export async function servePage(app: FastifyInstance, folder: string): Promise<void> {
  async function sendIndex(reply: FastifyReply, status: number): Promise<FastifyReply> {
    const page = await readTextIfThere(path.join(folder, 'index.html'))
    void reply.header('cache-control', 'no-store')
    if (page !== undefined) return reply.code(status).type('text/html; charset=utf-8').send(page)
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
  }

  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    decorateReply: false,
    // The build writes `x.js.br` and `x.js.gz` beside its files; nothing is compressed while somebody waits.
    preCompressed: true,
    setHeaders(response, file) {
      const hashed = path.relative(folder, file).startsWith(`assets${path.sep}`)
      void response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => sendIndex(reply, 200))
  app.get('/cases/*', { schema: { hide: true } }, (_request, reply) => sendIndex(reply, 200))
  // A person who mistyped a link gets the page, which says so; a program gets an error of the catalogue.
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? sendIndex(reply, 404) : answerUnknownPath(request, reply),
  )
}

/**
 * Sends a person whose link cannot be decoded (`/%E0%A4%A`) to one that can, where the page says that nothing is there.
 * @returns whether it did; programs are to be answered otherwise
 */
export function leadToPage(request: FastifyRequest, reply: FastifyReply): boolean {
  if (!wantsPage(request)) return false
  void reply.redirect(`/${encodeURIComponent(request.url.slice(1, LONGEST_SHOWN))}`)
  return true
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
}
