/** Growth over all heap dumps of a case. */
import { HistogramQuery } from '@heaptrail/api/heap'
import type { GrowthDump, HeapGrowth } from '@heaptrail/api/heap-growth'
import { classesOverDumps, lookupsOfAll, signatureGrowth } from '@heaptrail/findings/compare/growth'
import { type ReadyArtifact, requireReady } from '../../cases/ready.ts'
import { ApiError } from '../../errors.ts'
import type { HeapQuestions } from '../heap-questions.ts'
import { type CaseEvidence, type PartOfKind, ofKind } from './case-evidence.ts'

export interface WholeDumpReader {
  open(artifact: ReadyArtifact): Promise<HeapQuestions>
}

/** Of each dump; what is among these in any of them is told of all. */
const LARGEST = HistogramQuery.parse({ offset: 0, limit: 500, sort: 'retained' })

/**
 * Dumps are asked one after the other, and each only for its largest classes: memory does not grow with their sizes.
 * @throws ApiError `bad-request` with fewer than two dumps
 */
export async function heapGrowth(dumps: WholeDumpReader, { parts, pending }: CaseEvidence): Promise<HeapGrowth> {
  const inTime = ofKind(parts, 'heap-dump').toSorted((a, b) => a.time.from - b.time.from)
  if (inTime.length < 2)
    throw new ApiError('bad-request', 'Growth is told between two heap dumps or more; this case has fewer.')
  const first = []
  for (const part of inTime) first.push(await largestOf(dumps, part))
  const lookups = lookupsOfAll(first)
  const names = [...new Set(first.flatMap(({ largest }) => largest))]
  const sides = []
  for (const { heap, facts } of first) {
    const [heldThrough, totals] = await Promise.all([heap.heldThrough(lookups), heap.classTotals(names)])
    const histogram = names.map((className, place) => ({ className, retained: totals[place]?.retained ?? 0 }))
    sides.push({ facts, heldThrough, histogram, totals })
  }
  return {
    dumps: first.map(({ dump }) => dump),
    signatures: signatureGrowth(sides),
    classes: classesOverDumps(
      names,
      sides.map(({ totals }) => totals),
    ),
    pending: [...pending],
  }
}

async function largestOf(dumps: WholeDumpReader, { artifact, time }: PartOfKind<'heap-dump'>) {
  const heap = await dumps.open(requireReady(artifact, 'heap-dump'))
  const [facts, { rows }, { objects }] = await Promise.all([heap.holders(), heap.histogram(LARGEST), heap.summary()])
  const { id: artifactId, name, archive } = artifact
  const dump: GrowthDump = { artifactId, name, archive, time, usedHeap: facts.usedHeap, objects }
  return { heap, facts, dump, largest: rows.map(({ className }) => className) }
}
