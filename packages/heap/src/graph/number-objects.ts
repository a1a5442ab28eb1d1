/**
 * Depth-first numbering: one walk from the GC roots that finds what is reachable and gives every object
 * its final number, its *index*.
 *
 * Source: R. Tarjan, Depth-first search and linear graph algorithms, 1972; with an explicit stack.
 *
 * Invariants afterwards (r = reachable):
 *   - index 0 is the virtual root, 1 … r are numbered in order of first visit, r + 1 … n by rank;
 *   - parent[v] < v for reachable v; a subtree of the depth-first tree is a range of indices;
 *   - an edge v → w with v < w has w inside the subtree of v (there are no forward cross edges).
 *
 * The walk looks at the object → class edge first. It is implicit in the class column, and once a class
 * object is visited its other instances need not look at it: one flag per class instead of one edge per object.
 */
import type { ParsedHeap } from '../parsed-heap.ts'
import { LAST_REFERENCE } from '../parsed-heap.ts'
import type { Memory } from './memory.ts'
import { takeUint32 } from './memory.ts'

/** Columns over object indices unless they say otherwise. 18 bytes per object besides what is reused. */
export interface Numbering {
  /** n: objects in all. */
  readonly objects: number
  /** r: objects that a root reaches. */
  readonly reachable: number
  /** rank → index. Lies in the memory of `references.first`, which is gone. 4 B/object. */
  readonly indexOfRank: Uint32Array
  /** index → rank; 0 for the virtual root. 4 B/object. */
  readonly rankOfIndex: Uint32Array
  /** index → index of the depth-first parent; 0 for children of the virtual root and for unreachable objects. 4 B/object. */
  readonly parent: Uint32Array
  /** index → first entry in `references.targets`, or NO_REFERENCES. 4 B/object. */
  readonly runOf: Uint32Array
  /** index → class number; 0 for the virtual root. 2 or 4 B/object. */
  readonly classOf: Uint16Array | Uint32Array
  /** index → array length, 0 for everything else. 4 B/object. */
  readonly lengthOf: Uint32Array
}

/** Slots of `references.first` during the walk: ≥ 0 first entry, EMPTY no references, VISITED − index visited. */
const EMPTY = -1
const VISITED = -2

const PROGRESS_STEP = 1 << 20

/**
 * Numbers all objects. Consumes `parsed.references.first`: its memory holds `indexOfRank` afterwards.
 * @param onFraction called about every million objects; may throw to cancel
 */
export function numberObjects(parsed: ParsedHeap, memory: Memory, onFraction: (fraction: number) => void): Numbering {
  const columns = allocate(parsed, memory)
  const reachable = walkFromRoots(parsed, columns, onFraction)
  numberTheRest(parsed, columns, reachable)
  return { objects: parsed.ids.count, reachable, ...columns }
}

type Columns = Omit<Numbering, 'objects' | 'reachable'>

function allocate(parsed: ParsedHeap, memory: Memory): Columns {
  const length = parsed.ids.count + 1
  const { first } = parsed.references
  return {
    indexOfRank: new Uint32Array(first.buffer, first.byteOffset, first.length),
    rankOfIndex: takeUint32(memory, length).fill(0, 0, 1),
    parent: takeUint32(memory, length).fill(0, 0, 1),
    runOf: takeUint32(memory, length).fill(0xffffffff, 0, 1),
    classOf:
      parsed.classOf instanceof Uint16Array
        ? new Uint16Array(memory.take(length * 2), 0, length).fill(0, 0, 1)
        : takeUint32(memory, length).fill(0, 0, 1),
    lengthOf: takeUint32(memory, length).fill(0, 0, 1),
  }
}

/** @returns how many objects were visited. Long, because the hot loop must not call anything. */
function walkFromRoots(parsed: ParsedHeap, columns: Columns, onFraction: (fraction: number) => void): number {
  const { rankOfIndex, parent, runOf, classOf, lengthOf } = columns
  const slot = new Int32Array(columns.indexOfRank.buffer, columns.indexOfRank.byteOffset, parsed.ids.count)
  const targets = asInt32(parsed.references.targets)
  const classOfRank = parsed.classOf
  const lengthOfRank = parsed.lengthOf
  const isArray = Uint8Array.from(parsed.classes, (heapClass) => (heapClass.kind === 'instance' ? 0 : 1))
  const pendingClass = Int32Array.from(parsed.classes, (heapClass) => heapClass.rank)
  let stack = new Int32Array(1 << 16)
  let visited = 0
  for (const root of parsed.roots) {
    if (root.viaThread || slot[root.rank] < EMPTY) continue
    let depth = 0
    let rank = root.rank
    let owner = 0
    walk: for (;;) {
      const run = slot[rank]
      const index = ++visited
      slot[rank] = VISITED - index
      rankOfIndex[index] = rank
      parent[index] = owner
      runOf[index] = run
      const classNumber = classOfRank[rank]
      classOf[index] = classNumber
      lengthOf[index] = isArray[classNumber] === 1 ? lengthOfRank[rank] : 0
      if ((index & (PROGRESS_STEP - 1)) === 0) onFraction(index / parsed.ids.count)
      if (depth + 2 > stack.length) stack = grown(stack)
      const classRank = pendingClass[classNumber]
      if (classRank >= 0) {
        pendingClass[classNumber] = -1
        if (slot[classRank] >= EMPTY) {
          if (run >= 0) {
            stack[depth++] = run
            stack[depth++] = index
          }
          owner = index
          rank = classRank
          continue
        }
      }
      owner = index
      let entry = run
      for (;;) {
        if (entry < 0) {
          if (depth === 0) break walk
          owner = stack[--depth]
          entry = stack[--depth]
        }
        const target = targets[entry]
        // The last reference of a run needs no return: long lists whose `next` comes last take no stack.
        const next = target < 0 ? -1 : entry + 1
        rank = target & ~LAST_REFERENCE
        if (slot[rank] >= EMPTY) {
          if (next >= 0) {
            stack[depth++] = next
            stack[depth++] = owner
          }
          break
        }
        entry = next
      }
    }
  }
  return visited
}

/** Unreachable objects follow by rank; all slots become plain indices. */
function numberTheRest(parsed: ParsedHeap, columns: Columns, reachable: number) {
  const { indexOfRank, rankOfIndex, parent, runOf, classOf, lengthOf } = columns
  let index = reachable
  for (let rank = 0; rank < parsed.ids.count; rank++) {
    const slot = indexOfRank[rank] | 0
    if (slot < EMPTY) {
      indexOfRank[rank] = VISITED - slot
      continue
    }
    indexOfRank[rank] = ++index
    rankOfIndex[index] = rank
    parent[index] = 0
    runOf[index] = slot
    classOf[index] = parsed.classOf[rank]
    lengthOf[index] = parsed.lengthOf[rank]
  }
}

function asInt32(column: Uint32Array): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, column.length)
}

function grown(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(stack.length * 2)
  larger.set(stack)
  return larger
}
