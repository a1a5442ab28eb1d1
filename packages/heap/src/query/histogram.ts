/** Classes with their objects, shallow sizes and minimum retained sizes. */
import { NO_OBJECT, type SnapshotClass } from '../snapshot/snapshot.ts'
import { type Heap, printId } from './heap.ts'
import { labelOf } from './label.ts'
import type { Histogram, HistogramQuery, HistogramRow, HistogramSort } from './messages.ts'
import { QueryError } from './query-error.ts'
import { listedClasses } from './summary.ts'

const MOST_FILTER_UNITS = 200
/** Names are cut before they are matched: a hostile dump may carry one of any length. */
const MOST_NAME_UNITS = 2000

export function histogram(heap: Heap, query: HistogramQuery): Histogram {
  const matches = nameFilter(query.filter)
  const classes = listedClasses(heap).filter((type) => matches(type.name))
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

function loaderOf(heap: Heap, type: SnapshotClass): HistogramRow['loader'] {
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

/** @throws QueryError for an expression that cannot be read or whose time could not be bounded. */
function nameFilter(filter: string): (name: string) => boolean {
  if (filter.length > MOST_FILTER_UNITS)
    throw new QueryError('bad-request', `A filter has at most ${MOST_FILTER_UNITS} characters.`)
  const [, pattern] = /^\/(.+)\/$/s.exec(filter) ?? []
  if (pattern === undefined) {
    const part = filter.toLowerCase()
    return (name) => name.toLowerCase().includes(part)
  }
  // V8's linear engine, which the query process falls back to when matching takes long, knows none of these.
  if (/\(\?[=!<]|\\[1-9k]|\{\d/.test(pattern))
    throw new QueryError(
      'bad-request',
      'The filter may not look around ((?=, (?!, (?<), refer back (\\1) or count ({2}).',
    )
  const expression = compile(pattern)
  return (name) => expression.test(name.slice(0, MOST_NAME_UNITS))
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new QueryError('bad-request', `The filter is no regular expression: ${reason}.`)
  }
}
