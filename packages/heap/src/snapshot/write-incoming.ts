/** The references to each object. */
import type { Numbering } from '../graph/numbering.ts'
import type { Sources } from '../graph/invert-references.ts'
import { LONG_COUNT } from '../graph/row-counts.ts'
import type { ShortestPaths } from '../graph/shortest-paths.ts'
import { LONG_ROW, ONLY_DOMINATOR, ROW_BLOCK } from './format.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'
import { RowHeadWriter } from './row-writer.ts'
import { VIRTUAL_ROOT } from './snapshot.ts'

export interface IncomingInput {
  readonly reachable: number
  readonly classOf: Numbering['classOf']
  /** index → depth-first parent */
  readonly parent: Uint32Array
  /** What else refers to it. */
  readonly incoming: Sources
  readonly shortest: Pick<ShortestPaths, 'hasChoice' | 'next'>
  /** class number → index of its class object, 0 when it has none. */
  readonly classIndex: Uint32Array
  /** index of a class object → number of the class that it stands for. */
  readonly standsFor: ReadonlyMap<number, number>
}

/**
 * Rows 0 … objects: explicit references only. First comes the next object on the shortest path (the virtual
 * root for GC roots), the rest is ascending. Class objects, which may have their shortest path
 * through an instance, keep it in the class table; their rows start with the virtual root or not at all with it.
 *
 * Nearly all objects are reached in one way only: their parent of the walk, the one that refers to them, dominates them. A count says so.
 */
export function writeIncoming(pages: PageWriter, input: IncomingInput) {
  const rows = input.classOf.length
  const heads = new RowHeadWriter(pages, 'incoming')
  const entries = new EntryBuffer(pages.section('incoming'))
  const writeBlock = blockWriter(input, heads, entries)
  for (let first = 0; first < rows; first += ROW_BLOCK) writeBlock(first, Math.min(rows, first + ROW_BLOCK))
  entries.flush()
}

/** @returns what writes the rows first … end − 1 of a block */
function blockWriter(input: IncomingInput, heads: RowHeadWriter, entries: EntryBuffer) {
  const { counts } = heads
  const { reachable, shortest } = input
  const fillRow = rowFiller(input)
  return (first: number, end: number): void => {
    heads.beginBlock(entries.length)
    const at = counts.room(ROW_BLOCK) - first
    const { bytes } = counts
    bytes.fill(ONLY_DOMINATOR, at + first, at + end)
    counts.at = at + end
    for (let from = first; from < end; from += WORD) {
      for (let bits = rowsToFill(shortest.hasChoice, from, end, reachable); bits !== 0; bits &= bits - 1) {
        const index = from + 31 - Math.clz32(bits & -bits)
        const count = fillRow(entries, index)
        bytes[at + index] = count
        if (count < ONLY_DOMINATOR) continue
        bytes[at + index] = LONG_ROW
        heads.longRow(index, count)
      }
    }
  }
}

/** Bits that are looked at together. */
const WORD = 32

/**
 * Which of the rows from … to the end of that word, at most `end` − 1, are not known from the dominators.
 * @param from a multiple of WORD
 * @returns a bit per row
 */
function rowsToFill(hasChoice: Uint32Array, from: number, end: number, reachable: number): number {
  const isVirtualRoot = from === 0 ? 1 : 0
  const known = Math.min(WORD, Math.max(0, reachable + 1 - from))
  const rows = Math.min(WORD, end - from)
  const chosen = known === 0 ? 0 : hasChoice[from >>> 5]
  return (chosen | isVirtualRoot | (below(rows) & ~below(known))) >>> 0
}

/** So many low bits. @param count 0 … 32 */
function below(count: number): number {
  return count === WORD ? -1 : (1 << count) - 1
}

/** @returns what appends all that refers to an object, and returns how much that is; asked by ascending index for all with sources */
function rowFiller({ reachable, classOf, parent, incoming, shortest, classIndex, standsFor }: IncomingInput) {
  const { entries } = incoming
  const { short, long } = incoming.counts
  let longRows = 0
  let rowEnd = 0
  const { next } = shortest
  const hasClassObjects = new Uint8Array(classIndex.length)
  for (const index of standsFor.keys()) hasClassObjects[classOf[index]] = 1
  return (target: EntryBuffer, index: number): number => {
    let entry = rowEnd
    rowEnd += short[index] < LONG_COUNT ? short[index] : long[longRows++]
    // besides its sources a row has its parent and the next object on the path
    const row = target.room(rowEnd - entry + 2)
    let first = index <= reachable && index !== VIRTUAL_ROOT ? next[index] : -1
    let explicitParent = parent[index]
    if (hasClassObjects[classOf[index]] === 1 && standsFor.has(index)) {
      // the walk may have come here from an instance
      if (classIndex[classOf[explicitParent]] === index) explicitParent = 0
      if (first > 0) first = -1
    }
    if (explicitParent === first) explicitParent = 0
    let { at } = target
    if (first >= 0) row[at++] = first
    for (; entry < rowEnd; entry++) {
      const source = entries[entry]
      if (explicitParent !== 0 && explicitParent < source) {
        row[at++] = explicitParent
        explicitParent = 0
      }
      if (source !== first) row[at++] = source
    }
    if (explicitParent !== 0) row[at++] = explicitParent
    const count = at - target.at
    target.at = at
    return count
  }
}

/** Gathers entries, which come by twos and threes. */
class EntryBuffer {
  private readonly section: SectionWriter
  private words = new Uint32Array(1 << 14)
  private written = 0
  /** Entries in the buffer. */
  at = 0

  constructor(section: SectionWriter) {
    this.section = section
  }

  /** Entries so far. */
  get length(): number {
    return this.written + this.at
  }

  /** @returns where so many entries can be put from `at` on */
  room(entries: number): Uint32Array {
    if (this.at + entries > this.words.length) {
      this.flush()
      if (entries > this.words.length) this.words = new Uint32Array(entries)
    }
    return this.words
  }

  flush() {
    this.section.put(new Uint8Array(this.words.buffer, 0, this.at * 4))
    this.written += this.at
    this.at = 0
  }
}
