/** Where nodes and edges of a graph lie: holders above what they hold. Computed by ELK in a worker, px. */
import ELK, { type ElkExtendedEdge, type ElkNode, type ElkPoint } from 'elkjs/lib/elk-api'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Graph, GraphNode } from './graph.ts'

export const NODE_WIDTH = 264
const NODE_HEIGHT = 48
const LINE_HEIGHT = 18
const LABEL_HEIGHT = 18
const MOST_LABEL_WIDTH = 200
/** Of a character of the label, about; what is longer is cut off. */
const CHARACTER_WIDTH = 8.2

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface GraphLayout {
  /** Of each node by its id. */
  readonly nodes: ReadonlyMap<string, Box>
  /** Of each edge by its id: its bends from holder to held, and where its names stand. */
  readonly edges: ReadonlyMap<string, { readonly points: readonly ElkPoint[]; readonly label: Box | undefined }>
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '14',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
} as const
const LABEL_OPTIONS = { 'elk.edgeLabels.placement': 'CENTER', 'elk.edgeLabels.inline': 'true' } as const

/** @param signal ends the worker. @throws when it cannot be laid out */
export async function layOut(graph: Graph, signal: AbortSignal): Promise<GraphLayout> {
  const elk = new ELK({ workerUrl })
  try {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('given up')), { once: true })
    })
    return boxes(await Promise.race([elk.layout(elkGraph(graph)), aborted]))
  } finally {
    elk.terminateWorker()
  }
}

export function heightOf({ root }: Pick<GraphNode, 'root'>): number {
  return NODE_HEIGHT + (root === undefined ? 0 : LINE_HEIGHT)
}

function elkGraph({ nodes, edges }: Graph): ElkNode {
  return {
    id: 'graph',
    layoutOptions: OPTIONS,
    children: nodes.map((node) => ({ id: node.id, width: NODE_WIDTH, height: heightOf(node) })),
    edges: edges.map(({ id, holder, held, names }) => {
      const text = names.join(', ')
      const width = Math.min(MOST_LABEL_WIDTH, text.length * CHARACTER_WIDTH + 10)
      const label = { text, width, height: LABEL_HEIGHT, layoutOptions: LABEL_OPTIONS }
      return { id, sources: [holder], targets: [held], labels: text === '' ? [] : [label] }
    }),
  }
}

function boxes({ children, edges }: ElkNode): GraphLayout {
  return {
    nodes: new Map((children ?? []).map((child) => [child.id, boxOf(child)])),
    edges: new Map((edges ?? []).map((edge) => [edge.id, { points: pointsOf(edge), label: labelOf(edge) }])),
  }
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height }
}

function pointsOf({ sections }: ElkExtendedEdge): ElkPoint[] {
  return (sections ?? []).flatMap(({ startPoint, bendPoints, endPoint }) => [
    startPoint,
    ...(bendPoints ?? []),
    endPoint,
  ])
}

function labelOf({ labels }: ElkExtendedEdge): Box | undefined {
  const label = labels?.[0]
  return label && boxOf(label)
}
