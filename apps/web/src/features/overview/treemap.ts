/** Where the biggest objects lie in the picture: areas in the ratio of their retained sizes. */
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy'
import type { HeapObject } from '@heaptrail/api/heap'

export interface Tile {
  /** Undefined: everything that is not among the biggest. */
  readonly object: HeapObject | undefined
  readonly bytes: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Node {
  readonly object: HeapObject | undefined
  readonly bytes: number
  readonly children?: readonly Node[]
}

/** @param width pixels of the picture, as `height`; `usedHeap` and sizes in bytes */
export function layOut(
  biggest: readonly HeapObject[],
  usedHeap: number,
  width: number,
  height: number,
): readonly Tile[] {
  const shown = biggest.filter((object) => object.retained > 0)
  const rest = usedHeap - shown.reduce((sum, object) => sum + object.retained, 0)
  const nodes: Node[] = shown.map((object) => ({ object, bytes: object.retained }))
  if (rest > 0) nodes.push({ object: undefined, bytes: rest })
  const root = hierarchy<Node>({ object: undefined, bytes: 0, children: nodes }, (node) => node.children)
    .sum((node) => node.bytes)
    // The rest comes last, however large: it is no object.
    .sort(
      (a, b) =>
        Number(b.data.object !== undefined) - Number(a.data.object !== undefined) || (b.value ?? 0) - (a.value ?? 0),
    )
  const placed = treemap<Node>().size([width, height]).tile(treemapSquarify.ratio(1)).paddingInner(1).round(true)(root)
  return placed.leaves().map(({ data, x0, y0, x1, y1 }) => ({
    object: data.object,
    bytes: data.bytes,
    x: x0,
    y: y0,
    width: x1 - x0,
    height: y1 - y0,
  }))
}
