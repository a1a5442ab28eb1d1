/** The sentences of findings: one catalogue for web, API and command line. */
import type { Finding } from '../findings.ts'
import type { FindingCatalogue, FindingLanguage, FindingText } from './catalogue.ts'
import { EN, repeatedEn } from './en.ts'
import { ZH, repeatedZh } from './zh.ts'

const CATALOGUES: Readonly<Record<FindingLanguage, FindingCatalogue>> = { en: EN, zh: ZH }

export function findingText(finding: Finding, language: FindingLanguage): FindingText {
  // The entry for an id takes the finding of that id; TypeScript cannot relate the two through the union.
  const write = CATALOGUES[language][finding.id] as (finding: Finding) => FindingText
  const text = write(finding)
  if (finding.occurrences === 1) return text
  const repeated = language === 'zh' ? repeatedZh : repeatedEn
  return { ...text, explanation: text.explanation + repeated(finding.occurrences) }
}
