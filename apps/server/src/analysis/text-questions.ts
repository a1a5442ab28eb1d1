/** What is asked of a text and answered, between the server and its thread for texts. */
import type { InputProblem } from '@heaptrail/api/cases'
import type { JstatRows, JstatRowsQuery, JstatSeries, JstatSeriesQuery, JstatSummary } from '@heaptrail/api/jstat'

export type TextQuestion =
  /** Can it be read? */
  | { readonly kind: 'check' }
  | { readonly kind: 'summary' }
  | { readonly kind: 'series'; readonly query: JstatSeriesQuery }
  | { readonly kind: 'rows'; readonly query: JstatRowsQuery }

export interface TextAnswers {
  check: null
  summary: JstatSummary
  series: JstatSeries
  rows: JstatRows
}

export interface TextRequest {
  readonly id: number
  readonly file: string
  readonly question: TextQuestion
}

export type TextReply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: TextAnswers[TextQuestion['kind']] }
  /** The text is not what it was taken for. */
  | { readonly id: number; readonly kind: 'refused'; readonly problem: InputProblem }
  | { readonly id: number; readonly kind: 'broken'; readonly message: string }
