/** One way to talk to the server: a path, a schema for the answer, and errors of the catalogue. */
import { ErrorBody, type ErrorCode } from '@heaptrail/api/errors'

/** `unreachable`: no answer came; `unexpected`: an answer came that is not in the contract. */
export type FailureCode = ErrorCode | 'unreachable' | 'unexpected'

/** An answer that is not the one asked for; `message` is for people. */
export class RequestFailure extends Error {
  readonly code: FailureCode
  readonly byte: number | undefined
  readonly line: number | undefined

  constructor(
    code: FailureCode,
    message: string,
    where: { byte?: number | undefined; line?: number | undefined } = {},
  ) {
    super(message)
    this.code = code
    this.byte = where.byte
    this.line = where.line
  }
}

export type QueryValue = string | number | undefined

/** `/api/x` and `{ a: 1, b: undefined }` → `/api/x?a=1`. */
export function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(key, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The part of the API's schemas that is used here. */
interface Schema<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: readonly { message: string }[] } }
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** @throws RequestFailure, or the signal's reason when the request was given up */
export async function request<T>(schema: Schema<T>, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options)
  const parsed = schema.safeParse(await readJson(response))
  if (!parsed.success) throw new RequestFailure('unexpected', parsed.error.issues[0]?.message ?? '')
  return parsed.data
}

/** For requests whose answer has no content that matters. */
export async function command(path: string, options: RequestOptions): Promise<void> {
  await send(path, options)
}

async function send(path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new RequestFailure('unreachable', '')
  }
  if (response.ok) return response
  const parsed = ErrorBody.safeParse(await readJson(response))
  if (!parsed.success) throw new RequestFailure('unexpected', `HTTP ${response.status}`)
  throw new RequestFailure(parsed.data.code, parsed.data.message, parsed.data)
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

const PASSING: readonly FailureCode[] = ['unreachable', 'query-failed', 'overloaded']

/** Worth asking again by itself: the server restarts, has too much to do, or a query process was lost. */
export function isPassing(error: unknown): boolean {
  return error instanceof RequestFailure && PASSING.includes(error.code)
}
