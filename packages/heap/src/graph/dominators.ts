/**
 * Immediate dominators. An object d dominates w when every path from the virtual root to w runs through d;
 * the immediate dominator is the closest one. When it goes, w goes.
 *
 * Source: T. Lengauer, R. Tarjan, A fast algorithm for finding dominators in a flowgraph, 1979: the version
 * with path compression and without balancing, O(m log n). SEMI-NCA is a little faster on most heaps and
 * quadratic on long lists whose elements are referenced elsewhere, so it is not used.
 *
 * Vertices are depth-first numbers (object indices), so "visited earlier" is `<` and vertices are taken
 * from the highest to the lowest. One record of four numbers per vertex keeps a step within one cache line:
 *
 *   ANCESTOR  parent in the depth-first tree; shortcut by path compression once the vertex is linked.
 *             A vertex is linked when it has been taken, so "not linked" is "lower than the current one"
 *             and the paper's `parent` and `ancestor` share a place.
 *   LABEL     the paper's `label`: vertex with the least semidominator on the compressed path.
 *   SEMI      of a taken vertex: semidominator of its LABEL. Of any other: head of its bucket, 0 = empty.
 *             (The bucket of a vertex is drained when its last child was taken, hence before itself.)
 *   DOM       of a vertex in a bucket: the next one there. Later its immediate dominator, or −u when it is
 *             that of the vertex u, which is lower and so known in the last sweep.
 */
import type { Memory } from './memory.ts'
import { takeInt32, takeUint32 } from './memory.ts'
import type { ObjectsByClass } from './objects-by-class.ts'
import type { Rows } from './rows.ts'

export interface DominatorInput {
  /** Vertices are 0 … reachable; 0 is the root. */
  readonly reachable: number
  /** Depth-first parents, see `Numbering`. Consumed. */
  readonly parent: Uint32Array
  readonly incoming: Rows
  /** Vertices to which the virtual root refers, ascending, distinct. */
  readonly roots: Uint32Array
  /** Reachable class objects, ascending, and their class numbers: their instances refer to them. */
  readonly classObjects: { readonly indices: Uint32Array; readonly numbers: Uint32Array }
  readonly byClass: ObjectsByClass
}

const ANCESTOR = 0
const LABEL = 1
const SEMI = 2
const DOM = 3

/** @returns index → immediate dominator for 0 … reachable; 0 is the virtual root (and stands at 0). 4 B/object. */
export function findDominators(
  input: DominatorInput,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Uint32Array {
  const { reachable, parent, roots, classObjects } = input
  const vertices = takeInt32(memory, (reachable + 1) * 4)
  for (let w = 0, at = 0; w <= reachable; w++, at += 4) {
    vertices[at + ANCESTOR] = parent[w]
    vertices[at + SEMI] = 0
  }
  memory.give(parent)
  let nextRoot = roots.length - 1
  let nextClass = classObjects.indices.length - 1
  for (let w = reachable; w > 0; w--) {
    if ((w & 0xfffff) === 0) onFraction(1 - w / reachable)
    const at = w * 4
    const treeParent = vertices[at + ANCESTOR]
    let semi = treeParent
    const isRoot = nextRoot >= 0 && roots[nextRoot] === w
    if (isRoot) {
      nextRoot--
      semi = 0
    } else if (semi !== 0) semi = leastOverSources(vertices, input.incoming, w, semi)
    if (nextClass >= 0 && classObjects.indices[nextClass] === w) {
      if (semi !== 0) semi = leastOverInstances(vertices, input.byClass, classObjects.numbers[nextClass], w, semi)
      nextClass--
    }
    vertices[at + LABEL] = w
    vertices[at + SEMI] = semi
    // A bucket is drained right after its vertex' child was linked: what would go in and out at once is settled here.
    if (semi === 0 || semi === treeParent) vertices[at + DOM] = semi
    else {
      const bucket = semi * 4 + SEMI
      vertices[at + DOM] = vertices[bucket]
      vertices[bucket] = w
    }
    if (treeParent !== 0 && vertices[treeParent * 4 + SEMI] !== 0) drainBucket(vertices, treeParent, w)
  }
  const dominators = settle(vertices, reachable, memory)
  memory.give(vertices)
  return dominators
}

/** Least semidominator over the explicit references to w that are no tree edges. */
function leastOverSources(vertices: Int32Array, { start, entries }: Rows, w: number, semi: number): number {
  const end = start[w + 1]
  for (let i = start[w]; i < end; i++) {
    const v = entries[i]
    // Self references (v = w) say nothing.
    const candidate = v > w ? leastOnPath(vertices, v * 4, w + 1) : v
    if (candidate < semi) semi = candidate
  }
  return semi
}

/** The same over the instances of a class. */
function leastOverInstances(
  vertices: Int32Array,
  { rows, reachable }: ObjectsByClass,
  classNumber: number,
  w: number,
  semi: number,
): number {
  const first = rows.start[classNumber]
  const end = first + reachable[classNumber]
  // from the last one down: it is the likeliest to lie in another tree of the search, which settles it
  for (let i = end - 1; i >= first && semi !== 0; i--) {
    const v = rows.entries[i]
    const candidate = v > w ? leastOnPath(vertices, v * 4, w + 1) : v
    if (candidate < semi) semi = candidate
  }
  return semi
}

/** The paper's EVAL for a linked vertex (given as its place): semidominator of its label after compression. */
function leastOnPath(vertices: Int32Array, at: number, lowestLinked: number): number {
  if (vertices[at + ANCESTOR] >= lowestLinked) compress(vertices, at, lowestLinked)
  return vertices[at + SEMI]
}

/**
 * The paper's COMPRESS without recursion: on the way up each ANCESTOR is turned round to point at where
 * we came from; on the way down labels are settled and every vertex of the path points at the forest's root.
 */
function compress(vertices: Int32Array, from: number, lowestLinked: number) {
  let below = -1
  let at = from
  let ancestor = vertices[at + ANCESTOR]
  while (ancestor >= lowestLinked) {
    vertices[at + ANCESTOR] = below
    below = at
    at = ancestor * 4
    ancestor = vertices[at + ANCESTOR]
  }
  let label = vertices[at + LABEL]
  let semi = vertices[at + SEMI]
  while (below >= 0) {
    at = below
    below = vertices[at + ANCESTOR]
    vertices[at + ANCESTOR] = ancestor
    if (semi < vertices[at + SEMI]) {
      vertices[at + LABEL] = label
      vertices[at + SEMI] = semi
    } else {
      label = vertices[at + LABEL]
      semi = vertices[at + SEMI]
    }
  }
}

/** All of bucket(p) have p as semidominator; `child` of p was just linked. */
function drainBucket(vertices: Int32Array, p: number, child: number) {
  let v = vertices[p * 4 + SEMI]
  vertices[p * 4 + SEMI] = 0
  while (v !== 0) {
    const at = v * 4
    const next = vertices[at + DOM]
    const semi = leastOnPath(vertices, at, child)
    vertices[at + DOM] = semi < p ? -vertices[at + LABEL] : p
    v = next
  }
}

function settle(vertices: Int32Array, reachable: number, memory: Memory): Uint32Array {
  const dominators = takeUint32(memory, reachable + 1)
  dominators[0] = 0
  for (let w = 1, at = 4 + DOM; w <= reachable; w++, at += 4) {
    const dominator = vertices[at]
    dominators[w] = dominator >= 0 ? dominator : dominators[-dominator]
  }
  return dominators
}
