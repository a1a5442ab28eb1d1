/**
 * For every object the next one on a shortest path to a GC root: parents of a breadth-first search from
 * the virtual root over all references. Stored, because searching on demand gives up on deep chains.
 *
 * Most objects are referred to once, by their depth-first parent: there is nothing to choose and nothing to remember
 * but to go on from them. Only the others, marked by one bit, are looked up and get a parent here.
 */
import type { Sources } from './invert-references.ts'
import { type Memory, takeUint32 } from './memory.ts'
import type { Numbering } from './numbering.ts'
import { pathMarker } from './path-marks.ts'

export interface ShortestPaths {
  /** Bit per index: the object may be reached in several ways. */
  readonly hasChoice: Uint32Array
  /** index → next object on the path, 0 for roots; only where there is a choice. 4 B/object. */
  readonly next: Uint32Array
  /** Along deep paths: see path-marks.ts. */
  readonly marks: Uint32Array
}

/** Whether the object may be reached in several ways, is a root or a class object. */
export function isReachedInSeveralWays({ hasChoice }: Pick<ShortestPaths, 'hasChoice'>, index: number): boolean {
  return (hasChoice[index >>> 5] & (1 << (index & 31))) !== 0
}

/** @param treeParent depth-first parent of that index */
export function nextOnPath(
  { hasChoice, next }: Pick<ShortestPaths, 'hasChoice' | 'next'>,
  treeParent: number,
  index: number,
): number {
  return (hasChoice[index >>> 5] & (1 << (index & 31))) === 0 ? treeParent : next[index]
}

/**
 * @param roots indices to which the virtual root refers, ascending
 * @param classIndex class number → index of its class object, 0 when it has none
 */
export function findShortestPaths(
  { reachable, classOf, outgoing, parent }: Numbering,
  incoming: Sources,
  roots: Uint32Array,
  classIndex: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): ShortestPaths {
  const { start, entries } = outgoing
  // the large ones first: there is room for them where what is small would break it
  const next = takeUint32(memory, reachable + 1)
  const queue = takeUint32(memory, reachable + 1, true)
  const hasChoice = takeUint32(memory, (reachable >>> 5) + 1).fill(0)
  markChoices(hasChoice, reachable, incoming, roots, classIndex)
  /** As `hasChoice`, less those that were reached. */
  const open = hasChoice.slice()
  const border = new Uint32Array(open.length)
  const pendingClass = classIndex.slice()
  let tail = 0
  for (const root of roots) {
    next[root] = 0
    open[root >>> 5] &= ~(1 << (root & 31))
    queue[tail++] = root
  }
  const marker = pathMarker((index) => nextOnPath({ hasChoice, next }, parent[index], index))
  let depth = -1
  let levelEnd = 0
  for (let head = 0; head < tail; head++) {
    if (head === levelEnd) {
      levelEnd = tail
      sortWideLevel(queue, head, tail, border)
      marker.level(++depth, queue, head, tail)
    }
    if ((head & 0xfff) === 0) onFraction(head / reachable)
    const from = queue[head]
    const classObject = pendingClass[classOf[from]]
    if (classObject !== 0) {
      pendingClass[classOf[from]] = 0
      if ((open[classObject >>> 5] & (1 << (classObject & 31))) !== 0) {
        open[classObject >>> 5] &= ~(1 << (classObject & 31))
        next[classObject] = from
        queue[tail++] = classObject
      }
    }
    const end = start[from + 1]
    for (let entry = start[from]; entry < end; entry++) {
      const to = entries[entry]
      const bit = 1 << (to & 31)
      if ((hasChoice[to >>> 5] & bit) !== 0) {
        if ((open[to >>> 5] & bit) === 0) continue
        open[to >>> 5] &= ~bit
        next[to] = from
      }
      // Leaves whose class object was reached lead nowhere.
      if (start[to] === start[to + 1] && pendingClass[classOf[to]] === 0) continue
      queue[tail++] = to
    }
  }
  memory.give(queue)
  return { hasChoice, next, marks: marker.marks() }
}

/** Roots, class objects (their instances refer to them), and whatever has references besides that of its tree parent. */
function markChoices(
  hasChoice: Uint32Array,
  reachable: number,
  { counts: { short } }: Sources,
  roots: Uint32Array,
  classIndex: Uint32Array,
) {
  const mark = (index: number) => (hasChoice[index >>> 5] |= 1 << (index & 31))
  for (let index = 1; index <= reachable; index++) if (short[index] !== 0) mark(index)
  for (const index of roots) mark(index)
  for (const index of classIndex) if (index <= reachable) mark(index)
}

/** Levels wider than this part of all objects are put in order; there can be only so many of them. */
const WIDE_LEVEL = 1 / 256

/** Objects of one level in ascending order are neighbours in memory: a walk along the columns instead of across. */
function sortWideLevel(queue: Uint32Array, from: number, to: number, border: Uint32Array) {
  if (to - from < border.length * 32 * WIDE_LEVEL) return
  for (let i = from; i < to; i++) border[queue[i] >>> 5] |= 1 << (queue[i] & 31)
  let next = from
  for (let word = 0; next < to; word++) {
    let bits = border[word]
    if (bits === 0) continue
    border[word] = 0
    while (bits !== 0) {
      queue[next++] = word * 32 + 31 - Math.clz32(bits & -bits)
      bits &= bits - 1
    }
  }
}
