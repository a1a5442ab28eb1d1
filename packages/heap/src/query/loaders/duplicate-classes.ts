/** Classes of the same name that several loaders defined: often each redeployment leaves one behind. */
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { type Heap, printId } from '../heap.ts'
import type { ObjectId } from '../messages.ts'
import { nameFilter } from '../name-filter.ts'
import { remembered } from '../remembered.ts'
import { type TreeLevel, rowsIn, treeWindow } from '../dominators/tree-window.ts'
import { type LoaderFacts, allLoaders } from './loader-facts.ts'
import type { DuplicateClassRow, DuplicateClasses, DuplicateClassesQuery } from './messages.ts'

interface LoadedBy {
  readonly type: SnapshotClass
  readonly loader: LoaderFacts
}

interface DuplicateName {
  readonly key: ObjectId
  readonly name: string
  /** By falling retained size. */
  readonly classes: readonly LoadedBy[]
}

/** The names of most loaders first. */
export const duplicateNames = remembered((heap): readonly DuplicateName[] => {
  const loaded = allLoaders(heap).flatMap((loader) => loader.classes.map((type) => ({ type, loader })))
  return [...Map.groupBy(loaded, ({ type }) => type.name)]
    .filter(([, classes]) => new Set(classes.map(({ loader }) => loader)).size > 1)
    .map(([name, classes]) => {
      const sorted = classes.toSorted((a, b) => b.type.retainedMin - a.type.retainedMin)
      return { key: printId(sorted[0].type.id), name, classes: sorted }
    })
    .toSorted((a, b) => b.classes.length - a.classes.length || (a.name < b.name ? -1 : 1))
})

export function duplicateClasses(heap: Heap, query: DuplicateClassesQuery): DuplicateClasses {
  const matches = nameFilter(query.filter)
  const found = duplicateNames(heap).filter(({ name }) => matches(name))
  const tree = nameLevel(heap, found, new Set(query.open))
  return {
    total: rowsIn(tree),
    offset: query.offset,
    rows: treeWindow(tree, query.offset, query.limit),
    names: found.length,
  }
}

function nameLevel(
  heap: Heap,
  found: readonly DuplicateName[],
  open: ReadonlySet<ObjectId>,
): TreeLevel<DuplicateClassRow> {
  return {
    count: found.length,
    row(at) {
      const { key, name, classes } = found[at]
      const sum = (value: (type: SnapshotClass) => number) =>
        classes.reduce((total, { type }) => total + value(type), 0)
      return {
        kind: 'name',
        key,
        className: name,
        own: classes.some(({ type }) => heap.ownCode.isOwn(type.number)),
        loaders: classes.length,
        objects: sum(({ instances }) => instances),
        shallow: sum(({ shallow }) => shallow),
        retained: sum(({ retainedMin }) => retainedMin),
        open: open.has(key),
      }
    },
    open: found.flatMap(({ key, classes }, at) => (open.has(key) ? [{ at, below: classLevel(heap, classes) }] : [])),
  }
}

function classLevel(heap: Heap, classes: readonly LoadedBy[]): TreeLevel<DuplicateClassRow> {
  return {
    count: classes.length,
    row(at) {
      const { type, loader } = classes[at]
      return {
        kind: 'class',
        classId: printId(type.id),
        className: type.name,
        loader: {
          id: loader.isBoot ? '0x0' : printId(heap.snapshot.idOf(loader.index)),
          name: loader.name ?? loader.urls[0] ?? null,
          className:
            loader.index > 0 ? heap.classes[heap.snapshot.classOf(loader.index)].name : 'java.lang.ClassLoader',
        },
        objects: type.instances,
        shallow: type.shallow,
        retained: type.retainedMin,
      }
    },
    open: [],
  }
}
