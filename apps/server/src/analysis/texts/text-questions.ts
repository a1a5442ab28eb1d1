/** What is asked of texts and answered, between the server and its thread for texts. */
import type { FoundFinding } from '@heaptrail/api/case-findings'
import type { InputProblem } from '@heaptrail/api/cases'
import type { Finding } from '@heaptrail/api/findings'
import type {
  BesideDumpQuery,
  BesideDumpRow,
  ClassGrowthQuery,
  ClassHistogramPage,
  ClassHistogramQuery,
  HistogramNote,
} from '@heaptrail/api/class-histograms'
import type {
  CapacitySource,
  JstatCsvQuery,
  JstatRows,
  JstatRowsQuery,
  JstatSeries,
  JstatSeriesQuery,
  JstatSummary,
} from '@heaptrail/api/jstat'
import type { Page } from '@heaptrail/api/page'
import type { PlacedTime } from '@heaptrail/api/text-parts'
import type { DumpClasses } from '@heaptrail/findings/histogram/beside-dump'
import type { GrowthPage } from '@heaptrail/findings/histogram/growth'
import type { Capacities } from '@heaptrail/jvm-text/jstat/spaces'
import type { FoundKind } from '@heaptrail/jvm-text/kind'
import type { TopOutput } from '@heaptrail/jvm-text/top/output'
import type { TextFacts } from './text-facts.ts'

export type TextKind = FoundKind['kind']

/** A text, read as one kind. */
export interface TextFile {
  readonly file: string
  readonly kind: TextKind
}

/** What the case knows of a log beyond its text. */
export interface LogContext {
  readonly part: number
  /** Its place on the time axis of the case. */
  readonly time: PlacedTime
  readonly capacities: { readonly source: CapacitySource; readonly kb: Capacities }
}

/** A finding in a text, before it is known to which artifact the text belongs. */
export type FoundInText = Pick<FoundFinding, 'part' | 'finding' | 'own' | 'time'>

export interface GrowthRequest {
  /** The oldest first; `at` in milliseconds since 1970, undefined where it is a guess. */
  readonly columns: readonly { readonly file: string; readonly part: number; readonly at: number | undefined }[]
  readonly query: ClassGrowthQuery
}

/** Question → what is given with it, and what is answered. */
export interface TextQuestions {
  /** Can it be read? The kinds that stand in the text for certain. */
  check: { readonly given: undefined; readonly answer: readonly TextKind[] }
  facts: { readonly given: undefined; readonly answer: TextFacts }
  'jstat-summary': { readonly given: LogContext; readonly answer: JstatSummary }
  'jstat-series': {
    readonly given: { readonly log: LogContext; readonly query: JstatSeriesQuery }
    readonly answer: JstatSeries
  }
  'jstat-rows': {
    readonly given: { readonly log: LogContext; readonly query: JstatRowsQuery }
    readonly answer: JstatRows
  }
  /** Lines of at most `limit` rows; `''` behind the last. */
  'jstat-csv': {
    readonly given: {
      readonly log: LogContext
      readonly query: JstatCsvQuery
      readonly offset: number
      readonly limit: number
    }
    readonly answer: string
  }
  'class-histogram': {
    readonly given: { readonly part: number; readonly query: ClassHistogramQuery }
    readonly answer: ClassHistogramPage
  }
  /** Asked of the text of any of the histograms. */
  'class-growth': {
    readonly given: GrowthRequest
    readonly answer: GrowthPage & { readonly notes: readonly HistogramNote[] }
  }
  'beside-dump': {
    readonly given: { readonly part: number; readonly dump: DumpClasses; readonly query: BesideDumpQuery }
    readonly answer: Page<BesideDumpRow> & {
      readonly dump: { readonly instances: number; readonly bytes: number }
      readonly notes: readonly HistogramNote[]
    }
  }
  top: { readonly given: undefined; readonly answer: TopOutput }
  /** Of the histograms of a case; null when no class grows much. */
  'growth-finding': { readonly given: Pick<GrowthRequest, 'columns'>; readonly answer: Finding | null }
  /** @param given of the logs of a jstat text, in order; empty for other kinds. */
  findings: { readonly given: readonly LogContext[]; readonly answer: readonly FoundInText[] }
}
export type QuestionName = keyof TextQuestions
export type Given<Name extends QuestionName> = TextQuestions[Name]['given']
export type Answer<Name extends QuestionName> = TextQuestions[Name]['answer']

export type TextQuestion = {
  [Name in QuestionName]: { readonly name: Name; readonly given: Given<Name> }
}[QuestionName]

export interface TextRequest {
  readonly id: number
  readonly text: TextFile
  readonly question: TextQuestion
}

export type TextReply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: Answer<QuestionName> }
  /** The text is not what it was taken for. */
  | { readonly id: number; readonly kind: 'refused'; readonly problem: InputProblem }
  /** It has no part with this number. */
  | { readonly id: number; readonly kind: 'no-part'; readonly parts: number }
  | { readonly id: number; readonly kind: 'broken'; readonly message: string }
