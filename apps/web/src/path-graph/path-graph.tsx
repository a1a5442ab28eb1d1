/** Paths as a picture: loaded when it is first shown, laid out in a worker, walked with the arrow keys. */
import '@xyflow/react/dist/base.css'
import { Controls, MarkerType, ReactFlow, type ReactFlowInstance, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, Waiting } from '../widgets/states.tsx'
import type { Graph } from './graph.ts'
import { GraphEdgeLine, type PictureEdge } from './graph-edge.tsx'
import { GraphNodeBox, type PictureNode } from './graph-node.tsx'
import { type Box, type GraphLayout, layOut } from './layout.ts'
import { nodeBeside } from './moves.ts'
import styles from './path-graph.module.css'

export interface PathGraphProps {
  readonly graph: Graph
  readonly label: string
  /** Id of a node. */
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
  readonly onOpen: (id: string) => void
  readonly onMenu: (id: string, at: { x: number; y: number }) => void
  /** A reference was clicked. */
  readonly onEdge: (holder: string, held: string) => void
}

const NODE_TYPES = { object: GraphNodeBox }
const EDGE_TYPES = { reference: GraphEdgeLine }
const FIT = { padding: 0.06, maxZoom: 1, duration: 0 } as const
/** Nothing can be read in a picture that is smaller. */
const LEAST_ZOOM = 0.5
const FIRST_ZOOM = 0.8
/** Between the object and the lower edge of what is seen first, px of the graph. */
const BELOW = 24

export function PathGraph(props: PathGraphProps) {
  const { t } = useTranslation()
  const { graph } = props
  const shape = useMemo(() => JSON.stringify([graph.nodes.map(({ id, root }) => [id, root]), graph.edges]), [graph])
  const { data, error, refetch } = useQuery({
    queryKey: ['path-graph', shape],
    queryFn: ({ signal }) => layOut(graph, signal),
    staleTime: Infinity,
    retry: false,
  })
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting what={t('pathGraph.laying')} />
  return (
    <ReactFlowProvider key={shape}>
      <Picture {...props} layout={data} />
    </ReactFlowProvider>
  )
}

function Picture(props: PathGraphProps & { layout: GraphLayout }) {
  const { t } = useTranslation()
  const { graph, label, layout, selected, onSelect, onOpen, onMenu, onEdge } = props
  const target = graph.nodes.find(({ isTarget }) => isTarget)?.id
  const current = selected !== undefined && layout.nodes.has(selected) ? selected : target
  const nodes = useMemo(() => pictureNodes(graph, layout, current, selected), [graph, layout, current, selected])
  const edges = useMemo(() => pictureEdges(graph, layout), [graph, layout])
  const frame = useRef<HTMLDivElement>(null)
  const onKeyDown = useGraphKeys(props, frame)
  const isObject = (id: string) => graph.nodes.some((node) => node.id === id && node.objectId !== undefined)
  return (
    <div ref={frame} role="group" aria-label={label} className={styles['frame']} onKeyDown={onKeyDown}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onInit={(flow) => void showFirst(flow, graph, layout, { target, height: frame.current?.clientHeight ?? 0 })}
        minZoom={0.05}
        maxZoom={2}
        panOnScroll
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('pathGraph.keys'),
          'node.a11yDescription.keyboardDisabled': t('pathGraph.keys'),
          'edge.a11yDescription.default': t('pathGraph.keys'),
          'controls.ariaLabel': t('pathGraph.zoom'),
          'controls.zoomIn.ariaLabel': t('pathGraph.zoomIn'),
          'controls.zoomOut.ariaLabel': t('pathGraph.zoomOut'),
          'controls.fitView.ariaLabel': t('pathGraph.fit'),
        }}
        onNodeClick={(_, { id }) => isObject(id) && onSelect(id)}
        onNodeDoubleClick={(_, { id }) => isObject(id) && onOpen(id)}
        onNodeContextMenu={(event: MouseEvent, { id }) => {
          if (!isObject(id)) return
          event.preventDefault()
          onSelect(id)
          onMenu(id, { x: event.clientX, y: event.clientY })
        }}
        onEdgeClick={(_, { source, target: held }) => isObject(source) && isObject(held) && onEdge(source, held)}
      >
        <Controls showInteractive={false} fitViewOptions={FIT} position="top-right" orientation="horizontal" />
      </ReactFlow>
    </div>
  )
}

/** The whole graph, or where that is too much to be read, the object at the lower edge with what is right above it. */
async function showFirst(
  flow: ReactFlowInstance<PictureNode, PictureEdge>,
  { nodes }: Graph,
  layout: GraphLayout,
  { target, height }: { target: string | undefined; height: number },
): Promise<void> {
  await flow.fitView(FIT)
  const box = layout.nodes.get(target ?? nodes[0]?.id ?? '')
  if (box === undefined || flow.getZoom() >= LEAST_ZOOM) return
  const middle = box.y + box.height + BELOW - height / FIRST_ZOOM / 2
  await flow.setCenter(box.x + box.width / 2, middle, { zoom: FIRST_ZOOM, duration: 0 })
}

/** Arrows walk along the references, Enter opens, `.` shows the actions. */
function useGraphKeys(
  { graph, layout, onSelect, onOpen, onMenu }: PathGraphProps & { layout: GraphLayout },
  frame: { readonly current: HTMLDivElement | null },
) {
  const flow = useReactFlow()

  function moveTo(id: string) {
    onSelect(id)
    const box = layout.nodes.get(id)
    const picture = frame.current
    if (box === undefined || picture === null) return
    picture.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
    const { x, y, zoom } = flow.getViewport()
    const isSeen = isWithin(
      box,
      { x: -x / zoom, y: -y / zoom },
      picture.clientWidth / zoom,
      picture.clientHeight / zoom,
    )
    if (!isSeen) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: 0 })
  }

  return (event: KeyboardEvent<HTMLDivElement>) => {
    const node = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-node]') : null
    const id = node?.dataset['node']
    if (node === null || id === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const beside = nodeBeside(graph, layout, id, event.key)
    if (beside !== undefined) moveTo(beside)
    else if (event.key === 'Enter') onOpen(id)
    else if (event.key === ' ') onSelect(id)
    else if (event.key === '.' || event.key === 'ContextMenu') {
      const { left, bottom } = node.getBoundingClientRect()
      onMenu(id, { x: left + 24, y: bottom })
    } else if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    event.stopPropagation()
  }
}

function isWithin(box: Box, { x, y }: { x: number; y: number }, width: number, height: number): boolean {
  return box.x >= x && box.y >= y && box.x + box.width <= x + width && box.y + box.height <= y + height
}

function pictureNodes(
  { nodes, edges }: Graph,
  layout: GraphLayout,
  current: string | undefined,
  selected: string | undefined,
): PictureNode[] {
  return nodes.flatMap((node) => {
    const box = layout.nodes.get(node.id)
    if (box === undefined) return []
    const { x, y, width, height } = box
    const names = edges.filter(({ holder }) => holder === node.id).flatMap((edge) => edge.names)
    return {
      id: node.id,
      type: 'object',
      position: { x, y },
      width,
      height,
      measured: { width, height },
      selected: node.id === selected,
      domAttributes: { 'aria-roledescription': undefined },
      data: { node, holds: [...new Set(names)].join(', '), isCurrent: node.id === current },
    }
  })
}

function pictureEdges({ edges }: Graph, layout: GraphLayout): PictureEdge[] {
  return edges.flatMap(({ id, holder, held, names }) => {
    const laidOut = layout.edges.get(id)
    if (laidOut === undefined) return []
    return {
      id,
      type: 'reference',
      source: holder,
      target: held,
      ariaLabel: names.join(', '),
      markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--ht-dim)' },
      data: { names: names.join(', '), laidOut },
    }
  })
}
