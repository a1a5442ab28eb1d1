/** The dominator tree as rows or as a picture; filter, grouping, zoom and what is open lie in the link. */
import type { PlaceOf } from '../../url/place-of.ts'
import { Picture } from './picture.tsx'
import { TreeHead } from './tree-head.tsx'
import { TreeRows } from './tree-rows-view.tsx'

export function DominatorTree({ place }: { place: PlaceOf<'dominators'> }) {
  // Rows start anew with another filter or grouping: their ways down belong to the old one.
  if (place.mode === 'tree') return <TreeRows key={`${place.group ?? ''} ${place.filter}`} place={place} />
  return (
    <>
      <TreeHead place={place} />
      <Picture place={place} />
    </>
  )
}
