/** Paths merged into one graph: an object that several of them pass stands there once. */
import type { TFunction } from 'i18next'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { edgeName, objectSentence, objectText } from '../../format/object-text.ts'
import { type Graph, graphBuilder } from '../../path-graph/graph.ts'
import type { PathRow, StepRow } from './path-rows.ts'
import { readingText } from './reading-text.ts'

/** More nodes are no picture any more; paths after these are left to the list. */
const MOST_NODES = 250

export interface GraphOfPaths extends Graph {
  /** Paths that are in the picture. */
  readonly paths: number
}

export function graphOfPaths(t: TFunction, rows: readonly PathRow[]): GraphOfPaths {
  const builder = graphBuilder()
  let paths = 0
  /** The node before: what the next step holds. */
  let held: string | undefined
  let last: StepRow | undefined
  for (const row of rows) {
    switch (row.kind) {
      case 'head':
        if (builder.size >= MOST_NODES) return { ...builder.build(), paths }
        paths++
        held = undefined
        break
      case 'step':
        builder.addNode(nodeOf(t, row, undefined))
        if (held !== undefined) builder.addEdge(row.step.object.id, held, edgeNames(t, row))
        held = row.step.object.id
        last = row
        break
      case 'omitted':
        held = addGap(t, builder, row, held)
        break
      case 'root':
        if (last !== undefined) builder.addNode(nodeOf(t, last, rootText(t, row.root)))
    }
  }
  return { ...builder.build(), paths }
}

function nodeOf(t: TFunction, { step: { object }, isFirst, isFirstOwn }: StepRow, root: string | undefined) {
  return {
    id: object.id,
    objectId: object.id,
    text: objectText(object),
    figures: t('pathGraph.retained', { size: formatBytes(object.retained) }),
    root,
    isOwn: isFirstOwn,
    isTarget: isFirst,
  }
}

function edgeNames(t: TFunction, { step, reading }: StepRow): readonly string[] {
  return reading === undefined ? step.edges.map(edgeName) : [readingText(t, reading)]
}

function addGap(
  t: TFunction,
  builder: ReturnType<typeof graphBuilder>,
  { number, steps }: Extract<PathRow, { kind: 'omitted' }>,
  held: string | undefined,
): string {
  const id = `omitted-${number}`
  const name = t('paths.omitted', { count: steps, formatted: formatCount(steps) })
  const text = { prefix: '', name, packageName: '', detail: '' }
  builder.addNode({ id, objectId: undefined, text, figures: '', root: undefined, isOwn: false, isTarget: false })
  if (held !== undefined) builder.addEdge(id, held, [])
  return id
}

function rootText(t: TFunction, { types, thread, frame }: Extract<PathRow, { kind: 'root' }>['root']): string {
  const words = [t('paths.root', { types: types.join(', ') })]
  if (thread !== null) words.push(t('paths.inThread'), objectSentence(thread))
  if (frame !== null) words.push(frame)
  return words.join(' ')
}
