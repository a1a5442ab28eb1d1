/** The classes of the histogram that its filters leave. */
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { columnFilter } from './column-filter.ts'
import type { Heap } from '../heap.ts'
import type { HistogramFilters } from '../messages.ts'
import { nameFilter } from '../name-filter.ts'
import { listedClasses } from '../lists/summary.ts'

/** @throws QueryError for a filter that cannot be read */
export function filteredClasses(heap: Heap, filters: HistogramFilters): SnapshotClass[] {
  const whole = heap.snapshot.meta.reachable.bytes
  const matches = nameFilter(filters.filter)
  const objects = columnFilter(filters.objects ?? '', { name: 'objects' })
  const shallow = columnFilter(filters.shallow ?? '', { name: 'shallow sizes', whole })
  const retained = columnFilter(filters.retained ?? '', { name: 'retained sizes', whole })
  return listedClasses(heap).filter(
    (type) => objects(type.instances) && shallow(type.shallow) && retained(type.retainedMin) && matches(type.name),
  )
}
