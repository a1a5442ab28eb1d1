/** The gravest finding of each case, for its row. */
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { Artifact, Case } from '@heaptrail/api/cases'
import type { FindingText } from '@heaptrail/api/finding-texts/catalogue'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import { findingText } from '@heaptrail/api/finding-texts/text'
import type { Severity } from '@heaptrail/api/findings'
import type { Place } from '@heaptrail/api/place'
import { isReady } from '../../server/cases.ts'
import { caseFindingsQuery } from '../../server/evidence.ts'
import { suspectsQuery } from '../../server/heap.ts'
import { suspectsPlace } from '../../widgets/object-places.ts'

/** Of the cases that were opened last; whoever goes back further opens the case. */
const MOST_CASES = 12
const ORDER: readonly Severity[] = ['critical', 'warning', 'info']

export interface BiggestFinding {
  readonly severity: Severity
  readonly text: (language: 'en' | 'zh') => FindingText
  /** Where it is told. */
  readonly place: Place
  /** Grave ones besides. */
  readonly others: number
}

/**
 * By case. Asked for one case after the other, so that a page of cases does not open all their heaps at once; those on
 * their way, and cases in which nothing is grave, are missing.
 */
export function useBiggestFindings(cases: readonly Case[]): ReadonlyMap<string, BiggestFinding> {
  const [turn, setTurn] = useState(0)
  const asked = cases.slice(0, MOST_CASES).map((of) => ({ of, dump: of.artifacts.findLast(isReadyDump) }))
  const logs = useQueries({
    queries: asked.map(({ of }, at) => ({
      ...caseFindingsQuery(of.id),
      enabled: at <= turn && of.artifacts.some(isReadyLog),
    })),
  })
  const dumps = useQueries({
    queries: asked.map(({ dump }, at) => ({
      ...suspectsQuery(dump?.id ?? ''),
      enabled: at <= turn && dump !== undefined,
      retry: false,
    })),
  })
  const waiting = asked.findIndex(
    (_, at) => at >= turn && [logs[at], dumps[at]].some((answer) => answer?.isLoading === true),
  )
  const next = waiting === -1 ? asked.length : waiting
  // A case more as soon as the one before is answered.
  if (next > turn && turn < asked.length) setTurn(turn + 1)
  return new Map(
    asked.flatMap(({ of, dump }, at) => {
      const ofLogs = (logs[at]?.data?.findings ?? []).map(({ finding }) => ({
        severity: finding.severity,
        text: (language: 'en' | 'zh') => findingText(finding, language),
        place: { kind: 'case', caseId: of.id } as const,
      }))
      const ofDump = (dumps[at]?.data?.findings ?? []).map((finding) => ({
        severity: finding.severity,
        text: (language: 'en' | 'zh') => heapFindingText(finding, language),
        place: suspectsPlace({ caseId: of.id, artifactId: dump?.id ?? '' }),
      }))
      // What a dump says names who it is; a log only says that something is.
      const [first, ...rest] = [...ofDump, ...ofLogs]
        .filter(({ severity }) => severity !== 'info')
        .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
      return first === undefined ? [] : [[of.id, { ...first, others: rest.length }] as const]
    }),
  )
}

function isReadyDump(artifact: Artifact): boolean {
  return isReady(artifact) && artifact.kind === 'heap-dump'
}

function isReadyLog(artifact: Artifact): boolean {
  return isReady(artifact) && artifact.kind !== 'heap-dump' && artifact.kind !== 'unknown'
}
