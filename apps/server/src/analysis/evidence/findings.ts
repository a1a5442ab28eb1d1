/** Findings in the texts of a case. */
import type { FoundFinding, FoundFindings } from '@heaptrail/api/case-findings'
import type { Severity } from '@heaptrail/api/findings'
import type { FoundInText, TextFile } from '../texts/text-questions.ts'
import type { Texts } from '../texts/texts.ts'
import type { CaseEvidence, EvidencePart } from './case-evidence.ts'

const ORDER: readonly Severity[] = ['critical', 'warning', 'info']

export async function artifactFindings(
  texts: Texts,
  { parts }: CaseEvidence,
  artifactId: string,
): Promise<FoundFindings> {
  const own = parts.filter(({ artifact }) => artifact.id === artifactId)
  return { findings: sorted(await inTexts(texts, own)), pending: [] }
}

export async function caseFindings(texts: Texts, { parts, pending }: CaseEvidence): Promise<FoundFindings> {
  return { findings: sorted(await inTexts(texts, parts)), pending: [...pending] }
}

function sorted(findings: FoundFinding[]): FoundFinding[] {
  return findings.sort((a, b) => ORDER.indexOf(a.finding.severity) - ORDER.indexOf(b.finding.severity))
}

async function inTexts(texts: Texts, parts: readonly EvidencePart[]): Promise<FoundFinding[]> {
  const byArtifact = [...Map.groupBy(parts, ({ artifact }) => artifact.id).values()]
  const found = byArtifact.map(async (own): Promise<FoundFinding[]> => {
    const [first] = own
    if (first === undefined || first.kind === 'heap-dump') return []
    const text: TextFile = { file: first.file, kind: first.kind }
    const logs = own.flatMap((part) => (part.kind === 'jstat-log' ? [part.context] : []))
    const findings = await texts.ask(text, 'findings', logs)
    return findings.map((one: FoundInText) => ({
      ...one,
      artifactId: first.artifact.id,
      name: first.artifact.name,
      besides: [],
    }))
  })
  return (await Promise.all(found)).flat()
}
