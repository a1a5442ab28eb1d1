/** A node of the picture: what the object is, its id and size, and of GC roots, which kind. */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { OwnMark } from '../widgets/object-label.tsx'
import type { GraphNode } from './graph.ts'
import styles from './path-graph.module.css'

export type PictureNode = Node<{
  readonly node: GraphNode
  /** Names of the edges to what it holds. */
  readonly holds: string
  /** The one that Tab leads to. */
  readonly isCurrent: boolean
}>

/** With the two ends that edges need. */
export function GraphNodeBox(props: NodeProps<PictureNode>) {
  return (
    <>
      <Handle aria-hidden type="target" position={Position.Top} isConnectable={false} className={styles['end']} />
      <Box {...props} />
      <Handle aria-hidden type="source" position={Position.Bottom} isConnectable={false} className={styles['end']} />
    </>
  )
}

function Box({ data: { node, holds, isCurrent }, selected }: NodeProps<PictureNode>) {
  const { t } = useTranslation()
  const { text, objectId, figures, root, isOwn, isTarget } = node
  if (objectId === undefined) return <div className={styles['gap']}>{text.name}</div>
  const qualified = text.packageName === '' ? text.name : `${text.packageName}.${text.name}`
  return (
    <div
      role="button"
      tabIndex={isCurrent ? 0 : -1}
      aria-pressed={selected}
      title={[text.prefix, qualified, text.detail].filter((words) => words !== '').join(' ')}
      data-node={node.id}
      data-own={isOwn || undefined}
      data-target={isTarget || undefined}
      className={styles['node']}
    >
      <span className={styles['line']}>
        {text.prefix !== '' && <span className={styles['dim']}>{text.prefix}</span>}
        <b>{text.name}</b>
        <span className={styles['detail']}>{text.detail}</span>
        {isOwn && <OwnMark inWords />}
      </span>
      <span className={styles['line']}>
        <span className={styles['id']}>{objectId}</span>
        <span className={styles['figures']}>{figures}</span>
      </span>
      {root !== undefined && <span className={styles['root']}>{root}</span>}
      {holds !== '' && <span className="visually-hidden">{t('pathGraph.holds', { names: holds })}</span>}
    </div>
  )
}
