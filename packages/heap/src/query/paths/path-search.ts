/**
 * A breadth-first search from an object along incoming references to GC roots, which stops after each path that it
 * finds and goes on when more are wanted. As in Eclipse MAT every object is visited once, so there is one path per
 * root, each as short as any that avoids the roots found before; nothing beyond a root is looked at.
 *
 * Memory: a bit per object of the snapshot (8 KiB for each 65,536 neighbours of which one was met), and 8 bytes per object
 * that was met.
 */
import { NO_OBJECT, type Snapshot } from '../../snapshot/snapshot.ts'
import { type IsExcluded, type LongPath, keptPath, keptPathWithout, pathOf, rootOfPath } from './long-path.ts'
import type { PathSearch } from '../unfinished.ts'

const PAGE = 4096
const FIRST_CAPACITY = 1024
const NO_PARENT = 0xffff_ffff
/** How many references are followed between two questions whether the search may go on. */
const STRIDE = 16_384
/** A search that has followed so many references in vain looks at the path that the snapshot keeps, and goes on then. */
const PATIENCE = 200_000
/** Up to so many references, referrers are taken by ascending id: then equally short paths come in MAT's order. */
const MOST_ORDERED = 10_000

/** @param isExcluded absent: all references count, and the path that the snapshot keeps is the first one */
export function pathSearch(snapshot: Snapshot, from: number, isExcluded?: IsExcluded): PathSearch {
  const visit = visitedOnce(snapshot.objectCount)
  const queue = growingQueue(Math.min(FIRST_CAPACITY, snapshot.objectCount + 1))
  const paths: LongPath[] = []
  let exhausted = snapshot.isRoot(from) || snapshot.shortestPathParent(from) === NO_OBJECT
  let isImpatient = isExcluded === undefined
  let knownRoot = NO_OBJECT
  let head = 0
  let offset = 0
  let followed = 0

  if (snapshot.isRoot(from)) paths.push(pathOf(Uint32Array.of(from)))
  else if (isExcluded === undefined && !exhausted) foundKept(keptPath(snapshot, from))
  visit(from)
  queue.push(from, NO_PARENT)

  /** Follows one page of the references into the object at the head of the queue. */
  function step(): void {
    const target = queue.objectAt(head)
    const page = snapshot.incoming(target, offset, PAGE)
    const sources = followed + page.length < MOST_ORDERED ? orderedById(snapshot, page) : page
    for (const source of sources) {
      if (isExcluded?.(source, target) === true || !visit(source)) continue
      if (!snapshot.isRoot(source)) queue.push(source, head)
      else if (source !== knownRoot) paths.push(pathOf(trace(queue, head, source)))
    }
    offset += sources.length
    if (sources.length < PAGE) {
      head++
      offset = 0
    }
    followed += sources.length + 1
    if (isImpatient || paths.length > 0 || followed < PATIENCE) return
    isImpatient = true
    const path = isExcluded && keptPathWithout(snapshot, from, isExcluded)
    if (path !== undefined) foundKept(path)
  }
  function foundKept(path: LongPath): void {
    knownRoot = rootOfPath(path)
    paths.push(path)
  }
  return {
    paths,
    get exhausted() {
      return exhausted
    },
    findUpTo(count, mayContinue) {
      const before = followed
      let checked = followed
      while (paths.length < count && !exhausted) {
        if (head === queue.length) exhausted = true
        else step()
        if (followed - checked < STRIDE) continue
        checked = followed
        if (!mayContinue(followed - before)) return
      }
    },
  }
}

function orderedById(snapshot: Snapshot, page: Uint32Array): Uint32Array {
  if (page.length < 2) return page
  const ids = new Map(Array.from(page, (index) => [index, snapshot.idOf(index)]))
  return page.toSorted((a, b) => ((ids.get(a) ?? 0n) < (ids.get(b) ?? 0n) ? -1 : 1))
}

/** @returns a function that says true for each object the first time that it is asked. */
function visitedOnce(objectCount: number): (index: number) => boolean {
  const pages = Array.from<Uint32Array | undefined>({ length: (objectCount >>> 16) + 1 })
  return (index) => {
    const page = (pages[index >>> 16] ??= new Uint32Array(2048))
    const bit = 1 << (index & 31)
    const word = (index >>> 5) & 2047
    if ((page[word] & bit) !== 0) return false
    page[word] |= bit
    return true
  }
}

interface Queue {
  readonly length: number
  push(object: number, parent: number): void
  objectAt(position: number): number
  /** Position of the object that this one was met from, or NO_PARENT. */
  parentAt(position: number): number
}

function growingQueue(capacity: number): Queue {
  let entries = new Uint32Array(capacity * 2)
  let length = 0
  return {
    get length() {
      return length
    },
    push(object, parent) {
      if (length * 2 === entries.length) {
        const grown = new Uint32Array(entries.length * 2)
        grown.set(entries)
        entries = grown
      }
      entries[length * 2] = object
      entries[length * 2 + 1] = parent
      length++
    },
    objectAt: (position) => entries[position * 2],
    parentAt: (position) => entries[position * 2 + 1],
  }
}

/** The objects from the first entry to the one in that position, and `root` behind them. */
function trace(queue: Queue, to: number, root?: number): Uint32Array {
  let length = root === undefined ? 0 : 1
  for (let position = to; position !== NO_PARENT; position = queue.parentAt(position)) length++
  const path = new Uint32Array(length)
  if (root !== undefined) path[--length] = root
  for (let position = to; position !== NO_PARENT; position = queue.parentAt(position))
    path[--length] = queue.objectAt(position)
  return path
}
