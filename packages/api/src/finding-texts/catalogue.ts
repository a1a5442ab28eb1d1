/** What a catalogue of sentences holds, in every language: the compiler says which are missing. */
import type { FindingId, FindingOf } from '../findings.ts'
import type { HeapFindingId, HeapFindingOf } from '../heap-findings.ts'

export type FindingLanguage = 'en' | 'zh'

export interface FindingText {
  readonly title: string
  /** What was seen, with its figures. */
  readonly explanation: string
  readonly nextStep: string
}

export interface HeapFindingText extends FindingText {
  /** What would become free; empty where that is not the question. */
  readonly freed: string
  /** What speaks against it, or why it is no suspect. */
  readonly against: string
}

export type FindingCatalogue = { readonly [Id in FindingId]: (finding: FindingOf<Id>) => FindingText }

export type HeapFindingCatalogue = {
  readonly [Id in HeapFindingId]: (finding: HeapFindingOf<Id>) => HeapFindingText
}
