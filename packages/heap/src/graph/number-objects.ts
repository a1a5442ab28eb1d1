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
import { CLASS_NUMBER, LAST_REFERENCE } from '../parsed-heap.ts'
import type { Memory } from './memory.ts'
import { takeUint16, takeUint32, takeUint8 } from './memory.ts'
import { copyUnreachable, numberUnreachable } from './number-unreachable.ts'
import { type Numbering, type NumberingColumns, RANGE_SHIFT } from './numbering.ts'
import { SHORT_RUN, forget, isRepeated } from './repetitions.ts'
import { rootRanks } from './root-ranks.ts'
import { LONG_COUNT, startsOf } from './row-counts.ts'
import { EMPTY, VISITED, type Visits, type Walked } from './visits.ts'

const INDEX = ~LAST_REFERENCE

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
  memory.shrink(columns.arrayLengths, (walked.arrays + unreachable + 1) * 4)
  const runs = takeUint32(memory, unreachable)
  const arrays = numberUnreachable(parsed, visits, columns, walked, indexOfRank, runs)
  const arrayLengths = columns.arrayLengths.subarray(0, arrays + 1)
  memory.adopt(visits.buffer, indexOfRank.byteLength)
  copyUnreachable(parsed, columns, walked, indexOfRank, runs)
  memory.give(runs)
  memory.give(parsed.references.targets)
  const outgoing = { start: startsOf(columns.counts, takeUint32(memory, objects + 2)), entries: columns.entries }
  memory.give(columns.counts.short)
  const { rankOfIndex, parent, sideEdges, classOf, isArrayClass } = columns
  const { reachable } = walked
  return {
    objects,
    reachable,
    indexOfRank,
    rankOfIndex,
    parent,
    outgoing,
    sideEdges,
    classOf,
    isArrayClass,
    arrayLengths,
  }
}

function allocate({ ids, classes, references }: ParsedHeap, memory: Memory): NumberingColumns {
  const length = ids.count + 1
  const columns = {
    isArrayClass: Uint8Array.from(classes, ({ kind }) => (kind === 'instance' ? 0 : 1)),
    parent: takeUint32(memory, length),
    // side by side: together they make room for what comes later
    rankOfIndex: takeUint32(memory, length),
    entries: takeUint32(memory, references.count),
    classOf: classes.length <= 0x10000 ? takeUint16(memory, length) : takeUint32(memory, length),
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
  columns: NumberingColumns,
  onFraction: (fraction: number) => void,
): Walked {
  const { rankOfIndex, parent, classOf, isArrayClass, arrayLengths } = columns
  const { marks, counts } = columns.sideEdges
  const { short, long } = columns.counts
  const ranks = asInt32(parsed.references.targets)
  const targets = asInt32(columns.entries)
  const rankOfClass = Int32Array.from(parsed.classes, (heapClass) => heapClass.rank)
  const pendingClass = rankOfClass.slice()
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
      } else {
        let length = 0
        if (kind > CLASS_NUMBER) {
          length = ranks[from++]
          if (length < 0) from = EMPTY
        }
        if (isArrayClass[classNumber] === 1) arrayLengths[arrays++] = length & INDEX
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
      if (count >= LONG_COUNT) {
        short[index] = LONG_COUNT
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

function asInt32(column: Uint32Array): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, column.length)
}

function grown(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(stack.length * 2)
  larger.set(stack)
  return larger
}
