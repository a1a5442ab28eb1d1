/** Where the keys lead in a picture of rectangles: along siblings, up to the parent, down to the heaviest child. */
import { rectangleOf, type Layout } from './layout.ts'
import { childrenOf, type WeighedTree } from './weighed-tree.ts'

/** @returns the node to go to; undefined when the key is no move, or leads nowhere */
export function moveTo(tree: WeighedTree, layout: Layout, from: number | undefined, key: string): number | undefined {
  const top = layout.node[0] ?? 0
  const seen = (node: number) => rectangleOf(layout, node) !== -1
  const firstChild = (node: number) => childrenOf(tree, node).find(seen)
  if (from === undefined || !seen(from)) return key.startsWith('Arrow') ? firstChild(top) : undefined
  const siblings = from === top ? [top] : childrenOf(tree, tree.parent[from] ?? 0).filter(seen)
  const at = siblings.indexOf(from)
  const parent = from === top ? undefined : tree.parent[from]
  switch (key) {
    case 'ArrowRight':
      return siblings[at + 1]
    case 'ArrowLeft':
      return siblings[at - 1]
    case 'ArrowDown':
      return firstChild(from) ?? siblings[at + 1]
    case 'ArrowUp':
      return parent
    case 'Home':
      return siblings[0]
    case 'End':
      return siblings.at(-1)
    default:
      return undefined
  }
}
