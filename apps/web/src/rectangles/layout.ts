/**
 * Where the nodes of a weighed tree lie in a picture. What would be smaller than a pixel or two is not laid out, nor is
 * anything below it, so that the work follows the size of the picture and not of the tree.
 */
import { childrenOf, type WeighedTree } from './weighed-tree.ts'

/** Rectangles by number; one that lies in another one has the higher number. CSS pixels. */
export interface Layout {
  readonly count: number
  /** rectangle → node of the tree */
  readonly node: Uint32Array
  readonly x: Float32Array
  readonly y: Float32Array
  readonly width: Float32Array
  readonly height: Float32Array
  /** 0 for the node that the picture shows as a whole. */
  readonly depth: Uint16Array
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Height of the line above the children of a rectangle, for its name. */
export const HEADER = 17
/** Rectangles narrower or lower have no room for a name above their children. */
export const HEADER_LEAST = { width: 40, height: 34 } as const
const INSET = 2
/** Of a rectangle smaller than this nothing inside can be seen. */
const LEAST_PARENT = 7
/** Square pixels. */
const LEAST_AREA = 3
/** Sums of what is left out are drawn where there is room to say so. */
const LEAST_REST = { width: 60, height: 16 } as const
const LEAST_WIDTH = 1.5
export const ICICLE_ROW = 22

/**
 * Nested rectangles as near to squares as may be: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000). Areas of
 * siblings stand in the ratio of their weights; what a node has beside its children stays free at the end of it, where the
 * sum of what is left out stands.
 * @param flat only the children of the node, without a rectangle for itself
 */
export function treemapLayout(tree: WeighedTree, node: number, { width, height }: Size, flat = false): Layout {
  const list = newList(tree.count + 1)
  list.add(node, 0, 0, width, height, 0)
  for (let at = 0; at < list.count(); at++) {
    const { x, y, width: outerWidth, height: outerHeight, node: parent, depth } = list.get(at)
    if (flat && at > 0) break
    if (outerWidth < LEAST_PARENT || outerHeight < LEAST_PARENT) continue
    const inset = flat ? 0 : INSET
    const hasHeader = !flat && outerWidth >= HEADER_LEAST.width && outerHeight >= HEADER_LEAST.height
    const top = hasHeader ? HEADER : inset
    const inner = { x: x + inset, y: y + top, width: outerWidth - 2 * inset, height: outerHeight - top - inset }
    squarify(tree, parent, inner, (child, cx, cy, cw, ch) => list.add(child, cx, cy, cw, ch, depth + 1))
  }
  return list.layout()
}

/** Children side by side below their parent, as wide as their share of it, each level one row lower. */
export function icicleLayout(tree: WeighedTree, node: number, { width, height }: Size): Layout {
  const list = newList(tree.count)
  list.add(node, 0, 0, width, ICICLE_ROW, 0)
  for (let at = 0; at < list.count(); at++) {
    const { x, y, width: whole, node: parent, depth } = list.get(at)
    const below = y + ICICLE_ROW
    if (below + ICICLE_ROW > height) continue
    const scale = whole / Math.max(1, tree.weight[parent] ?? 0)
    let left = x
    for (const child of childrenOf(tree, parent)) {
      const childWidth = (tree.weight[child] ?? 0) * scale
      if (childWidth < LEAST_WIDTH || (child >= tree.firstRest && childWidth < LEAST_REST.width)) break
      list.add(child, left, below, childWidth, ICICLE_ROW, depth + 1)
      left += childWidth
    }
  }
  return list.layout()
}

/** The rectangle at a point that lies in no other one there; −1: none. */
export function rectangleAt({ count, x, y, width, height }: Layout, atX: number, atY: number): number {
  for (let rectangle = count - 1; rectangle >= 0; rectangle--) {
    const left = x[rectangle] ?? 0
    const top = y[rectangle] ?? 0
    if (atX < left || atY < top) continue
    if (atX < left + (width[rectangle] ?? 0) && atY < top + (height[rectangle] ?? 0)) return rectangle
  }
  return -1
}

/** −1 when the node is not in the picture. */
export function rectangleOf(layout: Layout, node: number | undefined): number {
  if (node === undefined) return -1
  const rectangle = layout.node.indexOf(node)
  return rectangle < layout.count ? rectangle : -1
}

type Place = (node: number, x: number, y: number, width: number, height: number) => void

type Area = Size & { x: number; y: number }

/** Lays out row after row along the shorter side of what is left, each as long as its worst rectangle gets better. */
function squarify(tree: WeighedTree, parent: number, area: Area, place: Place): void {
  const all = childrenOf(tree, parent)
  const rest = (all.at(-1) ?? 0) >= tree.firstRest ? all.at(-1) : undefined
  const children = rest === undefined ? all : all.subarray(0, -1)
  const scale = (area.width * area.height) / Math.max(1, tree.weight[parent] ?? 0)
  const areaOf = (position: number) => (tree.weight[children[position] ?? 0] ?? 0) * scale
  let left = area
  for (let from = 0; from < children.length && left.width > 0 && left.height > 0;) {
    if (areaOf(from) < LEAST_AREA) break
    const side = Math.min(left.width, left.height)
    let sum = areaOf(from)
    let worst = worstRatio(areaOf(from), areaOf(from), sum, side)
    let to = from + 1
    for (; to < children.length; to++) {
      const next = areaOf(to)
      const ratio = worstRatio(areaOf(from), next, sum + next, side)
      if (next < LEAST_AREA || ratio > worst) break
      worst = ratio
      sum += next
    }
    // Rounding may leave less than the last row needs.
    const thickness = Math.min(sum / side, Math.max(left.width, left.height))
    let along = 0
    for (let position = from; position < to; position++) {
      const length = (areaOf(position) / sum) * side
      placeInRow(children[position] ?? 0, left, thickness, along, length, place)
      along += length
    }
    left = without(left, thickness)
    from = to
  }
  if (rest !== undefined) placeRest(rest, (tree.weight[rest] ?? 0) * scale, left, place)
}

function placeInRow(child: number, left: Area, thickness: number, along: number, length: number, place: Place): void {
  const { x, y, width, height } = left
  if (width >= height) place(child, x, y + along, thickness, length)
  else place(child, x + along, y, length, thickness)
}

/** What a row of this thickness, along the shorter side, leaves of the area. */
function without({ x, y, width, height }: Area, thickness: number): Area {
  if (width >= height) return { x: x + thickness, y, width: width - thickness, height }
  return { x, y: y + thickness, width, height: height - thickness }
}

/** In what its siblings have left, of which some is the parent's own. */
function placeRest(rest: number, area: number, left: Area, place: Place): void {
  const { x, y, width, height } = left
  const part = Math.min(1, area / Math.max(1, width * height))
  const size = width >= height ? { width: width * part, height } : { width, height: height * part }
  if (size.width >= LEAST_REST.width && size.height >= LEAST_REST.height) place(rest, x, y, size.width, size.height)
}

/** The worst ratio of the sides in a row of areas between `most` and `least` along `side`; 1 is a square. */
function worstRatio(most: number, least: number, sum: number, side: number): number {
  return Math.max((side * side * most) / (sum * sum), (sum * sum) / (side * side * least))
}

/** Rectangles while they are laid out; room for all that there can be. */
function newList(most: number) {
  const node = new Uint32Array(most)
  const x = new Float32Array(most)
  const y = new Float32Array(most)
  const width = new Float32Array(most)
  const height = new Float32Array(most)
  const depth = new Uint16Array(most)
  let count = 0
  return {
    count: () => count,
    get: (at: number) => ({
      node: node[at] ?? 0,
      x: x[at] ?? 0,
      y: y[at] ?? 0,
      width: width[at] ?? 0,
      height: height[at] ?? 0,
      depth: depth[at] ?? 0,
    }),
    add(of: number, left: number, top: number, wide: number, high: number, deep: number) {
      node[count] = of
      x[count] = left
      y[count] = top
      width[count] = wide
      height[count] = high
      depth[count] = deep
      count++
    },
    layout: (): Layout => ({ count, node, x, y, width, height, depth }),
  }
}
