import type { HeapFindingText } from '@heaptrail/api/finding-texts/catalogue'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import type { HeapFinding as HeapFindingFacts } from '@heaptrail/api/heap-findings'
import { heapFindings } from '@heaptrail/findings/heap/verdict'
import type { Heap } from '@heaptrail/heap/query/heap'
import { suspects } from '@heaptrail/heap/suspects/suspects'

/** Who holds much of a heap, and what is to be thought of it, with its sentences in English. */
export type HeapFinding = HeapFindingFacts & HeapFindingText

export function heapFindingsOf(heap: Heap): HeapFinding[] {
  return heapFindings(suspects(heap)).map((finding) => ({ ...finding, ...heapFindingText(finding, 'en') }))
}
