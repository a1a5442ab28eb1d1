/** Which node the arrow keys lead to: up to a holder, down to what is held, sideways to the neighbour. */
import type { Graph } from './graph.ts'
import type { Box, GraphLayout } from './layout.ts'

export function nodeBeside(graph: Graph, { nodes }: GraphLayout, from: string, key: string): string | undefined {
  const here = nodes.get(from)
  if (here === undefined) return undefined
  const nearest = (ids: readonly string[]) => {
    const far = (id: string) => distance(here, nodes.get(id) ?? here)
    return ids.toSorted((a, b) => far(a) - far(b))[0]
  }
  switch (key) {
    case 'ArrowUp':
      return nearest(graph.edges.filter(({ held }) => held === from).map(({ holder }) => holder))
    case 'ArrowDown':
      return nearest(graph.edges.filter(({ holder }) => holder === from).map(({ held }) => held))
    case 'ArrowLeft':
      return nearest(inRow(nodes, here).filter((id) => (nodes.get(id)?.x ?? 0) < here.x))
    case 'ArrowRight':
      return nearest(inRow(nodes, here).filter((id) => (nodes.get(id)?.x ?? 0) > here.x))
    case 'Home':
      return graph.nodes.find(({ root }) => root !== undefined)?.id
    case 'End':
      return graph.nodes.find(({ isTarget }) => isTarget)?.id
    default:
      return undefined
  }
}

function inRow(nodes: ReadonlyMap<string, Box>, here: Box): readonly string[] {
  return [...nodes].filter(([, box]) => box.y < here.y + here.height && here.y < box.y + box.height).map(([id]) => id)
}

function distance(a: Box, b: Box): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
}
