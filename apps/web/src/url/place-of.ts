/** One kind of place with its options, for the props of a view. */
import type { Place } from '@heaptrail/api/place'
import type { EvidencePlace } from '@heaptrail/api/place-evidence'

export type PlaceOf<Kind extends Place['kind']> = Extract<Place, { kind: Kind }>

/** Places within one artifact. */
export type ArtifactPlace = Extract<Place, { artifactId: string }>
export type HeapPlace = Exclude<ArtifactPlace, EvidencePlace>

export function isHeapPlace(place: { readonly kind: string }): place is HeapPlace {
  return ['overview', 'suspects', 'histogram', 'objects', 'dominators', 'object', 'paths'].includes(place.kind)
}
