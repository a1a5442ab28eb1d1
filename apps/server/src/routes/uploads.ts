/** tus, streamed: the body of a request goes to its file without being held or parsed. */
import type { IncomingMessage } from 'node:http'
import { ErrorBody, type ErrorCode } from '@heaptrail/api/errors'
import { EntityId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod, ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ApiError, uploadNotFound } from '../errors.ts'
import type { Tus } from '../uploads/tus.ts'
import type { Uploads } from '../uploads/uploads.ts'

export const uploadRoutes: FastifyPluginAsyncZod<{ tus: Tus; uploads: Uploads }> = async (app, { tus, uploads }) => {
  app.delete(
    ROUTES.upload,
    {
      schema: {
        tags: ['uploads'],
        summary: 'Dismiss a failed upload, or give up a running one',
        params,
        response: { 204: z.undefined(), 404: ErrorBody },
      },
    },
    async ({ params }, reply) => {
      if (!(await uploads.discard(params.uploadId))) throw uploadNotFound()
      return reply.code(204).send()
    },
  )

  await app.register(async (streamed) => {
    streamed.removeAllContentTypeParsers()
    streamed.addContentTypeParser('*', (_request, _payload, done) => done(null))
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        return await answer(reply, await tus.handle(toWebRequest(request), request.raw))
      } finally {
        letGo(request.raw)
      }
    }
    const one = `${ROUTES.uploads}/:uploadId`
    streamed.post(ROUTES.uploads, { schema: BEGIN }, handler)
    streamed.head(one, { schema: { ...ASK, params } }, handler)
    streamed.patch(one, { schema: { ...GO_ON, params } }, handler)
    streamed
      .withTypeProvider<ZodTypeProvider>()
      .delete(one, { schema: { ...GIVE_UP, params } }, async ({ params: { uploadId } }, reply) => {
        if (!(await uploads.discard(uploadId))) throw uploadNotFound()
        return reply.code(204).header('tus-resumable', '1.0.0').send()
      })
  })
}

function tusDocs(summary: string, status: number, success: string) {
  return { tags: ['uploads'], summary, response: { [status]: z.undefined().describe(success) } }
}

const params = z.object({ uploadId: EntityId })
const BEGIN = tusDocs(
  'Begin an upload: headers Tus-Resumable, Upload-Length, Upload-Metadata (filename, caseId)',
  201,
  'Begun; Location is where its bytes go',
)
const ASK = tusDocs('How many bytes of an upload have arrived', 200, 'Upload-Offset says how many')
const GO_ON = tusDocs(
  'Go on with an upload: header Upload-Offset, body application/offset+octet-stream',
  204,
  'Arrived; Upload-Offset says how far',
)
const GIVE_UP = tusDocs('Give up an upload', 204, 'Given up')

function toWebRequest(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const part of Array.isArray(value) ? value : [value]) if (part !== undefined) headers.append(name, part)
  }
  // The routes say what may be done; the tus library would do whatever this header asks for.
  headers.delete('x-http-method-override')
  const url = new URL(request.url, `http://${request.headers.host}`)
  return new Request(url, { method: request.method, headers })
}

/** Whoever still sends when the answer is known gets to read it: an end of the connection would take it away. */
function letGo(body: IncomingMessage): void {
  if (body.complete || body.destroyed) return
  body.resume()
  const timer = setTimeout(() => body.destroy(), LET_GO_MS)
  body.once('close', () => clearTimeout(timer))
}

const LET_GO_MS = 5000

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  if (response.status >= 400) throw await toCatalogue(response)
  for (const [name, value] of response.headers) if (!name.startsWith('access-control-')) void reply.header(name, value)
  return reply.code(response.status).send(await response.text())
}

const CODES: Partial<Record<number, ErrorCode>> = { 410: 'gone', 413: 'too-large', 500: 'internal' }

/** Ours come as JSON; those of the tus library as a line of text, e.g. for a wrong offset. */
async function toCatalogue(response: Response): Promise<ApiError> {
  const text = await response.text()
  try {
    const { code, message } = ErrorBody.parse(JSON.parse(text))
    return new ApiError(code, message)
  } catch {
    if (response.status === 404) return uploadNotFound()
    const code = CODES[response.status] ?? 'bad-request'
    return new ApiError(
      code,
      code === 'internal' ? 'The upload could not be written.' : `The upload request was refused: ${text.trim()}.`,
      {},
      response.status,
    )
  }
}
