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
 * The walk also writes the references anew, in terms of indices and in their order: when it looks at a reference
 * it knows the target's number, and the place where it is written is warm. On the way they lose what would be counted
 * twice: repeated targets, and the target that is the object's own class (the implicit edge has it).
 *
 * The walk looks at the object → class edge first. It is implicit in the class column, and once a class
 * object is visited its other instances need not look at it: one flag per class instead of one edge per object.
 */
import type { ParsedHeap } from '../parsed-heap.ts'
import { CLASS_NUMBER, LAST_REFERENCE, NO_REFERENCES, classNumberOf, firstReference, lengthOf } from '../parsed-heap.ts'
import type { Memory } from './memory.ts'
import { takeUint16, takeUint32, takeUint8 } from './memory.ts'
import { SHORT_RUN, forget, isRepeated } from './repetitions.ts'
import { rootRanks } from './root-ranks.ts'
import type { Rows } from './rows.ts'

/** Columns over object indices unless they say otherwise. 18 bytes per object with small class numbers, and 4 per array. */
export interface Numbering {
  /** n: objects in all. */
  readonly objects: number
  /** r: objects that a root reaches. */
  readonly reachable: number
  /** rank → index. 4 B/object. */
  readonly indexOfRank: Uint32Array
  /** index → rank; 0 for the virtual root. 4 B/object. */
  readonly rankOfIndex: Uint32Array
  /** index → index of the depth-first parent; 0 for children of the virtual root and for unreachable objects. 4 B/object. */
  readonly parent: Uint32Array
  /** Row of an index: what it refers to, each target once, in the order of the parse. 4 B/object, 4 B/reference. */
  readonly outgoing: Rows
  readonly sideEdges: SideEdges
  /** index → class number; 0 for the virtual root. 2 or 4 B/object. */
  readonly classOf: Uint16Array | Uint32Array
  /** Lengths of the arrays, that is of the objects whose class is one, by ascending index. 4 B/array. */
  readonly arrayLengths: Uint32Array
}

/**
 * References that the walk did not take, because their targets had been visited. Four of five it takes: `parent` has them.
 * Those from unreachable to reachable objects do not count.
 */
export interface SideEdges {
  /** Bit per entry of `outgoing`. 1 bit/reference. */
  readonly marks: Uint32Array
  /** How many there are by ranges of targets: those with index >>> RANGE_SHIFT. */
  readonly counts: Uint32Array
}

/** Ranges of so many bits of an index: what is counted there fits the second-level cache. */
export const RANGE_SHIFT = 16

/**
 * What the walk looks at when it comes to an object: the parse's `heads`. The first number, which is EMPTY or more,
 * becomes VISITED − index when the object is visited.
 */
type Visits = Int32Array
const EMPTY = NO_REFERENCES
const INDEX = ~LAST_REFERENCE
const VISITED = -2
/** EMPTY in an unsigned column. */
const NO_ROW = EMPTY >>> 0

/** So often that V8 has seen what it costs before it compiles the loop for good: it would compile it anew. */
const PROGRESS_STEP = 1 << 12

/**
 * Numbers all objects. Consumes `heads` and `references` of the parsed heap.
 * @param onFraction called every few thousand objects; may throw to cancel
 */
export function numberObjects(parsed: ParsedHeap, memory: Memory, onFraction: (fraction: number) => void): Numbering {
  const objects = parsed.ids.count
  const visits = parsed.heads
  const columns = allocate(parsed, memory)
  const walked = walkFromRoots(parsed, visits, columns, onFraction)
  const indexOfRank = new Uint32Array(visits.buffer, visits.byteOffset, objects)
  const unreachable = objects - walked.reachable
  memory.shrink(columns.arrayLengths, (walked.arrays + unreachable) * 4)
  const runs = takeUint32(memory, unreachable)
  const arrays = numberTheRest(parsed, visits, columns, walked, indexOfRank, runs)
  const arrayLengths = columns.arrayLengths.subarray(0, arrays)
  memory.adopt(visits.buffer, indexOfRank.byteLength)
  copyUnreachable(parsed, columns, walked, indexOfRank, runs)
  memory.give(runs)
  memory.give(parsed.references.targets)
  const outgoing = { start: startsOf(columns.counts, takeUint32(memory, objects + 2)), entries: columns.entries }
  memory.give(columns.counts.short)
  const { rankOfIndex, parent, sideEdges, classOf } = columns
  const { reachable } = walked
  return { objects, reachable, indexOfRank, rankOfIndex, parent, outgoing, sideEdges, classOf, arrayLengths }
}

interface Columns extends Pick<Numbering, 'rankOfIndex' | 'parent' | 'sideEdges' | 'classOf' | 'arrayLengths'> {
  readonly entries: Uint32Array
  readonly counts: RowCounts
}

/** How long rows are, until there is room to say where they start. */
interface RowCounts {
  /** Entries of each row, LONG_ROW for that many and more. 1 B/object. */
  readonly short: Uint8Array
  /** Entries of those, in their order. */
  readonly long: number[]
}
const LONG_ROW = 255

/** How many objects and arrays were visited, and how many references those have. */
interface Walked {
  readonly reachable: number
  readonly arrays: number
  readonly references: number
}

function allocate({ ids, classes, references }: ParsedHeap, memory: Memory): Columns {
  const length = ids.count + 1
  const columns = {
    classOf: classes.length <= 0x10000 ? takeUint16(memory, length) : takeUint32(memory, length),
    parent: takeUint32(memory, length),
    // side by side: together they make room for columns of two numbers
    rankOfIndex: takeUint32(memory, length),
    entries: takeUint32(memory, references.count),
    sideEdges: {
      marks: new Uint32Array((references.count >>> 5) + 1),
      counts: new Uint32Array((length >>> RANGE_SHIFT) + 1),
    },
    counts: { short: takeUint8(memory, length), long: [] },
    arrayLengths: takeUint32(memory, length),
  }
  columns.classOf[0] = 0
  columns.rankOfIndex[0] = 0
  columns.parent[0] = 0
  columns.counts.short[0] = 0
  return columns
}

// oxlint-disable-next-line max-lines-per-function -- the hot loop of the engine: every call in it would cost
function walkFromRoots(
  parsed: ParsedHeap,
  visits: Visits,
  columns: Columns,
  onFraction: (fraction: number) => void,
): Walked {
  const { rankOfIndex, parent, classOf, arrayLengths } = columns
  const { marks, counts } = columns.sideEdges
  const { short, long } = columns.counts
  const ranks = asInt32(parsed.references.targets)
  const targets = asInt32(columns.entries)
  const rankOfClass = Int32Array.from(parsed.classes, (heapClass) => heapClass.rank)
  const pendingClass = rankOfClass.slice()
  const isArray = arrayClasses(parsed)
  const seen = new Int32Array((parsed.ids.count >>> 5) + 1)
  let stack = new Int32Array(1 << 16)
  let visited = 0
  let arrays = 0
  let end = 0
  for (const root of rootRanks(parsed)) {
    if (visits[2 * root] < EMPTY) continue
    let depth = 0
    let rank = root
    let owner = 0
    walk: for (;;) {
      const index = ++visited
      const kind = visits[2 * rank + 1]
      const classNumber = kind & CLASS_NUMBER
      let from = visits[2 * rank]
      visits[2 * rank] = VISITED - index
      rankOfIndex[index] = rank
      parent[index] = owner
      classOf[index] = classNumber
      owner = index
      let entry = -1
      let count = 0
      if (kind < 0) {
        arrayLengths[arrays++] = from
        from = EMPTY
      } else if (isArray[classNumber] === 1) {
        let length = 0
        if (kind > CLASS_NUMBER) {
          length = ranks[from++]
          if (length < 0) from = EMPTY
        }
        arrayLengths[arrays++] = length & INDEX
      }
      if (from >= 0) {
        const first = end
        const own = rankOfClass[classNumber]
        for (let target = 0; target >= 0;) {
          target = ranks[from++]
          const to = target & INDEX
          if (to !== own && (end === first || !isRepeated(targets, first, end, to, seen))) targets[end++] = to
        }
        count = end - first
        if (count > 0) {
          if (count >= SHORT_RUN) forget(targets, first, end, seen)
          targets[end - 1] |= LAST_REFERENCE
          entry = first
        }
      }
      short[index] = count
      if (count >= LONG_ROW) {
        short[index] = LONG_ROW
        long.push(count)
      }
      if ((index & (PROGRESS_STEP - 1)) === 0) onFraction(index / parsed.ids.count)
      if (depth + 2 > stack.length) stack = grown(stack)
      const classRank = pendingClass[classNumber]
      if (classRank >= 0) {
        pendingClass[classNumber] = -1
        if (visits[2 * classRank] >= EMPTY) {
          if (entry >= 0) {
            stack[depth++] = entry
            stack[depth++] = index
          }
          rank = classRank
          continue
        }
      }
      for (;;) {
        if (entry < 0) {
          if (depth === 0) break walk
          owner = stack[--depth]
          entry = stack[--depth]
        }
        const target = targets[entry]
        // The last reference of a run needs no return: long lists whose `next` comes last take no stack.
        const next = target < 0 ? -1 : entry + 1
        rank = target & INDEX
        const visit = visits[2 * rank]
        if (visit >= EMPTY) {
          targets[entry] = visited + 1
          if (next >= 0) {
            stack[depth++] = next
            stack[depth++] = owner
          }
          break
        }
        const index = VISITED - visit
        targets[entry] = index
        marks[entry >>> 5] |= 1 << (entry & 31)
        counts[index >>> RANGE_SHIFT]++
        entry = next
      }
    }
  }
  return { reachable: visited, arrays, references: end }
}

function arrayClasses({ classes }: ParsedHeap): Uint8Array {
  return Uint8Array.from(classes, ({ kind }) => (kind === 'instance' ? 0 : 1))
}

/**
 * Unreachable objects follow by rank. Fills `indexOfRank`, which overwrites what was read of `visits`.
 * @param runs gets the first reference of each of them
 * @returns how many arrays there are, unreachable ones included
 */
function numberTheRest(
  parsed: ParsedHeap,
  visits: Visits,
  { rankOfIndex, parent, classOf, arrayLengths }: Columns,
  walked: Walked,
  indexOfRank: Uint32Array,
  runs: Uint32Array,
): number {
  const isArray = arrayClasses(parsed)
  const heap = { heads: visits, references: parsed.references }
  let { reachable: last, arrays } = walked
  for (let rank = 0; rank < indexOfRank.length; rank++) {
    const visit = visits[2 * rank]
    let index = VISITED - visit
    if (visit >= EMPTY) {
      index = ++last
      rankOfIndex[index] = rank
      parent[index] = 0
      runs[index - walked.reachable - 1] = firstReference(heap, rank)
      classOf[index] = classNumberOf(heap, rank)
      if (isArray[classOf[index]] === 1) arrayLengths[arrays++] = lengthOf(heap, rank)
    }
    indexOfRank[rank] = index
  }
  return arrays
}

/** Copies and renumbers the references of unreachable objects behind the `references` of the others. */
function copyUnreachable(
  parsed: ParsedHeap,
  { entries, counts: { short, long }, sideEdges: { marks, counts }, classOf }: Columns,
  { reachable, references }: Walked,
  indexOfRank: Uint32Array,
  runs: Uint32Array,
) {
  const { targets } = parsed.references
  const indexOfClass = Uint32Array.from(parsed.classes, ({ rank }) => (rank < 0 ? 0 : indexOfRank[rank]))
  const seen = new Int32Array((classOf.length >>> 5) + 1)
  let end = references
  for (let index = reachable + 1; index < classOf.length; index++) {
    let from = runs[index - reachable - 1]
    const first = end
    short[index] = 0
    if (from === NO_ROW) continue
    const own = indexOfClass[classOf[index]]
    for (let target = 0; (target & LAST_REFERENCE) === 0;) {
      target = targets[from++]
      const to = indexOfRank[target & INDEX]
      if (to === own || isRepeated(entries, first, end, to, seen)) continue
      if (to > reachable) {
        marks[end >>> 5] |= 1 << (end & 31)
        counts[to >>> RANGE_SHIFT]++
      }
      entries[end++] = to
    }
    if (end - first >= SHORT_RUN) forget(entries, first, end, seen)
    short[index] = Math.min(end - first, LONG_ROW)
    if (end - first >= LONG_ROW) long.push(end - first)
  }
}

/** @param start where each row begins, and the end of the last one */
function startsOf({ short, long }: RowCounts, start: Uint32Array): Uint32Array {
  let end = 0
  let longRows = 0
  for (let index = 0; index < short.length; index++) {
    start[index] = end
    end += short[index] < LONG_ROW ? short[index] : long[longRows++]
  }
  start[short.length] = end
  return start
}

function asInt32(column: Uint32Array): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, column.length)
}

function grown(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(stack.length * 2)
  larger.set(stack)
  return larger
}
