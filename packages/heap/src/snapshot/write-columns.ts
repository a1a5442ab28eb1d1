/** The columns of a snapshot that are stored in blocks, and the rows of references. */
import type { Numbering } from '../graph/number-objects.ts'
import type { Sizes } from '../graph/retained-sizes.ts'
import type { Rows } from '../graph/rows.ts'
import { type SizeInput, shallowSizeOf } from '../graph/shallow-sizes.ts'
import { type ShortestPaths, isReachedInSeveralWays, nextOnPath } from '../graph/shortest-paths.ts'
import { OBJECT_BLOCK, ROW_BLOCK, WIDE_ROW } from './format.ts'
import type { PageWriter } from './page-writer.ts'
import { RowWriter, putEntries } from './row-writer.ts'
import { VIRTUAL_ROOT } from './snapshot.ts'
import { LONGEST_VARINT, putVarint, zigzag } from './varint.ts'

/** Class numbers, and the two maps between ranks and indices, as they are. */
export function writeFixedColumns(
  pages: PageWriter,
  { classOf, rankOfIndex, indexOfRank }: Pick<Numbering, 'classOf' | 'rankOfIndex' | 'indexOfRank'>,
) {
  pages.section('class-of').column(classOf)
  pages.section('rank-of').column(rankOfIndex)
  pages.section('index-of-rank').column(indexOfRank)
}

export interface ObjectsInput {
  readonly reachable: number
  readonly sizes: Sizes
  /** What shallow sizes follow from. */
  readonly shallow: SizeInput
  /** index → immediate dominator, 0 … reachable */
  readonly dominators: Uint32Array
}

/**
 * Per object: array length, retained − shallow size in units, and how far below the object its immediate
 * dominator is numbered (0: it has none). All three are small for most objects.
 */
export function writeObjects(pages: PageWriter, { reachable, sizes, shallow: input, dominators }: ObjectsInput) {
  const { classOf, arrayLengths, table, standsFor } = input
  const { units } = sizes
  const objects = classOf.length - 1
  const data = pages.section('objects')
  const blocks = pages.section('objects.blocks')
  const hasClassObjects = classesOfClassObjects(classOf, standsFor, table.instanceSize.length)
  let arrays = 0
  for (let from = 0; from <= objects; from += OBJECT_BLOCK) {
    blocks.uint64(data.length)
    let at = data.room(OBJECT_BLOCK * 3 * LONGEST_VARINT)
    const { bytes } = data
    const end = Math.min(from + OBJECT_BLOCK, objects + 1)
    for (let index = from; index < end; index++) {
      const number = classOf[index]
      let shallow = table.instanceUnits[number]
      if (shallow >= 0 || index === 0) bytes[at++] = 0
      else {
        const length = arrayLengths[arrays++]
        at = putVarint(bytes, at, length)
        shallow = shallowSizeOf(table, number, length) / table.unit
      }
      if (hasClassObjects[number] === 1) {
        const stood = standsFor.get(index)
        if (stood !== undefined) shallow = table.classObjectSize[stood] / table.unit
      }
      if (index === VIRTUAL_ROOT) shallow = 0
      // Nearly all objects retain nothing but themselves.
      if (units[index] === shallow) bytes[at++] = 0
      else at = putVarint(bytes, at, units[index] - shallow)
      at = putVarint(bytes, at, index <= reachable ? index - dominators[index] : 0)
    }
    data.at = at
  }
}

/** class number → 1 when its objects may be class objects, so that a map is asked for few objects only. */
function classesOfClassObjects(
  classOf: Numbering['classOf'],
  standsFor: ReadonlyMap<number, number>,
  classes: number,
): Uint8Array {
  const hasClassObjects = new Uint8Array(classes)
  for (const index of standsFor.keys()) hasClassObjects[classOf[index]] = 1
  return hasClassObjects
}

export interface IncomingInput {
  readonly reachable: number
  readonly classOf: Numbering['classOf']
  /** index → depth-first parent */
  readonly parent: Uint32Array
  /** What else refers to it. */
  readonly incoming: Rows
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
 */
export function writeIncoming(
  pages: PageWriter,
  { reachable, classOf, parent, incoming, shortest, classIndex, standsFor }: IncomingInput,
) {
  const { start, entries } = incoming
  const objects = classOf.length - 1
  const hasClassObjects = classesOfClassObjects(classOf, standsFor, classIndex.length)
  const writer = new RowWriter(pages, 'incoming')
  /** Fills `row` with what refers to an object and is more than its parent of the walk. @returns its length */
  const fillRow = (row: Uint32Array, place: number, index: number): number => {
    const treeParent = parent[index]
    const explicitParent = treeParent !== 0 && classIndex[classOf[treeParent]] !== index ? treeParent : 0
    const next = index <= reachable && index > 0 ? nextOnPath(shortest, treeParent, index) : -1
    const isClassObject = hasClassObjects[classOf[index]] === 1 && standsFor.has(index)
    const first = next > 0 && isClassObject ? -1 : next
    let end = place
    if (first >= 0) row[end++] = first
    if (start[index] === start[index + 1] && explicitParent === first) return end
    return mergeSources(row, end, first, explicitParent, entries, start[index], start[index + 1])
  }
  const row = new Uint32Array(WIDE_ROW)
  let rows = { start: new Uint32Array(ROW_BLOCK + 1), entries: new Uint32Array(ROW_BLOCK * WIDE_ROW) }
  for (let from = 0; from <= objects; from += ROW_BLOCK) {
    const count = Math.min(ROW_BLOCK, objects + 1 - from)
    if (hasWideRow(start, from, count)) {
      const most = start[from + count] - start[from] + 2 * ROW_BLOCK
      if (most > rows.entries.length) rows = { start: rows.start, entries: new Uint32Array(most * 2) }
      for (let i = 0; i < count; i++) rows.start[i + 1] = fillRow(rows.entries, rows.start[i], from + i)
      writer.block(rows, 0, count, from, 1)
      continue
    }
    const lengths = writer.begin()
    const { bytes } = writer
    let at = lengths + count
    for (let i = 0; i < count; i++) {
      const index = from + i
      if (index > 0 && index <= reachable && !isReachedInSeveralWays(shortest, index)) {
        // nearly all objects: their parent of the walk is the only one that refers to them
        bytes[lengths + i] = 1
        const step = zigzag(parent[index] - index)
        if (step < 128) bytes[at++] = step
        else at = putVarint(bytes, at, step)
        continue
      }
      const length = fillRow(row, 0, index)
      bytes[lengths + i] = length
      at = putEntries(bytes, at, index, row, 0, length)
    }
    writer.end(at)
  }
}

/** Whether one of `count` rows from `from` on may be wide: there can be two entries more than what `start` says. */
function hasWideRow(start: Uint32Array, from: number, count: number): boolean {
  if (start[from + count] - start[from] <= WIDE_ROW - 2) return false
  for (let index = from; index < from + count; index++) if (start[index + 1] - start[index] > WIDE_ROW - 2) return true
  return false
}

/** Appends the sources and the parent (unless 0) in order, but not `first`. @returns the new end */
function mergeSources(
  row: Uint32Array,
  place: number,
  first: number,
  explicitParent: number,
  sources: Uint32Array,
  from: number,
  to: number,
): number {
  let end = place
  let parentLeft = explicitParent !== 0 && explicitParent !== first
  for (let i = from; i < to; i++) {
    const source = sources[i]
    if (parentLeft && explicitParent < source) {
      row[end++] = explicitParent
      parentLeft = false
    }
    if (source !== first) row[end++] = source
  }
  if (parentLeft) row[end++] = explicitParent
  return end
}
