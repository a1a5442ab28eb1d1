/** Why a question cannot be answered; the codes are those of the HTTP catalogue. */
export type QueryProblem = 'object-not-found' | 'class-not-found' | 'bad-request' | 'gone'

export class QueryError extends Error {
  readonly code: QueryProblem

  constructor(code: QueryProblem, message: string) {
    super(message)
    this.name = 'QueryError'
    this.code = code
  }
}
