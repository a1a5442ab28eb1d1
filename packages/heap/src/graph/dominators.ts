/**
 * Immediate dominators. An object d dominates w when every path from the virtual root to w runs through d;
 * the immediate dominator is the closest one. When it goes, w goes.
 *
 * Source: T. Lengauer, R. Tarjan, A fast algorithm for finding dominators in a flowgraph, 1979: the version
 * with path compression and without balancing, O(m log n). SEMI-NCA is a little faster on most heaps and
 * quadratic on long lists whose elements are referenced elsewhere, so it is not used.
 *
 * Vertices are depth-first numbers (object indices), so "visited earlier" is `<` and vertices are taken
 * from the highest to the lowest. A look at a path needs ANCESTOR and SEMI, which stand side by side, so that it stays within
 * one cache line; the other two are columns of their own:
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
import type { Sources } from './invert-references.ts'
import type { Memory } from './memory.ts'
import { takeInt32 } from './memory.ts'
import type { ObjectsByClass } from './objects-by-class.ts'
import { LONG_COUNT } from './row-counts.ts'

export interface DominatorInput {
  /** Vertices are 0 … reachable; 0 is the root. */
  readonly reachable: number
  /** Depth-first parents, see `Numbering`. Used up: their column becomes the result. */
  readonly parent: Uint32Array
  readonly incoming: Sources
  /** Vertices to which the virtual root refers, ascending, distinct. */
  readonly roots: Uint32Array
  /** Reachable class objects, ascending, and their class numbers: their instances refer to them. */
  readonly classObjects: { readonly indices: Uint32Array; readonly numbers: Uint32Array }
  readonly byClass: ObjectsByClass
}

/** Places in `paths`. */
const ANCESTOR = 0
const SEMI = 1

/** A column of pairs, and LABEL and DOM by vertex. 16 B/object. */
interface Vertices {
  readonly paths: Int32Array
  readonly label: Int32Array
  readonly dom: Int32Array
}

/** @returns index → immediate dominator for 0 … reachable; 0 is the virtual root (and stands at 0). */
export function findDominators(
  input: DominatorInput,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Uint32Array {
  const { reachable, parent, incoming, roots, classObjects } = input
  const paths = takeInt32(memory, (reachable + 1) * 2)
  const label = takeInt32(memory, reachable + 1)
  begin(paths, parent, reachable)
  const dom = new Int32Array(parent.buffer, parent.byteOffset, reachable + 1)
  const vertices = { paths, label, dom }
  const { short, long } = incoming.counts
  let longRows = long.length
  // rows are gone through from the last one on, those of unreachable objects first
  let rowEnd = incoming.entries.length
  for (let index = short.length - 1; index > reachable; index--)
    rowEnd -= short[index] < LONG_COUNT ? short[index] : long[--longRows]
  let nextRoot = roots.length - 1
  let nextClass = classObjects.indices.length - 1
  for (let w = reachable; w > 0; w--) {
    if ((w & 0xfff) === 0) onFraction(1 - w / reachable)
    const at = w * 2
    const treeParent = paths[at + ANCESTOR]
    let semi = treeParent
    const row = rowEnd
    rowEnd -= short[w] < LONG_COUNT ? short[w] : long[--longRows]
    const isRoot = nextRoot >= 0 && roots[nextRoot] === w
    if (isRoot) {
      nextRoot--
      semi = 0
    } else if (semi !== 0 && rowEnd < row) semi = leastOverSources(vertices, incoming.entries, rowEnd, row, w, semi)
    if (nextClass >= 0 && classObjects.indices[nextClass] === w) {
      if (semi !== 0) semi = leastOverInstances(vertices, input.byClass, classObjects.numbers[nextClass], w, semi)
      nextClass--
    }
    label[w] = w
    paths[at + SEMI] = semi
    // A bucket is drained right after its vertex' child was linked: what would go in and out at once is settled here.
    if (semi === 0 || semi === treeParent) dom[w] = semi
    else {
      const bucket = semi * 2 + SEMI
      dom[w] = paths[bucket]
      paths[bucket] = w
    }
    if (treeParent !== 0 && paths[treeParent * 2 + SEMI] !== 0) drainBucket(vertices, treeParent, w)
  }
  memory.give(paths)
  memory.give(label)
  return settle(dom)
}

/** No vertex is linked, all buckets are empty. */
function begin(paths: Int32Array, parent: Uint32Array, reachable: number) {
  for (let w = 0; w <= reachable; w++) {
    paths[2 * w + ANCESTOR] = parent[w]
    paths[2 * w + SEMI] = 0
  }
}

/** Least semidominator over the explicit references to w that are no tree edges. */
function leastOverSources(
  vertices: Vertices,
  sources: Uint32Array,
  from: number,
  to: number,
  w: number,
  semi: number,
): number {
  for (let i = from; i < to; i++) {
    const v = sources[i]
    // Self references (v = w) say nothing.
    const candidate = v > w ? leastOnPath(vertices, v * 2, w + 1) : v
    if (candidate < semi) semi = candidate
  }
  return semi
}

/** The same over the instances of a class. */
function leastOverInstances(
  vertices: Vertices,
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
    const candidate = v > w ? leastOnPath(vertices, v * 2, w + 1) : v
    if (candidate < semi) semi = candidate
  }
  return semi
}

/** The paper's EVAL for a linked vertex (given as its place): semidominator of its label after compression. */
function leastOnPath(vertices: Vertices, at: number, lowestLinked: number): number {
  const { paths } = vertices
  if (paths[at + ANCESTOR] >= lowestLinked) compress(vertices, at, lowestLinked)
  return paths[at + SEMI]
}

/**
 * The paper's COMPRESS without recursion: on the way up each ANCESTOR is turned round to point at where
 * we came from; on the way down labels are settled and every vertex of the path points at the forest's root.
 */
function compress({ paths, label }: Vertices, from: number, lowestLinked: number) {
  let below = -1
  let at = from
  let ancestor = paths[at + ANCESTOR]
  while (ancestor >= lowestLinked) {
    paths[at + ANCESTOR] = below
    below = at
    at = ancestor * 2
    ancestor = paths[at + ANCESTOR]
  }
  let best = label[at >>> 1]
  let semi = paths[at + SEMI]
  while (below >= 0) {
    at = below
    below = paths[at + ANCESTOR]
    paths[at + ANCESTOR] = ancestor
    if (semi < paths[at + SEMI]) {
      label[at >>> 1] = best
      paths[at + SEMI] = semi
    } else {
      best = label[at >>> 1]
      semi = paths[at + SEMI]
    }
  }
}

/** All of bucket(p) have p as semidominator; `child` of p was just linked. */
function drainBucket(vertices: Vertices, p: number, child: number) {
  const { paths, label, dom } = vertices
  let v = paths[p * 2 + SEMI]
  paths[p * 2 + SEMI] = 0
  while (v !== 0) {
    const next = dom[v]
    const semi = leastOnPath(vertices, v * 2, child)
    dom[v] = semi < p ? -label[v] : p
    v = next
  }
}

/** @param dom becomes the immediate dominators, from the lowest vertex on */
function settle(dom: Int32Array): Uint32Array {
  dom[0] = 0
  for (let w = 1; w < dom.length; w++) if (dom[w] < 0) dom[w] = dom[-dom[w]]
  return new Uint32Array(dom.buffer, dom.byteOffset, dom.length)
}
