/** The place of the owners of a class's objects. */
import { OwnersBy } from './heap-owners.ts'
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { oneOf, optional, text, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

export interface OwnersPlace extends OfArtifact {
  readonly kind: 'owners'
  readonly classId: ObjectId
  readonly by: OwnersBy
  readonly filter: string
  /** The biggest object of a row. */
  readonly selected: ObjectId | undefined
}

export function writeOwners(heapPath: string, place: OwnersPlace): { path: string; query: Query } {
  return {
    path: `${heapPath}/classes/${place.classId}/owners`,
    query: [
      ['by', place.by === 'owner' ? undefined : place.by],
      ['filter', place.filter],
      ['object', place.selected],
    ],
  }
}

export function parseOwners(of: OfArtifact, classId: ObjectId, query: URLSearchParams): OwnersPlace {
  return {
    kind: 'owners',
    ...of,
    classId,
    by: oneOf(OwnersBy, query.get('by')) ?? 'owner',
    filter: text(query.get('filter'), 200),
    selected: optional(ObjectId, query.get('object')),
  }
}
