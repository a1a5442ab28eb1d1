/** The place of what is wasted. */
import { z } from 'zod'
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { oneOf, optional, text, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

export const WasteOf = z.enum(['strings', 'collections', 'arrays'])
export type WasteOf = z.infer<typeof WasteOf>

/** `what`: by text, or by class. */
export const WasteBy = z.enum(['what', 'holder'])
export type WasteBy = z.infer<typeof WasteBy>

export interface WastePlace extends OfArtifact {
  readonly kind: 'waste'
  readonly of: WasteOf
  readonly by: WasteBy
  readonly filter: string
  /** The example of a row. */
  readonly selected: ObjectId | undefined
}

export function writeWaste(place: WastePlace): Query {
  return [
    ['of', place.of === 'strings' ? undefined : place.of],
    ['by', place.by === 'what' ? undefined : place.by],
    ['filter', place.filter],
    ['object', place.selected],
  ]
}

export function parseWaste(of: OfArtifact, query: URLSearchParams): WastePlace {
  return {
    kind: 'waste',
    ...of,
    of: oneOf(WasteOf, query.get('of')) ?? 'strings',
    by: oneOf(WasteBy, query.get('by')) ?? 'what',
    filter: text(query.get('filter'), 200),
    selected: optional(ObjectId, query.get('object')),
  }
}
