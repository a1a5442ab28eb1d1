/**
 * For every object the next one on a shortest path to a GC root: parents of a breadth-first search from
 * the virtual root over all references. Stored, because searching on demand gives up on deep chains.
 */
import { LAST_REFERENCE, NO_REFERENCES } from '../parsed-heap.ts'
import type { Memory } from './memory.ts'
import { giveColumn, takeUint32 } from './memory.ts'
import type { Numbering } from './number-objects.ts'

const UNSEEN = 0xffffffff

/**
 * @param roots indices to which the virtual root refers, ascending
 * @param classIndex class number → index of its class object, 0 when it has none
 * @returns index → parent for 0 … reachable; 0 for roots. 4 B/object (and 4 for the queue while it runs).
 */
export function findShortestPaths(
  { reachable, classOf, runOf, targets }: Numbering,
  roots: Uint32Array,
  classIndex: Uint32Array,
  memory: Memory,
  onFraction: (fraction: number) => void,
): Uint32Array {
  const parent = takeUint32(memory, reachable + 1).fill(UNSEEN)
  const queue = takeUint32(memory, reachable + 1)
  const pendingClass = classIndex.slice()
  const border = new Uint32Array((reachable >>> 5) + 1)
  parent[0] = 0
  let tail = 0
  for (const root of roots) {
    parent[root] = 0
    queue[tail++] = root
  }
  let levelEnd = 0
  for (let head = 0; head < tail; head++) {
    if (head === levelEnd) {
      levelEnd = tail
      sortWideLevel(queue, head, tail, border)
    }
    if ((head & 0xfffff) === 0) onFraction(head / reachable)
    const from = queue[head]
    const classObject = pendingClass[classOf[from]]
    if (classObject !== 0) {
      pendingClass[classOf[from]] = 0
      if (parent[classObject] === UNSEEN) {
        parent[classObject] = from
        queue[tail++] = classObject
      }
    }
    let entry = runOf[from]
    if (entry === NO_REFERENCES) continue
    let target: number
    do {
      target = targets[entry++]
      const to = target & ~LAST_REFERENCE
      if (parent[to] === UNSEEN) {
        parent[to] = from
        queue[tail++] = to
      }
    } while ((target & LAST_REFERENCE) === 0)
  }
  giveColumn(memory, queue)
  return parent
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
