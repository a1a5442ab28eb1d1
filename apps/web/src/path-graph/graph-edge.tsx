/** An edge of the picture, along the bends of the layout, with the names of the references on it. */
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import type { GraphLayout } from './layout.ts'
import styles from './path-graph.module.css'

type LaidOut = NonNullable<ReturnType<GraphLayout['edges']['get']>>

export type PictureEdge = Edge<{ readonly names: string; readonly laidOut: LaidOut }>

export function GraphEdgeLine({ id, data, markerEnd }: EdgeProps<PictureEdge>) {
  if (data === undefined) return undefined
  const { points, label } = data.laidOut
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x},${y}`).join(' ')
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd !== undefined && { markerEnd })} />
      {label !== undefined && (
        <EdgeLabelRenderer>
          <span
            aria-hidden
            title={data.names}
            className={styles['names']}
            style={{ transform: `translate(${label.x}px, ${label.y}px)`, width: label.width, height: label.height }}
          >
            {data.names}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  )
}
