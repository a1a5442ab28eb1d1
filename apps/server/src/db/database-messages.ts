/** What the thread of the embedded database and the rest of the server say to each other. */
import type { QueryOptions, Results } from '@electric-sql/pglite'

export type DatabaseQuestion =
  | {
      readonly name: 'query'
      readonly sql: string
      readonly values: unknown[] | undefined
      readonly options: Pick<QueryOptions, 'rowMode'> | undefined
      /** Inside of this one. */
      readonly transaction: number | undefined
    }
  /** Several statements at once. */
  | { readonly name: 'exec'; readonly sql: string }
  | { readonly name: 'listen'; readonly channel: string }
  /** Answered when nobody else uses the database; the id of the request names the transaction. */
  | { readonly name: 'begin' }
  | { readonly name: 'end'; readonly transaction: number; readonly how: 'commit' | 'rollback' }
  | { readonly name: 'close' }

export interface DatabaseRequest {
  readonly id: number
  readonly question: DatabaseQuestion
}

/** An error as it crosses: a copy loses the fields by which errors of the database are told apart. */
export interface PlainError {
  readonly message: string
  readonly stack: string | undefined
  readonly facts: Readonly<Record<string, string | number>>
}

export type DatabaseReply =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Results<unknown> | Results[] | undefined }
  | { readonly kind: 'error'; readonly id: number; readonly error: PlainError }
  /** Somebody called NOTIFY. */
  | { readonly kind: 'notice'; readonly channel: string; readonly payload: string }

export function toPlain(error: unknown): PlainError {
  if (typeof error !== 'object' || error === null) return { message: String(error), stack: undefined, facts: {} }
  const simple = Object.entries(error).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const facts: PlainError['facts'] = Object.fromEntries(simple)
  if (error instanceof Error) return { message: error.message, stack: error.stack, facts }
  // The file system below the database throws objects of its own: a name and a number.
  return { message: simple.map(([name, value]) => `${name} ${value}`).join(', '), stack: undefined, facts }
}

export function fromPlain({ message, stack, facts }: PlainError): Error {
  const error = Object.assign(new Error(message), facts)
  if (stack !== undefined) error.stack = stack
  return error
}
