/** The place of the growth over all heap dumps of a case. */
import { z } from 'zod'
import type { EntityId } from './ids.ts'
import { oneOf, text, type Query } from './place-query.ts'

const GrowthSubject = z.enum(['suspects', 'classes'])
export type GrowthSubject = z.infer<typeof GrowthSubject>
const GrowthFigure = z.enum(['retained', 'objects'])
export type GrowthFigure = z.infer<typeof GrowthFigure>

export interface HeapGrowthPlace {
  readonly kind: 'heap-growth'
  readonly caseId: EntityId
  /** What the chart draws; undefined: suspects, where there are any. */
  readonly subject: GrowthSubject | undefined
  /** Of classes. */
  readonly figure: GrowthFigure
  readonly filter: string
}

export function writeHeapGrowth(place: HeapGrowthPlace): { path: string; query: Query } {
  return {
    path: `/cases/${place.caseId}/heap-growth`,
    query: [
      ['chart', place.subject],
      ['figure', place.figure === 'retained' ? undefined : place.figure],
      ['filter', place.filter],
    ],
  }
}

export function parseHeapGrowth(caseId: EntityId, query: URLSearchParams): HeapGrowthPlace {
  return {
    kind: 'heap-growth',
    caseId,
    subject: oneOf(GrowthSubject, query.get('chart')),
    figure: oneOf(GrowthFigure, query.get('figure')) ?? 'retained',
    filter: text(query.get('filter'), 200),
  }
}
