/** What the query process and its client say to each other. */
import type { PairQuestionName, QuestionName } from '@heaptrail/heap/query/questions'
import type { QueryProblem } from '@heaptrail/heap/query/query-error'

export interface QueryRequest {
  readonly id: number
  readonly question: QuestionName | PairQuestionName
  readonly args: readonly unknown[]
}

/**
 * `snapshot-damaged`: it has to be rebuilt from the dump. `stopped`: nobody waited any more. `failed`: a fault of the
 * engine; the message is for the log.
 */
export type QueryFailure = QueryProblem | 'snapshot-damaged' | 'stopped' | 'failed'

export type QueryResponse =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: QueryFailure; readonly message: string }
