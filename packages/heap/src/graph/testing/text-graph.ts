/** Small graphs as text, through the whole of graph and snapshot, with answers in the names of the text. */
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { buildSnapshot } from '../../snapshot/build.ts'
import { openSnapshot } from '../../snapshot/open.ts'
import { memorySink } from '../../snapshot/sink.ts'
import { NO_OBJECT, type Snapshot, VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import { type GraphDescription, parsedGraph } from './parsed-graph.ts'

export interface TextGraph {
  readonly snapshot: Snapshot
  /** @returns the index of a named object */
  index(name: string): number
  /** @returns the name of an index, `root` for the virtual root, `none` for NO_OBJECT */
  name(index: number): string
  /** The dominator tree as text, `A(B C(D))`, children as the snapshot orders them. */
  tree(): string
}

/** From lines `A -> B C`; `root` holds GC roots; every object is 16 bytes large. */
export function snapshotOfText(text: string): TextGraph {
  const names: string[] = []
  const references: number[][] = []
  const roots: number[] = []
  const rank = (name: string): number => {
    if (!names.includes(name)) {
      names.push(name)
      references.push([])
    }
    return names.indexOf(name)
  }
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [from, to = ''] = line.split('->').map((part) => part.trim())
    const targets = to.split(' ').filter((name) => name !== '')
    if (from === 'root') roots.push(...targets.map(rank))
    else references[rank(from)].push(...targets.map(rank))
  }
  const objects = names.map((_, i) => ({ references: references[i] }))
  return named(snapshotOf({ objects, roots }), names)
}

export function snapshotOf(graph: GraphDescription): Snapshot {
  const sink = memorySink()
  buildSnapshot(parsedGraph(graph), sink)
  return openSnapshot(bytesSource(sink.bytes()))
}

function named(snapshot: Snapshot, names: readonly string[]): TextGraph {
  const name = (index: number) => {
    if (index === NO_OBJECT) return 'none'
    return index === VIRTUAL_ROOT ? 'root' : names[Number(snapshot.idOf(index) / 16n)]
  }
  const tree = (index: number): string => {
    const children = [...snapshot.dominatorChildren(index, 0, Infinity)].map(tree)
    const below = children.length === 0 ? '' : `(${children.join(' ')})`
    return `${index === VIRTUAL_ROOT ? '' : name(index)}${below}`
  }
  return {
    snapshot,
    index: (one) => snapshot.indexOf(BigInt(names.indexOf(one)) * 16n),
    name,
    tree: () => tree(VIRTUAL_ROOT),
  }
}
