/** The sentences of heap findings. */
import type { HeapFinding, HeapFindingId, HeapFindingOf } from '../heap-findings.ts'
import { HEAP_EN } from './heap-en.ts'
import { HEAP_ZH } from './heap-zh.ts'
import type { FindingLanguage, FindingText } from './text.ts'

export interface HeapFindingText extends FindingText {
  /** What would become free; empty where that is not the question. */
  readonly freed: string
  /** What speaks against it, or why it is no suspect. */
  readonly against: string
}

export type HeapFindingCatalogue = {
  readonly [Id in HeapFindingId]: (finding: HeapFindingOf<Id>) => HeapFindingText
}

const CATALOGUES: Readonly<Record<FindingLanguage, HeapFindingCatalogue>> = { en: HEAP_EN, zh: HEAP_ZH }

export function heapFindingText(finding: HeapFinding, language: FindingLanguage): HeapFindingText {
  // The entry for an id takes the finding of that id; TypeScript cannot relate the two through the union.
  const write = CATALOGUES[language][finding.id] as (finding: HeapFinding) => HeapFindingText
  return write(finding)
}
