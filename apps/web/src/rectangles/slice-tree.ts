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

export interface PictureTree {
  readonly tree: WeighedTree
  readonly node: (node: number) => PictureNode
  /** Node of an object; undefined when it is not in the picture. */
  readonly nodeOf: (id: string | undefined) => number | undefined
  /** Empty for the default package; undefined for arrays of primitives, groups of loaders and the whole heap. */
  readonly packageOf: (node: number) => string | undefined
}

const PLAIN: ObjectLabel = { kind: 'plain' }
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
  return {
    tree: weighedTree(slice.parents, slice.retained),
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

/**
 * Bytes of the picture's top that stay blank, in objects too light to be among the nodes. Undefined where nodes are
 * groups: what a group has itself is drawn once more in its objects.
 */
export function blankBytes({ tree, node }: PictureTree): number | undefined {
  let drawn = 0
  for (let at = 0; at < tree.count; at++) {
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
  for (let at = 1; at < tree.count; at++) {
    const name = packageOf(at)
    if (name !== undefined) sums.set(colourGroup(name), (sums.get(colourGroup(name)) ?? 0) + node(at).shallow)
  }
  const names = [...sums].toSorted((a, b) => b[1] - a[1]).map(([name]) => name)
  return [...Map.groupBy(names, packageColour)].map(([colour, all]) => ({ colour, names: all.slice(0, MOST_NAMES) }))
}
