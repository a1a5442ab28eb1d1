/**
 * The error catalogue: every answer that is not 2xx carries one of these codes. Codes are stable;
 * sentences are for people: what was wrong, where, and what to do.
 */
import { z } from 'zod'

export const ERRORS = {
  'bad-request': 400,
  'key-needed': 401,
  'wrong-key': 401,
  'bad-origin': 403,
  'not-found': 404,
  'case-not-found': 404,
  'artifact-not-found': 404,
  'object-not-found': 404,
  'class-not-found': 404,
  'view-not-found': 404,
  'too-slow': 408,
  'wrong-kind': 409,
  'not-ready': 409,
  'not-running': 409,
  gone: 410,
  'too-large': 413,
  'unreadable-input': 422,
  'too-many-attempts': 429,
  'too-many-requests': 429,
  internal: 500,
  'query-failed': 503,
  'query-timeout': 503,
  overloaded: 503,
  'disk-full': 507,
  'quota-exceeded': 507,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof ERRORS
export const ErrorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])

export const ErrorBody = z.object({
  code: ErrorCode,
  /** One or two sentences, without paths of the server, stack traces or dump contents. */
  message: z.string(),
  /** Byte offset in a binary input, when the fault has one. */
  byte: z.number().int().min(0).optional(),
  /** Line number, from 1, in a text input, when the fault has one. */
  line: z.number().int().min(1).optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>
