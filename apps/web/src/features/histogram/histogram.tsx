/** Classes with their objects and sizes: sorted and filtered by every column, one by one or in groups. */
import type { PlaceOf } from '../../url/place-of.ts'
import { ClassRows } from './class-rows.tsx'
import { GroupRows } from './group-rows.tsx'

export function Histogram({ place }: { place: PlaceOf<'histogram'> }) {
  const { group } = place
  return group === undefined ? <ClassRows place={place} /> : <GroupRows place={place} group={group} />
}
