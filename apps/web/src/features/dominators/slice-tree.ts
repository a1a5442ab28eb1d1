/** The heaviest part of the tree as the server gives it, made ready for a picture. */
import type { ObjectLabel, TreeGrouping } from '@heaptrail/api/heap'
import type { DominatorGroup, DominatorSlice } from '@heaptrail/api/heap-tree'
import { splitClassName } from '../../format/class-name.ts'
import { colourGroup, packageColour } from '../../rectangles/package-colour.ts'
import { weighedTree, type WeighedTree } from '../../rectangles/weighed-tree.ts'

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
  /** Empty where there is none: arrays of primitives, groups of loaders, the whole heap. */
  readonly packageOf: (node: number) => string
}

const PLAIN: ObjectLabel = { kind: 'plain' }

/** @param grouping what the groups of the slice are */
export function pictureTree(slice: DominatorSlice, grouping: TreeGrouping | undefined): PictureTree {
  const labels = new Map(slice.labels.map(({ node, label }) => [node, label]))
  const groups = new Map(slice.groups.map(({ node, group }) => [node, group]))
  const nodes = new Map<string, number>()
  for (const [node, id] of slice.ids.entries()) if (!groups.has(node)) nodes.set(id, node)
  const packages = slice.classNames.map((name) => splitClassName(name).packageName)
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
      if (group === undefined || grouping === 'class') return packages[classOf(node)] ?? ''
      return grouping === 'package' ? group.name : ''
    },
  }
}

export interface LegendEntry {
  readonly name: string
  readonly colour: number
  /** Of the nodes in the picture, themselves. */
  readonly shallow: number
}

/** What most of the picture is made of, by package; the most first. */
export function legendOf({ tree, node, packageOf }: PictureTree, most: number): readonly LegendEntry[] {
  const sums = new Map<string, number>()
  for (let at = 1; at < tree.count; at++) {
    const name = colourGroup(packageOf(at))
    if (name !== '') sums.set(name, (sums.get(name) ?? 0) + node(at).shallow)
  }
  return [...sums]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name, shallow]) => ({ name, colour: packageColour(name), shallow }))
}
