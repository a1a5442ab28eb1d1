/** A path of which only both ends are held, however long it is. */
import { type Snapshot, VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'

/** @returns whether `source` refers to `target` by excluded references only. */
export type IsExcluded = (source: number, target: number) => boolean

/** Objects of a longer path that are held at its begin and, after what is left out, at its end. */
export const PATH_END = 50

export interface LongPath {
  /** Objects. */
  readonly length: number
  /** All objects from the first one on; of a path of more than 2 × PATH_END objects at least so many. */
  readonly begin: Uint32Array
  /** Empty when `begin` holds all; else the last PATH_END + 1, the first of them being part of what is left out. */
  readonly end: Uint32Array
}

export function pathOf(objects: Uint32Array): LongPath {
  if (objects.length <= 2 * PATH_END) return { length: objects.length, begin: objects, end: new Uint32Array(0) }
  return { length: objects.length, begin: objects.slice(0, PATH_END), end: objects.slice(-PATH_END - 1) }
}

/** @returns the object at the end of the path: a GC root */
export function rootOfPath({ begin, end }: LongPath): number {
  return end.length > 0 ? end[end.length - 1] : begin[begin.length - 1]
}

/** The shortest path of a reachable object, all references counted: a few hundred look-ups at most. */
export function keptPath(snapshot: Snapshot, from: number): LongPath {
  const objects: number[] = []
  for (let index = from; index !== VIRTUAL_ROOT; index = snapshot.shortestPathParent(index)) {
    const mark = objects.length > 2 * PATH_END ? snapshot.pathMark(index) : undefined
    if (mark !== undefined) {
      const end = walk(snapshot, mark.top)
      const length = objects.length + mark.depth + 1
      return { length, begin: Uint32Array.from(objects.slice(0, PATH_END)), end: end.slice(-PATH_END - 1) }
    }
    objects.push(index)
  }
  return pathOf(Uint32Array.from(objects))
}

function walk(snapshot: Snapshot, from: number): Uint32Array {
  const objects: number[] = []
  for (let index = from; index !== VIRTUAL_ROOT; index = snapshot.shortestPathParent(index)) objects.push(index)
  return Uint32Array.from(objects)
}

/**
 * The same path, unless a reference on it is excluded: then there may be another one that is as short.
 * Every reference has to be looked at.
 */
export function keptPathWithout(snapshot: Snapshot, from: number, isExcluded: IsExcluded): LongPath | undefined {
  const begin: number[] = []
  const end = new Uint32Array(PATH_END + 1)
  let length = 0
  for (let index = from; ; length++) {
    if (length < 2 * PATH_END) begin.push(index)
    end[length % end.length] = index
    const holder = snapshot.shortestPathParent(index)
    if (holder === VIRTUAL_ROOT) break
    if (isExcluded(holder, index)) return undefined
    index = holder
  }
  length++
  if (length <= 2 * PATH_END) return pathOf(Uint32Array.from(begin))
  const oldest = length % end.length
  const inOrder = Uint32Array.from([...end.subarray(oldest), ...end.subarray(0, oldest)])
  return { length, begin: Uint32Array.from(begin.slice(0, PATH_END)), end: inOrder }
}
