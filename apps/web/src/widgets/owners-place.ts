/** Where the owners of a class's objects are shown. */
import type { Place } from '@heaptrail/api/place'

interface OfArtifact {
  readonly caseId: string
  readonly artifactId: string
}

export function ownersPlace({ caseId, artifactId }: OfArtifact, classId: string): Place {
  return { kind: 'owners', caseId, artifactId, classId, by: 'owner', filter: '', selected: undefined }
}

const PRIMITIVE_ARRAY = /^(boolean|byte|char|short|int|long|float|double)\[\]$/

/** Everybody has some of these: that there are many says nothing until one knows whose they are. */
export function asksForOwners(className: string): boolean {
  return PRIMITIVE_ARRAY.test(className) || className === 'java.lang.String'
}
