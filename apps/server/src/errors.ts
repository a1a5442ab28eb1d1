/** Everything that is not 2xx leaves here, in the shape of the error catalogue. */
import { ERRORS, type ErrorBody, type ErrorCode } from '@heaptrail/api/errors'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'

/** An error of the catalogue, thrown anywhere below a route. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly where: { readonly byte?: number; readonly line?: number }
  /** That of the catalogue, except where another protocol (tus) prescribes one. */
  readonly status: number

  constructor(
    code: ErrorCode,
    message: string,
    where: { byte?: number; line?: number } = {},
    status: number = ERRORS[code],
  ) {
    super(message)
    this.code = code
    this.where = where
    this.status = status
  }

  get body(): ErrorBody {
    return { code: this.code, message: this.message, ...this.where }
  }
}

export function caseNotFound(): ApiError {
  return new ApiError('case-not-found', 'There is no case with this id: it was deleted, or the link is incomplete.')
}

export function artifactNotFound(): ApiError {
  return new ApiError(
    'artifact-not-found',
    'There is no artifact with this id: it was deleted, or the link is incomplete.',
  )
}

export function uploadNotFound(): ApiError {
  return new ApiError('not-found', 'There is no upload with this id: it is finished, or was given up.')
}

export function diskFull(): ApiError {
  return new ApiError(
    'disk-full',
    'The disk of the server is full. Delete cases that are no longer needed, or give the server more room, and try again.',
  )
}

/** Told with a time after which it is worth trying again. */
export function overloaded(): ApiError {
  return new ApiError('overloaded', 'Too many questions wait at this server. Wait a moment and try again.')
}

/** PostgreSQL's code for it. */
const SQL_DISK_FULL = '53100'

export function isDiskFull(error: unknown): boolean {
  return (
    hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT') || hasCode(error, 'disk-full') || hasCode(error, SQL_DISK_FULL)
  )
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/**
 * What an operator should be able to see of those who try to get in. Wrong keys are few, for attempts are limited; the others
 * can be as many as somebody likes to send.
 */
const REFUSALS: Partial<Record<ErrorCode, 'info' | 'warn'>> = {
  'wrong-key': 'warn',
  'too-many-attempts': 'info',
  'too-many-requests': 'info',
  'key-needed': 'info',
  'bad-origin': 'info',
}

/** Answers every thrown error and every unknown path of the instance. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const answer = toApiError(error)
    if (answer.code === 'internal') request.log.error({ err: error }, 'request failed')
    const level = REFUSALS[answer.code]
    if (level !== undefined) request.log[level]({ code: answer.code, client: request.ip }, 'refused')
    return send(reply, answer)
  })
}

export function answerError(error: FastifyError, reply: FastifyReply): void {
  void send(reply, toApiError(error))
}

export function answerUnknownPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(
    reply,
    new ApiError('not-found', `The API has no ${request.method} at this path; /api/docs lists what it has.`),
  )
}

/** Seconds after which it is worth trying again. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { 'too-many-attempts': 60, overloaded: 2, 'query-failed': 1 }

function send(reply: FastifyReply, error: ApiError): FastifyReply {
  const seconds = RETRY_AFTER[error.code]
  if (seconds !== undefined) void reply.header('retry-after', seconds)
  return reply.code(error.status).type('application/json').send(JSON.stringify(error.body))
}

/** Errors of our own keep their code; everything unforeseen becomes `internal` without its message. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (isDiskFull(error)) return diskFull()
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map((fault) =>
      `${faultyPart(error.validationContext, fault.instancePath)} ${fault.message ?? ''}`.trim(),
    )
    return new ApiError('bad-request', `The request cannot be understood: ${faults.slice(0, 5).join('; ')}.`)
  }
  if (hasCode(error, 'FST_ERR_CTP_BODY_TOO_LARGE'))
    return new ApiError('too-large', 'The body of the request is too large.')
  const status = statusOf(error)
  if (status < 400 || status >= 500) return internal()
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('FST_ERR_CTP_'))
    return new ApiError('bad-request', 'The request cannot be understood: it needs a JSON body of the documented form.')
  return new ApiError('bad-request', 'The request cannot be understood: its path or a header is malformed.')
}

function internal(): ApiError {
  return new ApiError('internal', 'Something went wrong in the server. Its log has the details.')
}

const PARTS: Partial<Record<string, string>> = { querystring: 'the option', params: 'the path part' }

function faultyPart(context: string | undefined, instancePath: string): string {
  const key = instancePath.replace(/^\//, '').replaceAll('/', '.')
  return key === '' ? 'the body:' : `${PARTS[context ?? ''] ?? 'the field'} "${key}":`
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500
}
