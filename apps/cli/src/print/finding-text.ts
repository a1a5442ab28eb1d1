/** Findings as sentences for people. */
import type { Finding } from '../report/finding.ts'

/** Three lines each: what it is, what was seen and where, what to do next. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ severity, title, explanation, nextStep, evidence }) => [
    `  ${severity.toUpperCase().padEnd(12)} ${title} (lines ${evidence.fromLine} to ${evidence.toLine})`,
    `${MARGIN}${explanation}`,
    `${MARGIN}${nextStep}`,
  ])
}

const MARGIN = ' '.repeat(15)
