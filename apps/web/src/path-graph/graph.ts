/** Paths as one graph, for a picture: what is met by several paths stands there once. Ids are any words. */
import type { ObjectText } from '../format/object-text.ts'

export interface GraphNode {
  readonly id: string
  /** Undefined: stands for what is left out, and cannot be selected. */
  readonly objectId: string | undefined
  readonly text: ObjectText
  /** Sizes, in words. */
  readonly figures: string
  /** Which kind of GC root it is, and in which thread. */
  readonly root: string | undefined
  readonly isOwn: boolean
  /** What the paths were asked for. */
  readonly isTarget: boolean
}

/** From what holds to what is held. */
export interface GraphEdge {
  readonly id: string
  readonly holder: string
  readonly held: string
  /** Fields and places in collections through which it holds, each once. */
  readonly names: readonly string[]
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

export interface GraphBuilder {
  /** Met again, it stays as it was first, but for what only one of the paths says of it. */
  addNode(node: GraphNode): void
  addEdge(holder: string, held: string, names: readonly string[]): void
  readonly size: number
  build(): Graph
}

export function graphBuilder(): GraphBuilder {
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  return {
    addNode(node) {
      const met = nodes.get(node.id)
      const merged = met && { ...met, root: met.root ?? node.root, isOwn: met.isOwn || node.isOwn }
      nodes.set(node.id, merged ?? node)
    },
    addEdge(holder, held, names) {
      const id = `${holder}>${held}`
      const all = new Set([...(edges.get(id)?.names ?? []), ...names])
      edges.set(id, { id, holder, held, names: [...all] })
    },
    get size() {
      return nodes.size
    },
    build: () => ({ nodes: [...nodes.values()], edges: [...edges.values()] }),
  }
}
