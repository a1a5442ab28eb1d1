/** Class loaders as a tree of parents, or as a list. */
import { type Heap, printId } from '../heap.ts'
import type { ObjectId } from '../messages.ts'
import { nameFilter } from '../name-filter.ts'
import { objectRow } from '../object/object-row.ts'
import { remembered } from '../remembered.ts'
import { topmost } from '../dominators/topmost.ts'
import { duplicateNames } from './duplicate-classes.ts'
import { type LoaderFacts, allLoaders } from './loader-facts.ts'
import type { ClassLoaderRow, ClassLoaders, ClassLoadersQuery, LoaderSort } from './messages.ts'

/** Deeper than any chain of parents; a damaged heap may have a longer one. */
const DEEPEST = 100

export function classLoaders(heap: Heap, query: ClassLoadersQuery): ClassLoaders {
  const all = allLoaders(heap)
  const found = new Set(all.filter(matching(heap, query.filter)))
  const order = comparator(heap, query.sort, query.order)
  const placed =
    query.shape === 'list'
      ? [...found].toSorted(order).map((loader) => ({ loader, level: 1, children: 0, open: false }))
      : inTree(heap, withAncestors(found), order, new Set(query.closed))
  return {
    total: placed.length,
    offset: query.offset,
    rows: placed.slice(query.offset, query.offset + query.limit).map((one) => rowOf(heap, one)),
    counts: {
      loaders: all.length,
      classes: all.reduce((sum, { classes }) => sum + classes.length, 0),
      duplicateNames: duplicateNames(heap).length,
    },
  }
}

interface Placed {
  readonly loader: LoaderFacts
  readonly level: number
  readonly children: number
  readonly open: boolean
}

function matching(heap: Heap, filter: string): (loader: LoaderFacts) => boolean {
  const matches = nameFilter(filter)
  return ({ name, urls, index }) =>
    matches(name ?? '') || urls.some(matches) || (index > 0 && matches(heap.classes[heap.snapshot.classOf(index)].name))
}

function withAncestors(found: ReadonlySet<LoaderFacts>): LoaderFacts[] {
  const all = new Set<LoaderFacts>()
  for (const loader of found)
    for (let at: LoaderFacts | undefined = loader; at !== undefined && !all.has(at); at = at.parent) all.add(at)
  return [...all]
}

/** From the boot loader down, siblings in order. */
function inTree(
  heap: Heap,
  loaders: readonly LoaderFacts[],
  order: (a: LoaderFacts, b: LoaderFacts) => number,
  closed: ReadonlySet<ObjectId>,
): Placed[] {
  const below = Map.groupBy(loaders, ({ parent }) => parent)
  const rows: Placed[] = []
  const todo = (below.get(undefined) ?? []).map((loader) => ({ loader, level: 1 }))
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { loader, level } = next
    const children = (below.get(loader) ?? []).toSorted(order)
    const open = children.length > 0 && !closed.has(loaderId(heap, loader)) && level < DEEPEST
    rows.push({ loader, level, children: children.length, open })
    if (open) for (const child of children.toReversed()) todo.push({ loader: child, level: level + 1 })
  }
  return rows
}

export function loaderId(heap: Heap, { isBoot, index }: LoaderFacts): ObjectId {
  return isBoot ? '0x0' : printId(heap.snapshot.idOf(index))
}

const retainedByLoader = remembered(
  (heap): ReadonlyMap<LoaderFacts, number> =>
    new Map(
      allLoaders(heap).map((loader) => {
        const members = [loader.index, ...loader.classes.map(({ index }) => index)].filter((index) => index > 0)
        return [loader, topmost(heap, members).reduce((sum, index) => sum + heap.snapshot.retainedSize(index), 0)]
      }),
    ),
)

function retainedBy(heap: Heap, loader: LoaderFacts): number {
  return retainedByLoader(heap).get(loader) ?? 0
}

function rowOf(heap: Heap, { loader, level, children, open }: Placed): ClassLoaderRow {
  const { index, name, urls, classes, duplicates, instances, shallow } = loader
  return {
    object: index > 0 ? objectRow(heap, index) : null,
    id: loaderId(heap, loader),
    name: name ?? null,
    urls: [...urls],
    level,
    children,
    open,
    classes: classes.length,
    duplicates,
    instances,
    shallow,
    retained: retainedBy(heap, loader),
  }
}

/** Equal ones stand in the order of the dump. */
function comparator(heap: Heap, sort: LoaderSort, order: 'asc' | 'desc'): (a: LoaderFacts, b: LoaderFacts) => number {
  const sign = order === 'asc' ? 1 : -1
  const by = (value: (loader: LoaderFacts) => number) => (a: LoaderFacts, b: LoaderFacts) =>
    sign * (value(a) - value(b))
  switch (sort) {
    case 'name':
      return (a, b) => sign * NAMES.compare(nameOf(heap, a), nameOf(heap, b))
    case 'classes':
      return by(({ classes }) => classes.length)
    case 'duplicates':
      return by(({ duplicates }) => duplicates)
    case 'instances':
      return by(({ instances }) => instances)
    case 'shallow':
      return by(({ shallow }) => shallow)
    case 'retained':
      return by((loader) => retainedBy(heap, loader))
  }
}

/** Numbers in names count as such: `plugin-2` before `plugin-10`. */
const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function nameOf(heap: Heap, { name, urls, index }: LoaderFacts): string {
  return name ?? urls[0] ?? heap.classes[heap.snapshot.classOf(index)].name
}
