import { ErrorBody } from '@heaptrail/api/errors'
import { Contents, DownloadQuery, HexRows, TextPage, TextQuery } from '@heaptrail/api/heap-contents'
import { ObjectId } from '@heaptrail/api/ids'
import { Window } from '@heaptrail/api/page'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { HeapQuestions } from '../analysis/heap-questions.ts'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

const objectParams = heapParams.extend({ objectId: ObjectId })
/** Characters or elements that are asked for at a time. */
const PIECE = 65_536

/** What is inside an object, to be looked at and to be taken away. */
export const insideRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.contents,
    { schema: { ...question('Members of a collection', objectParams, Contents), querystring: Window } },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).contents(params.objectId, query),
  )

  app.get(
    ROUTES.objectText,
    {
      schema: { ...question('Text of a string, char[] or byte[]', objectParams, TextPage), querystring: TextQuery },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).text(params.objectId, query),
  )

  app.get(
    ROUTES.objectHex,
    { schema: { ...question('Bytes of a primitive array', objectParams, HexRows), querystring: Window } },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).hex(params.objectId, query),
  )

  app.get(
    ROUTES.objectDownload,
    {
      schema: {
        ...question('Text, bytes or values of an object as a file', objectParams, z.unknown().describe('The file')),
        querystring: DownloadQuery,
        produces: ['text/plain', 'application/octet-stream'],
        response: {
          200: z.unknown().describe('The file'),
          400: ErrorBody,
          404: ErrorBody,
          409: ErrorBody,
          410: ErrorBody,
        },
      },
    },
    async ({ params: { artifactId, objectId }, query }, reply) => {
      const pieces = piecesOf(await openHeap(needs, artifactId), objectId, query)
      // What is wrong with the question is known after the first piece, when an error can still be answered.
      const first = await pieces.next()
      const isBytes = query.as === 'bytes'
      return reply
        .header('content-type', isBytes ? 'application/octet-stream' : 'text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="${objectId}.${isBytes ? 'bin' : 'txt'}"`)
        .send(Readable.from(withFirst(first, pieces), { objectMode: false }))
    },
  )
}

async function* withFirst(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done === true) return
  yield first.value
  yield* rest
}

async function* piecesOf(heap: HeapQuestions, objectId: ObjectId, query: DownloadQuery): AsyncGenerator<Buffer> {
  for (let offset = 0, total = Infinity; offset < total;) {
    if (query.as === 'text') {
      const page = await heap.text(objectId, { offset, limit: PIECE, encoding: query.encoding })
      yield Buffer.from(page.text)
      total = page.length === 0 ? 0 : page.total
      offset += page.length
    } else {
      const piece = await heap.arrayPiece(objectId, { as: query.as, offset, limit: PIECE })
      yield Buffer.from(piece.data, query.as === 'bytes' ? 'base64' : 'utf8')
      total = piece.total
      offset += PIECE
    }
  }
}
