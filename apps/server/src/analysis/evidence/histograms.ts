/** Class histograms of a case: one, several, and beside its heap dumps. */
import type {
  BesideDump,
  BesideDumpQuery,
  ClassGrowth,
  ClassGrowthQuery,
  ClassHistograms,
  ClassInDumps,
  GrowthColumn,
  HistogramNote,
} from '@heaptrail/api/class-histograms'
import { HistogramQuery, type HistogramRow } from '@heaptrail/api/heap'
import { MAX_PAGE } from '@heaptrail/api/page'
import type { PartOf } from '@heaptrail/api/text-parts'
import type { DumpClasses } from '@heaptrail/findings/histogram/beside-dump'
import { histogramNotes } from '@heaptrail/findings/histogram/notes'
import type { ReadyArtifact } from '../../cases/ready.ts'
import { requireReady } from '../../cases/ready.ts'
import { ApiError, artifactNotFound } from '../../errors.ts'
import type { HeapQuestions } from '../heap-questions.ts'
import type { GrowthRequest } from '../texts/text-questions.ts'
import type { Texts } from '../texts/texts.ts'
import { type CaseEvidence, type PartOfKind, ofKind } from './case-evidence.ts'

export interface DumpReader {
  open(artifact: ReadyArtifact): Promise<Pick<HeapQuestions, 'histogram' | 'summary'>>
}

type HistogramPart = PartOfKind<'class-histogram'>

const asText = ({ file }: HistogramPart) => ({ file, kind: 'class-histogram' }) as const

/** @param own all histograms of one artifact */
export async function classHistograms(texts: Texts, own: readonly HistogramPart[]): Promise<ClassHistograms> {
  const [first] = own
  if (first === undefined) throw artifactNotFound()
  const facts = await texts.ask(asText(first), 'facts', undefined)
  const { skipped, skippedTotal } = facts.kind === 'class-histogram' ? facts : { skipped: [], skippedTotal: 0 }
  return {
    histograms: own.map(({ facts, time }) => ({ ...facts.printed, time })),
    skipped: [...skipped],
    skippedTotal,
  }
}

/** @throws ApiError `bad-request` with fewer than two histograms */
export async function classGrowth(texts: Texts, evidence: CaseEvidence, query: ClassGrowthQuery): Promise<ClassGrowth> {
  const columns = inTime(chosen(evidence, query.histograms))
  const [first] = columns
  if (first === undefined || columns.length < 2)
    throw new ApiError('bad-request', 'Growth is told between two class histograms or more; this case has fewer.')
  const page = await texts.ask(asText(first), 'class-growth', { columns: columns.map(columnRequest), query })
  const guessed = columns.some(({ time }) => time.source === 'guessed')
  return {
    ...page,
    columns: columns.map(columnOf),
    notes: [...notesOf(columns), ...(guessed ? [{ id: 'times-guessed' } as const] : []), ...page.notes],
  }
}

export function columnRequest({ file, facts, time }: HistogramPart): GrowthRequest['columns'][number] {
  return { file, part: facts.printed.part, at: time.source === 'guessed' ? undefined : time.from }
}

/** The oldest first; equal guesses stay in the order in which they came, and in that of the text. */
export function inTime(histograms: readonly HistogramPart[]): HistogramPart[] {
  return histograms.toSorted((a, b) => a.time.from - b.time.from)
}

function chosen(evidence: CaseEvidence, wanted: readonly PartOf[] | undefined): HistogramPart[] {
  const all = ofKind(evidence.parts, 'class-histogram')
  if (wanted === undefined) return all
  return wanted.map(({ artifactId, part }) => {
    const found = all.find(({ artifact, facts }) => artifact.id === artifactId && facts.printed.part === part)
    if (found === undefined)
      throw new ApiError(
        'artifact-not-found',
        'One of these histograms is not in the case: it was deleted, or is not read yet.',
      )
    return found
  })
}

export function columnOf({ artifact, facts, time }: HistogramPart): GrowthColumn {
  const { part, counted, completeness, classes, instances, bytes } = facts.printed
  return { artifactId: artifact.id, part, name: artifact.name, time, counted, completeness, classes, instances, bytes }
}

function notesOf(histograms: readonly HistogramPart[]): HistogramNote[] {
  return histogramNotes(
    histograms.map(({ artifact, facts }) => {
      const { part, counted, completeness, pid } = facts.printed
      return { place: { artifactId: artifact.id, part }, counted, completeness, pid }
    }),
  )
}

export async function besideDump(
  { texts, dumps }: { readonly texts: Texts; readonly dumps: DumpReader },
  evidence: CaseEvidence,
  query: BesideDumpQuery,
): Promise<BesideDump> {
  const [histogram] = chosen(evidence, query.histogram)
  const dump = ofKind(evidence.parts, 'heap-dump').find(({ artifact }) => artifact.id === query.dump)
  if (histogram === undefined || dump === undefined) throw artifactNotFound()
  const heap = await dumps.open(requireReady(dump.artifact, 'heap-dump'))
  const { unreachable } = await heap.summary()
  const page = await texts.ask(asText(histogram), 'beside-dump', {
    part: histogram.facts.printed.part,
    dump: await classesOf(heap),
    query,
  })
  const { instances, bytes } = histogram.facts.printed
  const guessed = histogram.time.source === 'guessed' || dump.time.source === 'guessed'
  const notes: HistogramNote[] = [
    ...notesOf([histogram]),
    ...(histogram.facts.printed.counted === 'live' ? [] : [{ id: 'dump-drops-unreachable' } as const]),
    ...(unreachable.objects === 0 ? [] : [{ id: 'dump-removed', ...unreachable } as const]),
    { id: 'taken-apart', seconds: (dump.time.from - histogram.time.from) / 1000, guessed },
    { id: 'sizes-computed' },
    ...page.notes,
  ]
  return { ...page, histogram: columnOf(histogram), text: { instances, bytes }, notes }
}

async function classesOf(heap: Pick<HeapQuestions, 'histogram'>): Promise<DumpClasses> {
  const rows: HistogramRow[] = []
  for (;;) {
    const page = await heap.histogram(HistogramQuery.parse({ offset: rows.length, limit: MAX_PAGE, sort: 'class' }))
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) break
  }
  return {
    names: rows.map(({ className }) => className),
    classIds: rows.map(({ classId }) => classId),
    instances: rows.map(({ objects }) => objects),
    bytes: rows.map(({ shallow }) => shallow),
    retained: rows.map(({ retained }) => retained),
  }
}

/** A filter has at most so many characters; the rest of a name is compared here. */
const FILTER = 200

export async function classInDumps(dumps: DumpReader, evidence: CaseEvidence, name: string): Promise<ClassInDumps> {
  const found = ofKind(evidence.parts, 'heap-dump').map(async ({ artifact }) => {
    const heap = await dumps.open(requireReady(artifact, 'heap-dump'))
    // A name may begin and end with a slash, which a filter would take for an expression.
    const filter = name.slice(0, FILTER).replace(/^\//, '')
    const { rows } = await heap.histogram(HistogramQuery.parse({ filter, sort: 'shallow', limit: MAX_PAGE }))
    const row = rows.find(({ className }) => className === name)
    return {
      artifactId: artifact.id,
      name: artifact.name,
      found:
        row === undefined
          ? null
          : { classId: row.classId, instances: row.objects, bytes: row.shallow, retained: row.retained },
    }
  })
  return { dumps: await Promise.all(found) }
}
