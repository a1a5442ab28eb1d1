/** Classes with their objects, shallow sizes and minimum retained sizes. */
import { NO_OBJECT, type SnapshotClass } from '../../snapshot/snapshot.ts'
import { type Heap, printId } from '../heap.ts'
import { labelOf } from '../object/label.ts'
import { filteredClasses } from './listed-classes.ts'
import type { Histogram, HistogramQuery, HistogramRow, HistogramSort } from '../messages.ts'

export function histogram(heap: Heap, query: HistogramQuery): Histogram {
  const classes = filteredClasses(heap, query)
  const sorted = classes.toSorted(comparator(query.sort, query.order))
  return {
    total: sorted.length,
    offset: query.offset,
    rows: sorted.slice(query.offset, query.offset + query.limit).map((type) => row(heap, type)),
    sums: {
      objects: classes.reduce((sum, type) => sum + type.instances, 0),
      shallow: classes.reduce((sum, type) => sum + type.shallow, 0),
    },
  }
}

function row(heap: Heap, type: SnapshotClass): HistogramRow {
  return {
    classId: printId(type.id),
    className: type.name,
    loader: loaderOf(heap, type),
    objects: type.instances,
    shallow: type.shallow,
    retained: type.retainedMin,
    own: heap.ownCode.isOwn(type.number),
  }
}

/** Null for the boot loader. */
export function loaderOf(heap: Heap, type: SnapshotClass): HistogramRow['loader'] {
  if (type.loaderId === 0n || type.loaderIndex === NO_OBJECT) return null
  const loaderClass = heap.classes[heap.snapshot.classOf(type.loaderIndex)]
  return { id: printId(type.loaderId), className: loaderClass.name, label: labelOf(heap, type.loaderIndex) }
}

/** Equal rows stand by name, then by class id, so that the order is the same every time. */
function comparator(sort: HistogramSort, order: 'asc' | 'desc'): (a: SnapshotClass, b: SnapshotClass) => number {
  const sign = order === 'asc' ? 1 : -1
  const byName = (a: SnapshotClass, b: SnapshotClass): number => compare(a.name, b.name) || compare(a.id, b.id)
  switch (sort) {
    case 'class':
      return (a, b) => sign * byName(a, b)
    case 'objects':
      return (a, b) => sign * (a.instances - b.instances) || byName(a, b)
    case 'shallow':
      return (a, b) => sign * (a.shallow - b.shallow) || byName(a, b)
    case 'retained':
      return (a, b) => sign * (a.retainedMin - b.retainedMin) || byName(a, b)
  }
}

function compare<T extends string | bigint>(a: T, b: T): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
