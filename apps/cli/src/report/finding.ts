import type { FindingText } from '@heaptrail/api/finding-texts/catalogue'
import { findingText } from '@heaptrail/api/finding-texts/text'
import type { Finding as FindingFacts } from '@heaptrail/api/findings'

/** Something worth a person's attention that the analysis noticed by itself, with its sentences in English. */
export type Finding = FindingFacts & FindingText

export function withSentences(finding: FindingFacts): Finding {
  return { ...finding, ...findingText(finding, 'en') }
}
