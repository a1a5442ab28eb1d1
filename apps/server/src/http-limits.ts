/**
 * What keeps one client, or many at once, from taking all of the server. Times and sizes of requests are limited here,
 * and how many a client may send; questions to heaps wait in queues of bounded length (`analysis/heaps.ts`). Nothing
 * is refused for a busy processor alone: on somebody's own machine a slow answer is better than none.
 */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { leadToPage } from './web.ts'
import { answerError, ApiError } from './errors.ts'
import type { RequestLimits } from './request-limits.ts'

/** Bytes of a JSON body. Uploads are not bodies, they are streamed. */
const BODY_LIMIT = 64 * 1024
/** Bytes of all headers together, the address included. */
const HEAD_LIMIT = 16 * 1024

export function createHttpServer(
  loggerInstance: FastifyServerOptions['loggerInstance'],
  limits: RequestLimits,
): FastifyInstance {
  const app = Fastify({
    loggerInstance,
    bodyLimit: BODY_LIMIT,
    // Open event streams and half-done uploads must not keep a server alive that is told to stop.
    forceCloseConnections: true,
    // An upload may take hours; what else has a body is limited below.
    requestTimeout: 0,
    connectionTimeout: limits.idleMs,
    http: {
      maxHeaderSize: HEAD_LIMIT,
      // A request without one is refused with a sentence (security.ts).
      requireHostHeader: false,
      headersTimeout: limits.headMs,
      connectionsCheckingInterval: Math.min(limits.headMs, 10_000),
    },
    clientErrorHandler: answerBrokenRequest,
    // An address that cannot be decoded belongs to no route, so neither hooks nor the error handler see it.
    frameworkErrors: (error, request, reply) => {
      if (!leadToPage(request, reply)) answerError(error, reply)
    },
    routerOptions: { maxParamLength: 100 },
  })
  app.server.maxConnections = limits.connections
  limitBodies(app, limits.bodyMs)
  return app
}

/** @param clientOf who is counted as one */
export async function limitRates(
  app: FastifyInstance,
  { perMinute }: RequestLimits,
  clientOf: (request: FastifyRequest) => string,
): Promise<void> {
  if (perMinute === undefined) return
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: clientOf,
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': true,
    },
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.ceil(ttl / 1000)
      return new ApiError(
        'too-many-requests',
        `More than ${perMinute.toLocaleString('en')} requests came from one client within a minute. Wait ${seconds} s and try again.`,
      )
    },
  })
}

/** Bodies that are parsed, which those of uploads are not. */
function limitBodies(app: FastifyInstance, bodyMs: number): void {
  app.addHook('preParsing', (request, reply, payload, done) => {
    const { headers } = request
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    if (!hasBody || headers['content-type']?.startsWith(UPLOAD_TYPE) === true) return done(null, payload)
    const body = payload.pipe(new PassThrough())
    const timer = setTimeout(() => {
      // What still comes belongs to no request that anybody waits for.
      void reply.header('connection', 'close')
      body.destroy(new ApiError('too-slow', 'The body of the request took too long to arrive.'))
    }, bodyMs)
    for (const stream of [payload, reply.raw]) {
      stream.once('close', () => clearTimeout(timer))
      stream.once('end', () => clearTimeout(timer))
    }
    payload.once('error', (error) => body.destroy(error))
    done(null, body)
  })
}

const UPLOAD_TYPE = 'application/offset+octet-stream'

/** Of a request that never became one. */
const BROKEN: Partial<Record<string, ApiError>> = {
  HPE_HEADER_OVERFLOW: new ApiError('too-large', 'The headers of the request are too large.', {}, 431),
  ERR_HTTP_REQUEST_TIMEOUT: new ApiError('too-slow', 'The head of the request took too long to arrive.'),
}
const MALFORMED = new ApiError('bad-request', 'This is no request that HTTP knows.')

function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, body } = BROKEN[error.code ?? ''] ?? MALFORMED
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
