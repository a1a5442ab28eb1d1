/** The histogram as a tree: packages, class loaders, or classes with their subclasses. */
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { packageName } from '../dominators/dominator-groups.ts'
import { minimumRetainedOfGroups } from './group-retained.ts'
import { type Heap, printId } from '../heap.ts'
import { loaderOf } from './histogram.ts'
import type { HistogramGroupRow, HistogramGroups, HistogramGroupsQuery } from './histogram-messages.ts'
import { filteredClasses } from './listed-classes.ts'
import type { HistogramSort } from '../messages.ts'
import { QueryError } from '../query-error.ts'

interface Node {
  readonly key: string
  readonly name: string
  readonly parent: Node | undefined
  /** The class that the row is; of a loader, one of its classes. */
  readonly type: SnapshotClass | undefined
  readonly kind: 'package' | 'loader' | 'class'
  readonly children: Node[]
  classes: number
  objects: number
  shallow: number
  retained: number
  own: boolean
}

interface Grouped {
  readonly identity: string
  readonly root: Node
  readonly nodes: ReadonlyMap<string, Node>
}

/** The pages of one grouping are asked for one after the other. */
const lastGrouped = new WeakMap<Heap, Grouped>()

export function histogramGroups(heap: Heap, query: HistogramGroupsQuery): HistogramGroups {
  const { root, nodes } = groupedOf(heap, query)
  const parent = query.parent === undefined ? root : nodes.get(query.parent)
  if (parent === undefined) throw new QueryError('bad-request', `There is no row ${query.parent} in this histogram.`)
  const rows = parent.children.toSorted(comparator(query.sort, query.order))
  return {
    total: rows.length,
    offset: query.offset,
    rows: rows.slice(query.offset, query.offset + query.limit).map((node) => rowOf(heap, node)),
    sums: { classes: root.classes, objects: root.objects, shallow: root.shallow },
  }
}

function rowOf(heap: Heap, node: Node): HistogramGroupRow {
  const { key, type, kind, classes, objects, shallow, retained, own } = node
  return {
    key,
    name: kind === 'package' ? relativeName(node) : node.name,
    classId: kind === 'class' && type !== undefined ? printId(type.id) : null,
    loader: kind === 'loader' && type !== undefined ? loaderOf(heap, type) : null,
    classes,
    objects,
    shallow,
    retained,
    own,
    children: node.children.length,
  }
}

function relativeName({ name, parent }: Node): string {
  const above = parent?.kind === 'package' ? parent.name : ''
  return above === '' ? name : name.slice(above.length + 1)
}

function groupedOf(heap: Heap, query: HistogramGroupsQuery): Grouped {
  const { group, filter, objects = '', shallow = '', retained = '' } = query
  const identity = JSON.stringify([group, filter, objects, shallow, retained])
  const last = lastGrouped.get(heap)
  if (last?.identity === identity) return last
  const classes = filteredClasses(heap, query)
  const tree = newTree()
  const leaves = classes.map((type) => leafOf(heap, tree, type, group))
  for (const [place, type] of classes.entries()) addUp(heap, leaves[place], type)
  weigh(heap, tree.nodes, classes, leaves)
  const root = group === 'package' ? joined(tree.root) : tree.root
  const nodes = new Map<string, Node>()
  const open = [...root.children]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.set(node.key, node)
    open.push(...node.children)
  }
  const grouped = { identity, root, nodes }
  lastGrouped.set(heap, grouped)
  return grouped
}

type Tree = ReturnType<typeof newTree>

function newTree() {
  const sums = { classes: 0, objects: 0, shallow: 0, retained: 0, own: false }
  const root: Node = { key: '', name: '', parent: undefined, type: undefined, kind: 'package', children: [], ...sums }
  const nodes = new Map<string, Node>()
  function below(parent: Node, key: string, of: Pick<Node, 'name' | 'type' | 'kind'>): Node {
    const known = nodes.get(key)
    if (known !== undefined) return known
    const node: Node = { key, parent, children: [], ...of, ...sums }
    parent.children.push(node)
    nodes.set(key, node)
    return node
  }
  return { root, nodes, below }
}

/** The row of a class, with all that is above it. */
function leafOf(heap: Heap, tree: Tree, type: SnapshotClass, group: HistogramGroupsQuery['group']): Node {
  const asClass = (parent: Node, of: SnapshotClass): Node =>
    tree.below(parent, printId(of.id), { name: of.name, type: of, kind: 'class' })
  switch (group) {
    case 'package':
      return asClass(packageOf(tree, packageName(type.name)), type)
    case 'loader': {
      const key = `loader ${printId(type.loaderId)}`
      return asClass(tree.below(tree.root, key, { name: '', type, kind: 'loader' }), type)
    }
    case 'superclass': {
      const line: SnapshotClass[] = []
      const seen = new Set<number>()
      for (let at = type.number; at >= 0 && !seen.has(at); at = heap.classes[at].superNumber) {
        seen.add(at)
        line.push(heap.classes[at])
      }
      return line.reduceRight(asClass, tree.root)
    }
  }
}

/** The key of a package ends with a dot, which no id does. */
function packageOf(tree: Tree, name: string): Node {
  if (name === '') return tree.below(tree.root, '.', { name: '', type: undefined, kind: 'package' })
  let node = tree.root
  for (let end = name.indexOf('.'); ; end = name.indexOf('.', end + 1)) {
    const prefix = end < 0 ? name : name.slice(0, end)
    node = tree.below(node, `${prefix}.`, { name: prefix, type: undefined, kind: 'package' })
    if (end < 0) return node
  }
}

function addUp(heap: Heap, leaf: Node, type: SnapshotClass): void {
  const own = heap.ownCode.isOwn(type.number)
  for (let node: Node | undefined = leaf; node !== undefined; node = node.parent) {
    node.classes++
    node.objects += type.instances
    node.shallow += type.shallow
    node.own ||= own && (node === leaf || node.kind === 'package')
  }
}

/** A package with nothing in it but one package is one row with that: `com.acme.shop`. */
function joined(root: Node): Node {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [place, child] of node.children.entries()) {
      let only = child
      while (only.kind === 'package' && only.children.length === 1 && only.children[0].kind === 'package')
        [only] = only.children
      node.children[place] = only === child ? child : { ...only, parent: node }
      open.push(node.children[place])
    }
  }
  return root
}

/** Retained sizes of all rows: those of single classes are known, those of groups take a pass over the heap. */
function weigh(
  heap: Heap,
  nodes: ReadonlyMap<string, Node>,
  classes: readonly SnapshotClass[],
  leaves: readonly Node[],
): void {
  const groups = [...nodes.values()].filter((node) => node.children.length > 0)
  const numbers = new Map(groups.map((node, number) => [node, number]))
  const groupsOf: number[][] = heap.classes.map(() => [])
  for (const [place, type] of classes.entries())
    for (let node: Node | undefined = leaves[place]; node !== undefined; node = node.parent) {
      const number = numbers.get(node)
      if (number !== undefined) groupsOf[type.number].push(number)
    }
  const sums = minimumRetainedOfGroups(heap, groupsOf, groups.length)
  for (const node of nodes.values()) node.retained = node.type?.retainedMin ?? 0
  for (const [node, number] of numbers) node.retained = sums[number]
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Equal rows stand by name, then by key, so that the order is the same every time. */
function comparator(sort: HistogramSort, order: 'asc' | 'desc'): (a: Node, b: Node) => number {
  const sign = order === 'asc' ? 1 : -1
  const byName = (a: Node, b: Node): number => compare(a.name, b.name) || compare(a.key, b.key)
  if (sort === 'class') return (a, b) => sign * byName(a, b)
  return (a, b) => sign * (a[sort] - b[sort]) || byName(a, b)
}
