/** The places where pieces of evidence are looked at, with nothing but defaults. */
import type { Place } from '@heaptrail/api/place'
import type { PartOf } from '@heaptrail/api/text-parts'
import type { TimelineItem } from '@heaptrail/api/timeline'
import type { PlaceOf } from '../url/place-of.ts'
import { overviewPlace } from './object-places.ts'

interface OfCase {
  readonly caseId: string
}
interface OfPart extends OfCase {
  readonly artifactId: string
  readonly part?: number
}

export function gcPlace({ caseId, artifactId, part = 0 }: OfPart): PlaceOf<'gc'> {
  return {
    kind: 'gc',
    caseId,
    artifactId,
    part,
    from: undefined,
    to: undefined,
    hidden: [],
    row: undefined,
    unit: 'percent',
    overlay: undefined,
    shift: 0,
    finding: undefined,
  }
}

export function timelinePlace({ caseId }: OfCase): PlaceOf<'timeline'> {
  return { kind: 'timeline', caseId, from: undefined, to: undefined, hidden: [] }
}

const TABLE = { order: 'desc', filter: '', selected: undefined } as const

export function classHistogramPlace({ caseId, artifactId, part = 0 }: OfPart): PlaceOf<'class-histogram'> {
  return { kind: 'class-histogram', caseId, artifactId, part, group: 'class', sort: 'bytes', ...TABLE }
}

export function classGrowthPlace({ caseId }: OfCase, histograms: readonly PartOf[] = []): PlaceOf<'class-growth'> {
  return { kind: 'class-growth', caseId, histograms, group: 'class', sort: 'bytes-growth', ownFirst: true, ...TABLE }
}

export function besideDumpPlace({ caseId, artifactId, part = 0 }: OfPart, dump: string): PlaceOf<'beside-dump'> {
  return { kind: 'beside-dump', caseId, artifactId, part, dump, sort: 'bytes-difference', ...TABLE }
}

export function topPlace({ caseId, artifactId }: OfPart): PlaceOf<'top'> {
  return { kind: 'top', caseId, artifactId, process: undefined }
}

export function evidencePlace(caseId: string, { kind, artifactId, part }: PartOf & Pick<TimelineItem, 'kind'>): Place {
  const of = { caseId, artifactId, part }
  switch (kind) {
    case 'heap-dump':
      return overviewPlace(of)
    case 'jstat-log':
      return gcPlace(of)
    case 'class-histogram':
      return classHistogramPlace(of)
    case 'top-output':
      return topPlace(of)
  }
}
