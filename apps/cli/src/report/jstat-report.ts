import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { type JstatSummary, jstatSummary } from '@heaptrail/jvm-text/jstat/summary'
import type { ArtifactFacts } from '../artifacts.ts'
import type { Finding } from './finding.ts'

/** What `analyze` says of a jstat log; as JSON it is documented in docs/cli.md. */
export interface JstatReport extends JstatSummary {
  readonly kind: 'jstat-log'
  readonly name: string
  readonly archive: string | null
  readonly status: 'ready' | 'partial'
  readonly partial: { readonly message: string; readonly byte: number } | null
  readonly findings: readonly Finding[]
  /** The last sample: column → value, null where the JVM printed `-`. */
  readonly last: Readonly<Record<string, number | null>>
}

export function jstatReport(facts: ArtifactFacts, log: JstatLog): JstatReport {
  const last = log.columns.map((column) => [column, numberOrNull(log.values[column]?.[log.rows - 1])] as const)
  return {
    kind: 'jstat-log',
    name: facts.name,
    archive: facts.archive ?? null,
    status: facts.damage === undefined ? 'ready' : 'partial',
    partial: facts.damage ?? null,
    findings: [],
    ...jstatSummary(log),
    last: Object.fromEntries(last),
  }
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
