/** The classes that one loader defined. */
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { type Heap, printId } from '../heap.ts'
import { nameFilter } from '../name-filter.ts'
import { QueryError } from '../query-error.ts'
import { loaderId } from './class-loaders.ts'
import { duplicateNames } from './duplicate-classes.ts'
import { allLoaders } from './loader-facts.ts'
import type { LoadedClassSort, LoadedClasses, LoadedClassesQuery } from './messages.ts'

/** @throws QueryError when the object is no class loader */
export function loadedClasses(heap: Heap, query: LoadedClassesQuery): LoadedClasses {
  const loader = allLoaders(heap).find((one) => loaderId(heap, one) === query.loader)
  if (loader === undefined)
    throw new QueryError('object-not-found', `There is no class loader ${query.loader} in this dump.`)
  const matches = nameFilter(query.filter)
  const loaders = new Map(duplicateNames(heap).map(({ name, classes }) => [name, classes.length]))
  const loadersOf = ({ name }: SnapshotClass): number => loaders.get(name) ?? 1
  const classes = loader.classes
    .filter(({ name }) => matches(name))
    .toSorted(comparator(query.sort, query.order, loadersOf))
  return {
    total: classes.length,
    offset: query.offset,
    rows: classes.slice(query.offset, query.offset + query.limit).map((type) => ({
      classId: printId(type.id),
      className: type.name,
      own: heap.ownCode.isOwn(type.number),
      objects: type.instances,
      shallow: type.shallow,
      retained: type.retainedMin,
      loaders: loadersOf(type),
    })),
  }
}

function comparator(
  sort: LoadedClassSort,
  order: 'asc' | 'desc',
  loadersOf: (type: SnapshotClass) => number,
): (a: SnapshotClass, b: SnapshotClass) => number {
  const sign = order === 'asc' ? 1 : -1
  const byName = (a: SnapshotClass, b: SnapshotClass): number => (a.name < b.name ? -1 : Number(a.name > b.name))
  const by = (value: (type: SnapshotClass) => number) => (a: SnapshotClass, b: SnapshotClass) =>
    sign * (value(a) - value(b)) || byName(a, b)
  switch (sort) {
    case 'class':
      return (a, b) => sign * byName(a, b)
    case 'objects':
      return by(({ instances }) => instances)
    case 'shallow':
      return by(({ shallow }) => shallow)
    case 'retained':
      return by(({ retainedMin }) => retainedMin)
    case 'loaders':
      return by(loadersOf)
  }
}
