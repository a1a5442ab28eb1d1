/**
 * Structures that refer to themselves: linked lists, trees, graphs of one class. In the dominator tree they are
 * long chains or bushes of one class name; here they are one thing with contents.
 */
import type { Heap } from '../query/heap.ts'
import type { Group } from './groups.ts'

export interface Structure {
  /** Nodes that were walked. */
  readonly nodes: number
  /** All nodes were walked. */
  readonly complete: boolean
  /** What the nodes dominate besides other nodes, the heaviest first. */
  readonly contents: Group[]
  /** Shallow sizes of the nodes. */
  readonly shallow: number
}

const MOST_NODES = 20_000
const MOST_CHILDREN = 64
const MOST_MEMBERS = 512

/** @param names class names of the nodes: one, or the few that take turns. */
export function walkStructure(heap: Heap, start: readonly number[], names: ReadonlySet<string>): Structure {
  const { snapshot } = heap
  const contents = new Map<string, { members: number[]; count: number; retained: number }>()
  // A queue and not a stack: both ends of a chain are near its head then.
  const queue = [...start]
  let shallow = 0
  let next = 0
  for (; next < queue.length && next < MOST_NODES; next++) {
    const node = queue[next]
    shallow += snapshot.shallowSize(node)
    for (const child of snapshot.dominatorChildren(node, 0, MOST_CHILDREN)) {
      const { name } = heap.classes[snapshot.classOf(child)]
      if (names.has(name)) {
        queue.push(child)
        continue
      }
      const sum = contents.get(name) ?? { members: [], count: 0, retained: 0 }
      contents.set(name, sum)
      if (sum.members.length < MOST_MEMBERS) sum.members.push(child)
      sum.count++
      sum.retained += snapshot.retainedSize(child)
    }
  }
  const complete = next === queue.length
  return {
    nodes: next,
    complete,
    shallow,
    contents: [...contents]
      .map(([className, sum]) => ({ className, ...sum, exact: complete }))
      .toSorted((a, b) => b.retained - a.retained || (a.className < b.className ? -1 : 1)),
  }
}
