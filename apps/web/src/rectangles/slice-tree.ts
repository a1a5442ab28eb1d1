/** The heaviest part of the tree as the server gives it, made ready for a picture. */
import type { ObjectLabel, TreeGrouping } from '@heaptrail/api/heap'
import type { DominatorGroup, DominatorSlice } from '@heaptrail/api/heap-tree'
import { splitClassName } from '../format/class-name.ts'
import { colourGroup, packageColour } from './package-colour.ts'
import { weighedTree, type WeighedTree } from './weighed-tree.ts'

export interface PictureNode {
  readonly id: string
  readonly className: string
  readonly label: ObjectLabel
  readonly shallow: number
  readonly retained: number
  readonly children: number
  readonly group: DominatorGroup | undefined
}

/** What a node has below it that is not among the nodes. */
export interface Rest {
  /** The node that it lies below. */
  readonly of: number
  readonly objects: number
  readonly retained: number
  /** Nothing below that node is drawn by itself. */
  readonly isAll: boolean
}

export interface PictureTree {
  /** Objects and groups, and behind them the rests of those with more below them than is drawn. */
  readonly tree: WeighedTree
  readonly node: (node: number) => PictureNode
  /** Node of an object; undefined when it is not in the picture. */
  readonly nodeOf: (id: string | undefined) => number | undefined
  /** Empty for the default package; undefined for arrays of primitives, groups of loaders and the whole heap. */
  readonly packageOf: (node: number) => string | undefined
  /** Undefined for objects and groups. */
  readonly restOf: (node: number) => Rest | undefined
}

const PLAIN: ObjectLabel = { kind: 'plain' }
/** What is a smaller part of the top has no room for a word in any picture. */
const LEAST_REST = 1e-4
const PRIMITIVES = /^(boolean|byte|char|short|int|long|float|double)\b/

/** @param grouping what the groups of the slice are */
export function pictureTree(slice: DominatorSlice, grouping: TreeGrouping | undefined): PictureTree {
  const labels = new Map(slice.labels.map(({ node, label }) => [node, label]))
  const groups = new Map(slice.groups.map(({ node, group }) => [node, group]))
  const nodes = new Map<string, number>()
  for (const [node, id] of slice.ids.entries()) if (!groups.has(node)) nodes.set(id, node)
  const packages = slice.classNames.map((name) =>
    name === '' || PRIMITIVES.test(name) ? undefined : splitClassName(name).packageName,
  )
  const classOf = (node: number) => slice.classes[node] ?? 0
  const rests = restsOf(slice, groups)
  const parents = [...slice.parents, ...rests.map(({ of }) => of)]
  const weights = [...slice.retained, ...rests.map(({ retained }) => retained)]
  return {
    tree: weighedTree(parents, weights, rests.length),
    restOf: (node) => rests[node - slice.ids.length],
    node: (node) => ({
      id: slice.ids[node] ?? '',
      className: slice.classNames[classOf(node)] ?? '',
      label: labels.get(node) ?? PLAIN,
      shallow: slice.shallow[node] ?? 0,
      retained: slice.retained[node] ?? 0,
      children: slice.children[node] ?? 0,
      group: groups.get(node),
    }),
    nodeOf: (id) => (id === undefined ? undefined : nodes.get(id)),
    packageOf: (node) => {
      const group = groups.get(node)
      if (group === undefined || grouping === 'class') return packages[classOf(node)]
      return grouping === 'package' ? group.name : undefined
    },
  }
}

function restsOf(slice: DominatorSlice, groups: ReadonlyMap<number, DominatorGroup>): readonly Rest[] {
  const objects = [...slice.children]
  // What a group has itself is drawn once more in its objects.
  const retained = slice.retained.map((bytes, node) => bytes - (groups.has(node) ? 0 : (slice.shallow[node] ?? 0)))
  for (const [node, parent] of slice.parents.entries()) {
    if (parent < 0) continue
    objects[parent] = (objects[parent] ?? 0) - 1
    retained[parent] = (retained[parent] ?? 0) - (slice.retained[node] ?? 0)
  }
  const least = Math.max(1, (slice.retained[0] ?? 0) * LEAST_REST)
  return slice.parents.flatMap((_, of) => {
    const rest = { of, objects: objects[of] ?? 0, retained: retained[of] ?? 0 }
    if (rest.objects <= 0 || rest.retained < least) return []
    return [{ ...rest, isAll: rest.objects === slice.children[of] }]
  })
}

/**
 * Bytes of the picture's top in objects too light to be among the nodes. Undefined where nodes are
 * groups: what a group has itself is drawn once more in its objects.
 */
export function restBytes({ tree, node }: PictureTree): number | undefined {
  let drawn = 0
  for (let at = 0; at < tree.firstRest; at++) {
    const { group, shallow } = node(at)
    if (group !== undefined) return undefined
    drawn += shallow
  }
  return node(0).retained - drawn
}

export interface LegendEntry {
  readonly colour: number
  /** Packages of this colour, those that most of the picture is made of first. */
  readonly names: readonly string[]
}

/** Packages of one colour that the legend names. */
const MOST_NAMES = 3

/** What the colours of the picture are, by how much is made of them; empty stands for the default package. */
export function legendOf({ tree, node, packageOf }: PictureTree): readonly LegendEntry[] {
  const sums = new Map<string, number>()
  for (let at = 1; at < tree.firstRest; at++) {
    const name = packageOf(at)
    if (name !== undefined) sums.set(colourGroup(name), (sums.get(colourGroup(name)) ?? 0) + node(at).shallow)
  }
  const names = [...sums].toSorted((a, b) => b[1] - a[1]).map(([name]) => name)
  return [...Map.groupBy(names, packageColour)].map(([colour, all]) => ({ colour, names: all.slice(0, MOST_NAMES) }))
}
