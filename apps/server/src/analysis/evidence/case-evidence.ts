/** The evidence of a case: its ready artifacts with their parts, each in its place in time. */
import { DUMP_HEAD, dumpTime } from '@heaptrail/intake/dump-time'
import type { PlacedTime, Reading } from '@heaptrail/api/text-parts'
import type { Artifacts } from '../../cases/artifacts.ts'
import type { ReadingStore } from '../../cases/readings.ts'
import type { ArtifactRow } from '../../db/schema.ts'
import type { Blobs } from '../../storage/blobs.ts'
import { readHead } from '../../storage/files.ts'
import type { LogFacts, TextFacts, HistogramFacts } from '../texts/text-facts.ts'
import type { LogContext } from '../texts/text-questions.ts'
import { TextRefused, type Texts } from '../texts/texts.ts'
import { capacitiesFor } from './capacities.ts'
import { dumpPlacedTime, placedTime } from './placement.ts'

export interface EvidenceNeeds {
  readonly texts: Texts
  readonly blobs: Blobs
  readonly artifacts: () => Pick<Artifacts, 'ofCase' | 'row'>
  readonly readings: Pick<ReadingStore, 'of'>
}

interface Placed {
  readonly artifact: ArtifactRow
  readonly time: PlacedTime
  readonly reading: Reading | undefined
}

/** A log, a histogram, output of top or a dump. */
export type EvidencePart = Placed &
  (
    | { readonly kind: 'jstat-log'; readonly file: string; readonly facts: LogFacts; readonly context: LogContext }
    | { readonly kind: 'class-histogram'; readonly file: string; readonly facts: HistogramFacts }
    | { readonly kind: 'top-output'; readonly file: string; readonly facts: Extract<TextFacts, { kind: 'top-output' }> }
    | { readonly kind: 'heap-dump' }
  )
export type PartOfKind<Kind extends EvidencePart['kind']> = Extract<EvidencePart, { kind: Kind }>

export interface CaseEvidence {
  readonly parts: readonly EvidencePart[]
  /** Artifacts that are waiting, being analysed, or could not be read. */
  readonly pending: readonly string[]
}

/** Facts of texts and times of dumps, which are small and asked for all the time; by kind and content. */
const MOST_FACTS = 1000
type Known = { readonly text: TextFacts } | { readonly takenAt: number | undefined }

export function createCaseEvidence({ texts, blobs, artifacts, readings }: EvidenceNeeds) {
  const known = new Map<string, Known>()

  async function factsOf(artifact: ArtifactRow, sha256: string): Promise<Known | undefined> {
    const key = `${artifact.kind} ${sha256}`
    const found = known.get(key) ?? (await ask(artifact, blobs.path(sha256)))
    if (found === undefined) return undefined
    known.delete(key)
    known.set(key, found)
    for (const oldest of known.keys()) {
      if (known.size <= MOST_FACTS) break
      known.delete(oldest)
    }
    return found
  }

  async function ask({ kind }: ArtifactRow, file: string): Promise<Known | undefined> {
    if (kind === 'unknown') return undefined
    if (kind === 'heap-dump') {
      const head = await readHead(file, DUMP_HEAD)
      return { takenAt: head === undefined ? undefined : dumpTime(head) }
    }
    try {
      return { text: await texts.ask({ file, kind }, 'facts', undefined) }
    } catch (error) {
      // It was readable once; an artifact that is not any more is told by its own view.
      if (error instanceof TextRefused) return undefined
      throw error
    }
  }

  return {
    /** @throws ApiError `case-not-found` */
    async of(caseId: string): Promise<CaseEvidence> {
      const rows = await artifacts().ofCase(caseId)
      const isPending = ({ status }: ArtifactRow) => status !== 'ready' && status !== 'skipped'
      const ready: { artifact: ArtifactRow; file: string; facts: Known }[] = []
      for (const artifact of rows.filter(({ status }) => status === 'ready')) {
        const facts = artifact.sha256 === null ? undefined : await factsOf(artifact, artifact.sha256)
        if (facts !== undefined) ready.push({ artifact, file: blobs.path(artifact.sha256 ?? ''), facts })
      }
      const said = await readings.of(ready.map(({ artifact }) => artifact.id))
      const dump = firstDump(ready.map(({ facts }) => facts))
      const parts = ready.flatMap((one) => partsOf(one, said.get(one.artifact.id) ?? [], dump))
      return { parts: withCapacities(parts), pending: rows.filter(isPending).map(({ id }) => id) }
    },
  }
}

function firstDump(facts: readonly Known[]): number | undefined {
  const times = facts.flatMap((one) => ('takenAt' in one ? (one.takenAt ?? []) : []))
  return times.length === 0 ? undefined : Math.min(...times)
}

function partsOf(
  { artifact, file, facts }: { readonly artifact: ArtifactRow; readonly file: string; readonly facts: Known },
  readings: readonly Reading[],
  dump: number | undefined,
): EvidencePart[] {
  const anchors = { dump, upload: Date.parse(artifact.created_at) }
  const readingOf = (part: number) => readings.find((reading) => reading.part === part)
  if ('takenAt' in facts) {
    return [{ kind: 'heap-dump', artifact, time: dumpPlacedTime(facts.takenAt, anchors.upload), reading: undefined }]
  }
  const { text } = facts
  switch (text.kind) {
    case 'jstat-log':
      return text.logs.map((log) => {
        const reading = readingOf(log.part)
        const time = placedTime(log.moment, reading, anchors)
        const context = { part: log.part, time, capacities: { source: 'none', kb: {} } } as const
        return { kind: 'jstat-log', artifact, file, facts: log, time, reading, context }
      })
    case 'class-histogram':
      return text.histograms.map((histogram) => {
        const reading = readingOf(histogram.printed.part)
        const time = placedTime(histogram.moment, reading, anchors)
        return { kind: 'class-histogram', artifact, file, facts: histogram, time, reading }
      })
    case 'top-output': {
      const reading = readingOf(0)
      const time = placedTime(text.moment, reading, anchors)
      return [{ kind: 'top-output', artifact, file, facts: text, time, reading }]
    }
  }
}

function withCapacities(parts: readonly EvidencePart[]): EvidencePart[] {
  const logs = ofKind(parts, 'jstat-log')
  return parts.map((part) => {
    if (part.kind !== 'jstat-log') return part
    const others = logs.filter((log) => log !== part).map(({ facts }) => facts)
    const capacities = capacitiesFor(part.facts, part.reading, others)
    return { ...part, context: { ...part.context, capacities } }
  })
}

export function ofKind<Kind extends EvidencePart['kind']>(
  parts: readonly EvidencePart[],
  kind: Kind,
): PartOfKind<Kind>[] {
  return parts.filter((part): part is PartOfKind<Kind> => part.kind === kind)
}
