/** The sentences of findings: one catalogue for web, API and command line. */
import type { Finding, FindingId, FindingOf } from '../findings.ts'
import { EN, repeatedEn } from './en.ts'
import { ZH, repeatedZh } from './zh.ts'

export type FindingLanguage = 'en' | 'zh'

export interface FindingText {
  readonly title: string
  /** What was seen, with its figures. */
  readonly explanation: string
  readonly nextStep: string
}

/** Every finding has its sentences in every language: the compiler says which are missing. */
export type FindingCatalogue = { readonly [Id in FindingId]: (finding: FindingOf<Id>) => FindingText }

const CATALOGUES: Readonly<Record<FindingLanguage, FindingCatalogue>> = { en: EN, zh: ZH }

export function findingText(finding: Finding, language: FindingLanguage): FindingText {
  // The entry for an id takes the finding of that id; TypeScript cannot relate the two through the union.
  const write = CATALOGUES[language][finding.id] as (finding: Finding) => FindingText
  const text = write(finding)
  if (finding.occurrences === 1) return text
  const repeated = language === 'zh' ? repeatedZh : repeatedEn
  return { ...text, explanation: text.explanation + repeated(finding.occurrences) }
}
