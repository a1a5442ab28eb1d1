/** One kind of place with its options, for the props of a view. */
import type { NoPlace, Place } from '@heaptrail/api/place'
import type { EvidencePlace } from '@heaptrail/api/place-evidence'

export type PlaceOf<Kind extends Place['kind']> = Extract<Place, { kind: Kind }>

/** Places within one artifact. */
export type ArtifactPlace = Extract<Place, { artifactId: string }>
export type HeapPlace = Exclude<ArtifactPlace, EvidencePlace>

const OF_TEXTS: readonly string[] = ['gc', 'class-histogram', 'beside-dump', 'top'] satisfies (ArtifactPlace['kind'] &
  EvidencePlace['kind'])[]

export function isHeapPlace(place: Place | NoPlace): place is HeapPlace {
  return 'artifactId' in place && !OF_TEXTS.includes(place.kind)
}

/** A place with rows of which one can be selected. */
export function hasSelection(place: Place | NoPlace): boolean {
  if (place.kind === 'netty') return place.tab === 'chunks' || place.tab === 'buffers'
  return 'selected' in place || place.kind === 'gc'
}
