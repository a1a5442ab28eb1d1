/** A tree of weights in flat arrays: what pictures of many thousand rectangles are laid out from. */

/** Node 0 is the root. */
export interface WeighedTree {
  readonly count: number
  /** Nodes from here on sum up what is not in the tree: the last child of their parents, and leaves. */
  readonly firstRest: number
  /** node → its parent, which stands before it; −1 for the root. */
  readonly parent: Int32Array
  /** node → weight, at least the sum of its children's; what is more is the node's own, or not in the tree. */
  readonly weight: Float64Array
  /** node → place of its first child in `children`; one entry more than nodes, so that the next one's is the end. */
  readonly firstChild: Uint32Array
  /** Children of all nodes side by side, those of one node in the order in which they were given. */
  readonly children: Uint32Array
}

/**
 * @param parent of nodes 1, 2, …, each smaller than its node; −1 for node 0. Siblings stand by falling weight.
 * @param rests how many nodes at the end are sums of what is not in the tree
 */
export function weighedTree(parent: ArrayLike<number>, weight: ArrayLike<number>, rests = 0): WeighedTree {
  const count = parent.length
  const firstChild = new Uint32Array(count + 1)
  const add = (place: number, more: number) => (firstChild[place] = (firstChild[place] ?? 0) + more)
  for (let node = 1; node < count; node++) add((parent[node] ?? 0) + 1, 1)
  for (let node = 1; node <= count; node++) add(node, firstChild[node - 1] ?? 0)
  const next = firstChild.slice()
  const children = new Uint32Array(Math.max(0, count - 1))
  for (let node = 1; node < count; node++) {
    const above = parent[node] ?? 0
    const place = next[above] ?? 0
    children[place] = node
    next[above] = place + 1
  }
  const firstRest = count - rests
  return { count, firstRest, parent: Int32Array.from(parent), weight: Float64Array.from(weight), firstChild, children }
}

export function childrenOf(tree: WeighedTree, node: number): Uint32Array {
  return tree.children.subarray(tree.firstChild[node], tree.firstChild[node + 1])
}

/** From the root down to the node, both included. */
export function wayTo(tree: WeighedTree, node: number): readonly number[] {
  const way: number[] = []
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) way.push(at)
  return way.reverse()
}
