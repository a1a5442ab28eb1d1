/** The sentences of heap findings. */
import type { HeapFinding } from '../heap-findings.ts'
import type { FindingLanguage, HeapFindingCatalogue, HeapFindingText } from './catalogue.ts'
import { HEAP_EN } from './heap-en.ts'
import { HEAP_ZH } from './heap-zh.ts'

const CATALOGUES: Readonly<Record<FindingLanguage, HeapFindingCatalogue>> = { en: HEAP_EN, zh: HEAP_ZH }

export function heapFindingText(finding: HeapFinding, language: FindingLanguage): HeapFindingText {
  // The entry for an id takes the finding of that id; TypeScript cannot relate the two through the union.
  const write = CATALOGUES[language][finding.id] as (finding: HeapFinding) => HeapFindingText
  return write(finding)
}
