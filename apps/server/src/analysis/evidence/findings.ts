/** Findings in the texts of a case. */
import type { FoundFinding, FoundFindings } from '@heaptrail/api/case-findings'
import { byWorth, worthOfText } from '@heaptrail/api/finding-order'
import type { FoundInText, TextFile } from '../texts/text-questions.ts'
import type { Texts } from '../texts/texts.ts'
import { processMemory } from '@heaptrail/findings/top/process-memory'
import { type CaseEvidence, type EvidencePart, ofKind } from './case-evidence.ts'
import { heapBeside } from './heap-beside.ts'
import { columnRequest, inTime } from './histograms.ts'
import { sampleTimes } from './top.ts'

export async function artifactFindings(
  texts: Texts,
  { parts }: CaseEvidence,
  artifactId: string,
): Promise<FoundFindings> {
  const own = parts.filter(({ artifact }) => artifact.id === artifactId)
  return { findings: sorted(await inTexts(texts, own)), pending: [] }
}

export async function caseFindings(texts: Texts, { parts, pending }: CaseEvidence): Promise<FoundFindings> {
  const found = await inTexts(texts, parts)
  const more = await Promise.all([growth(texts, parts), memory(texts, parts)])
  return { findings: sorted([...found, ...more.flat()]), pending: [...pending] }
}

/** Across all histograms of the case. */
async function growth(texts: Texts, parts: readonly EvidencePart[]): Promise<FoundFinding[]> {
  const columns = inTime(ofKind(parts, 'class-histogram'))
  const last = columns.at(-1)
  if (last === undefined || columns.length < 2) return []
  const text = { file: last.file, kind: 'class-histogram' } as const
  const finding = await texts.ask(text, 'growth-finding', { columns: columns.map(columnRequest) })
  const besides = columns
    .slice(0, -1)
    .map(({ artifact, facts }) => ({ artifactId: artifact.id, part: facts.printed.part }))
  return finding === null ? [] : [{ ...placeOf(last), part: last.facts.printed.part, finding, besides }]
}

/** Of the largest process of Java in each output of top, beside the heap that a log of the case tells. */
async function memory(texts: Texts, parts: readonly EvidencePart[]): Promise<FoundFinding[]> {
  const found = ofKind(parts, 'top-output').map(async (top): Promise<FoundFinding[]> => {
    const read = await texts.ask({ file: top.file, kind: 'top-output' }, 'top', undefined)
    const process = read.processes.find(({ isJava }) => isJava)
    if (process === undefined) return []
    const heap = await heapBeside(texts, parts, read, { process, at: sampleTimes(read, top), part: top })
    const committed = heap.kind === 'committed' ? heap : undefined
    const finding = processMemory(read, process, committed?.committedBytes)
    const besides = committed === undefined ? [] : [{ artifactId: committed.artifactId, part: committed.part }]
    return finding === undefined ? [] : [{ ...placeOf(top), part: 0, finding, besides }]
  })
  return (await Promise.all(found)).flat()
}

function placeOf({ artifact, time }: EvidencePart): Pick<FoundFinding, 'artifactId' | 'name' | 'own' | 'time'> {
  return { artifactId: artifact.id, name: artifact.name, own: null, time: { from: time.from, to: time.to } }
}

function sorted(findings: readonly FoundFinding[]): FoundFinding[] {
  return findings.toSorted((a, b) => byWorth(worthOfText(a), worthOfText(b)))
}

async function inTexts(texts: Texts, parts: readonly EvidencePart[]): Promise<FoundFinding[]> {
  const byArtifact = [...Map.groupBy(parts, ({ artifact }) => artifact.id).values()]
  const found = byArtifact.map(async (own): Promise<FoundFinding[]> => {
    const [first] = own
    if (first === undefined || first.kind === 'heap-dump') return []
    const text: TextFile = { file: first.file, kind: first.kind }
    const logs = own.flatMap((part) => (part.kind === 'jstat-log' ? [part.context] : []))
    const findings = await texts.ask(text, 'findings', logs)
    const timeOf = (part: number) => own.find((each) => partOf(each) === part)?.time
    return findings.map((one: FoundInText) => ({
      ...one,
      time: one.time ?? spanOf(timeOf(one.part)),
      artifactId: first.artifact.id,
      name: first.artifact.name,
      besides: [],
    }))
  })
  return (await Promise.all(found)).flat()
}

function partOf(evidence: EvidencePart): number {
  if (evidence.kind === 'jstat-log') return evidence.facts.part
  return evidence.kind === 'class-histogram' ? evidence.facts.printed.part : 0
}

function spanOf(time: EvidencePart['time'] | undefined): FoundFinding['time'] {
  return time === undefined ? null : { from: time.from, to: time.to }
}
