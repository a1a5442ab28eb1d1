/**
 * The first level of the dominator tree in groups: by class, package or class loader. An object of the first level belongs
 * to one group; a class object to the package and loader of the class that it stands for.
 */
import { VIRTUAL_ROOT, type SnapshotClass } from '../../snapshot/snapshot.ts'
import type { DominatorGroup, DominatorGroups, TreeGrouping, TreeView } from './dominator-messages.ts'
import type { Grouped, Grouping, Listed } from './tree-memory.ts'
import { type Heap, printId } from '../heap.ts'
import { labelOf } from '../object/label.ts'
import type { Window } from '../messages.ts'
import { QueryError } from '../query-error.ts'
import { listedChildren, treeFilter, withSums } from './tree-view.ts'

const BOOT_LOADER = '0x0'
/** Key of classes without a package: no package can be called so. */
const NO_PACKAGE = '-'

export function dominatorGroups(
  heap: Heap,
  query: Window & TreeView & { readonly group: TreeGrouping },
): DominatorGroups {
  const { groups, hidden } = groupingOf(heap, query)
  const behind = groups.slice(query.offset + query.limit)
  return {
    total: groups.length,
    offset: query.offset,
    rows: groups.slice(query.offset, query.offset + query.limit).map(({ group }) => group),
    rest: {
      groups: behind.length,
      objects: behind.reduce((sum, { group }) => sum + group.objects, 0),
      retained: behind.reduce((sum, { group }) => sum + group.retained, 0),
    },
    hidden: { ...hidden },
  }
}

/** @throws QueryError when there is no such group */
export function membersOf(heap: Heap, view: TreeView & { readonly group: TreeGrouping }, key: string): Listed {
  const found = groupingOf(heap, view).groups.find(({ group }) => group.key === key)
  if (found === undefined) throw new QueryError('bad-request', `There is no group ${key} on the first level.`)
  return found.members
}

export function groupingOf(heap: Heap, view: TreeView & { readonly group: TreeGrouping }): Grouping {
  const { group: by, filter = '' } = view
  const last = heap.lastGrouping
  if (last?.by === by && last.filter === filter) return last
  const level = firstLevel(heap, view)
  const indicesByKey = new Map<string, { type: SnapshotClass; indices: number[] }>()
  const keys = new Map<number, string>()
  for (const index of level.indices) {
    const standsFor = heap.snapshot.classNumberOfObject(index)
    const number = standsFor >= 0 && by !== 'class' ? standsFor : heap.snapshot.classOf(index)
    const type = heap.classes[number]
    const key = keys.get(number) ?? keyOf(type, by)
    keys.set(number, key)
    const entry = indicesByKey.get(key)
    if (entry === undefined) indicesByKey.set(key, { type, indices: [index] })
    else entry.indices.push(index)
  }
  const groups = [...indicesByKey].map(([key, { type, indices }]) => grouped(heap, by, key, type, indices))
  groups.sort((a, b) => b.group.retained - a.group.retained || (a.group.key < b.group.key ? -1 : 1))
  heap.lastGrouping = { by, filter, groups, hidden: level.hidden }
  return heap.lastGrouping
}

function firstLevel(heap: Heap, view: TreeView): Pick<Listed, 'indices' | 'hidden'> {
  const filter = treeFilter(heap, view)
  if (filter !== undefined) return listedChildren(heap, VIRTUAL_ROOT, filter)
  const indices = heap.snapshot.dominatorChildren(VIRTUAL_ROOT, 0, Infinity)
  return { indices, hidden: { objects: 0, retained: 0 } }
}

function grouped(heap: Heap, by: TreeGrouping, key: string, type: SnapshotClass, indices: number[]): Grouped {
  const members = withSums(heap, Uint32Array.from(indices), { objects: indices.length, retained: 0 })
  const loader = by === 'loader' ? heap.snapshot.indexOf(type.loaderId) : -1
  const group: DominatorGroup = {
    key,
    name: nameOf(heap, by, type),
    label: loader > 0 && key !== BOOT_LOADER ? labelOf(heap, loader) : { kind: 'plain' },
    objects: indices.length,
    shallow: indices.reduce((sum, index) => sum + heap.snapshot.shallowSize(index), 0),
    retained: members.sums[indices.length],
    own: by !== 'loader' && heap.ownCode.isOwn(type.number),
  }
  return { group, members: { ...members, hidden: { objects: 0, retained: 0 } } }
}

function keyOf(type: SnapshotClass, by: TreeGrouping): string {
  switch (by) {
    case 'class':
      return printId(type.id)
    case 'package':
      return packageName(type.name) || NO_PACKAGE
    case 'loader':
      return printId(type.loaderId)
  }
}

function nameOf(heap: Heap, by: TreeGrouping, type: SnapshotClass): string {
  switch (by) {
    case 'class':
      return type.name
    case 'package':
      return packageName(type.name)
    case 'loader': {
      const known = type.loaderId !== 0n && type.loaderIndex >= 0
      return known ? heap.classes[heap.snapshot.classOf(type.loaderIndex)].name : ''
    }
  }
}

/** `a.b.C$D[]` → `a.b`; hidden classes carry a `/` with an address behind their name. Empty without a package. */
export function packageName(className: string): string {
  const end = className.search(/[/+]/)
  return className.slice(0, Math.max(0, (end < 0 ? className : className.slice(0, end)).lastIndexOf('.')))
}
