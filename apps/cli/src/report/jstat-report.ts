import { gcFindings } from '@heaptrail/findings/gc/verdict'
import type { JstatLog, JstatLogs } from '@heaptrail/jvm-text/jstat/log'
import { type JstatSummary, jstatSummary } from '@heaptrail/jvm-text/jstat/summary'
import type { ArtifactFacts } from '../artifacts.ts'
import { type Finding, withSentences } from './finding.ts'
import { type TextFacts, textFacts } from './text-facts.ts'

/** What `analyze` says of a jstat log; as JSON it is documented in docs/cli.md. */
export interface JstatReport extends TextFacts, Omit<JstatSummary, 'skipped' | 'skippedTotal'> {
  readonly kind: 'jstat-log'
  readonly option: JstatLog['option']
  /** The header is missing, and which it was was told from the rows. */
  readonly headerAssumed: boolean
  readonly findings: readonly Finding[]
  /** The last sample: column → value, null where the JVM printed `-`. */
  readonly last: Readonly<Record<string, number | null>>
}

/** One report for each log of the text; the first tells of the lines that were skipped. */
export function jstatReports(facts: ArtifactFacts, { logs, skipped, skippedTotal }: JstatLogs): JstatReport[] {
  return logs.map((log, index) =>
    jstatReport(facts, index === 0 ? { ...log, skipped, skippedTotal } : { ...log, skipped: [], skippedTotal: 0 }),
  )
}

function jstatReport(facts: ArtifactFacts, log: JstatLog): JstatReport {
  const last = log.columns.map((column) => [column, numberOrNull(log.values[column]?.[log.rows - 1])] as const)
  return {
    kind: 'jstat-log',
    option: log.option,
    headerAssumed: log.headerAssumed,
    findings: gcFindings(log).map(withSentences),
    ...jstatSummary(log),
    ...textFacts(facts, log),
    last: Object.fromEntries(last),
  }
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
