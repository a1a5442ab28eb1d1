/** All findings of a heap dump: what is known about each holder is judged here, by rules that docs/findings.md tells. */
import type { DirectMemory, HeapFinding, Holder } from '@heaptrail/api/heap-findings'
import type { Severity } from '@heaptrail/api/findings'
import type { Suspect, Suspects } from '@heaptrail/heap/suspects/messages'
import { judgeCollection, judgeGroup } from './accumulation.ts'
import { FULL } from './limits.ts'
import { judgeSpecial } from './special.ts'
import { judgePools, poolVerdicts } from './netty.ts'

const ORDER: readonly Severity[] = ['critical', 'warning', 'info']

/** The gravest first, among equals the heaviest; never empty. */
export function heapFindings(facts: Suspects): HeapFinding[] {
  const fullness = fullnessOf(facts)
  const holders = facts.suspects.map((suspect) => holderOf(suspect, facts.usedHeap, fullness))
  const found = [
    ...judgePools(facts.netty, facts.usedHeap, fullness),
    ...holders.flatMap((holder) => judge(holder) ?? []),
    ...(facts.direct === null ? [] : [judgeDirect(facts.direct)]),
  ]
  if (!found.some(({ severity }) => severity !== 'info'))
    found.push({ id: 'no-suspect', severity: 'info', parameters: { usedHeap: facts.usedHeap, fullness } })
  return found.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || shareOf(b) - shareOf(a))
}

/** What is said about each of Netty's pools, also about those that are too small to be worth a word elsewhere. */
export function nettyVerdicts(facts: Pick<Suspects, 'netty' | 'usedHeap' | 'maxHeap'>): HeapFinding[] {
  return poolVerdicts(facts.netty, facts.usedHeap, fullnessOf(facts))
}

function fullnessOf({ usedHeap, maxHeap }: Pick<Suspects, 'usedHeap' | 'maxHeap'>): number | null {
  return maxHeap === null ? null : (100 * usedHeap) / maxHeap
}

function holderOf(suspect: Suspect, usedHeap: number, fullness: number | null): Holder {
  return { ...suspect, share: (100 * suspect.retained) / usedHeap, fullness }
}

/** The sentence that nothing was found leads what was recognised as legitimate. */
function shareOf({ id, parameters }: HeapFinding): number {
  if (id === 'direct-memory') return 0
  return 'share' in parameters ? parameters.share : 100
}

/** The first rule that knows what it is. @returns undefined when it is not worth a word. */
function judge(holder: Holder): HeapFinding | undefined {
  const special = judgeSpecial(holder)
  if (special !== undefined) return special
  switch (holder.shape) {
    case 'many':
    case 'structure':
      return judgeCollection(holder)
    case 'group':
    case 'array':
    case 'spread':
      return judgeGroup(holder)
  }
}

/** Direct memory that nears its limit ends in an OutOfMemoryError, however empty the heap is. */
function judgeDirect(direct: DirectMemory): HeapFinding {
  const isNearLimit = direct.limit !== null && (100 * direct.used) / direct.limit >= FULL
  return { id: 'direct-memory', severity: isNearLimit ? 'warning' : 'info', parameters: direct }
}
