/** The columns of a snapshot that are stored in blocks, and the rows of references. */
import type { ChildRows } from '../graph/dominator-children.ts'
import type { IncomingRows } from '../graph/invert-references.ts'
import type { Numbering } from '../graph/number-objects.ts'
import type { ObjectsByClass } from '../graph/objects-by-class.ts'
import type { Sizes } from '../graph/retained-sizes.ts'
import { type SizeInput, shallowSizeOf } from '../graph/shallow-sizes.ts'
import { type ShortestPaths, nextOnPath } from '../graph/shortest-paths.ts'
import { type IdMap, LAST_REFERENCE, NO_REFERENCES } from '../parsed-heap.ts'
import { ADDRESS_BLOCK, OBJECT_BLOCK } from './format.ts'
import type { PageWriter } from './page-writer.ts'
import { RowWriter } from './row-writer.ts'
import { VIRTUAL_ROOT } from './snapshot.ts'
import { LONGEST_VARINT, putVarint } from './varint.ts'

/** Mask for rows whose values are plain indices. */
const ALL = 0x7fffffff

/**
 * Ids and dump positions by rank. A block starts with the position of its first object; then follow, for every
 * further object, the step from id to id and the zigzag difference of the positions. The directory has the id
 * of the first object and the start of the block.
 */
export function writeAddresses(
  pages: PageWriter,
  ids: IdMap,
  positionLow: Uint32Array,
  positionHigh: Uint8Array | undefined,
) {
  const data = pages.section('addresses')
  const blocks = pages.section('addresses.blocks')
  const highs = new Uint32Array(ADDRESS_BLOCK)
  const lows = new Uint32Array(ADDRESS_BLOCK)
  for (let from = 0; from < ids.count; from += ADDRESS_BLOCK) {
    const size = Math.min(ADDRESS_BLOCK, ids.count - from)
    if (size === ADDRESS_BLOCK) ids.idsInto(from, highs, lows)
    else ids.idsInto(from, highs.subarray(0, size), lows.subarray(0, size))
    blocks.uint32(lows[0])
    blocks.uint32(highs[0])
    blocks.uint64(data.length)
    let at = data.room(ADDRESS_BLOCK * 4 * LONGEST_VARINT)
    const { bytes } = data
    let position = positionOf(from, positionLow, positionHigh)
    at = putVarint(bytes, at, position)
    for (let i = 1; i < size; i++) {
      at = putIdStep(bytes, at, highs, lows, i)
      const next = positionOf(from + i, positionLow, positionHigh)
      const difference = next - position
      at = putVarint(bytes, at, difference >= 0 ? difference * 2 : -difference * 2 - 1)
      position = next
    }
    data.at = at
  }
}

function positionOf(rank: number, low: Uint32Array, high: Uint8Array | undefined): number {
  return high === undefined ? low[rank] : high[rank] * 2 ** 32 + low[rank]
}

/** Even: half of it times 8. Odd: half of it (rounded down), where 0 says that the id follows whole, high half first. */
function putIdStep(bytes: Uint8Array, at: number, highs: Uint32Array, lows: Uint32Array, i: number): number {
  const low = lows[i] - lows[i - 1]
  if (highs[i] === highs[i - 1]) return putVarint(bytes, at, (low & 7) === 0 ? low / 4 : low * 2 + 1)
  const step = (highs[i] - highs[i - 1]) * 2 ** 32 + low
  if (step < 2 ** 51) return putVarint(bytes, at, step % 8 === 0 ? step / 4 : step * 2 + 1)
  return putVarint(bytes, putVarint(bytes, putVarint(bytes, at, 1), highs[i]), lows[i])
}

/** Class numbers, and the two maps between ranks and indices, as they are. */
export function writeFixedColumns(pages: PageWriter, { classOf, rankOfIndex, indexOfRank }: Numbering) {
  pages.section('class-of').column(classOf)
  pages.section('rank-of').column(rankOfIndex)
  pages.section('index-of-rank').column(indexOfRank)
}

/**
 * Per object: array length, retained − shallow size in units, and how far below the object its immediate
 * dominator is numbered (0: it has none). All three are small for most objects.
 */
export function writeObjects(
  pages: PageWriter,
  { objects, reachable, lengthOf, classOf }: Numbering,
  { table, standsFor }: SizeInput,
  { units }: Sizes,
  dominators: Uint32Array,
) {
  const data = pages.section('objects')
  const blocks = pages.section('objects.blocks')
  const hasClassObjects = classesOfClassObjects(classOf, standsFor, table.instanceSize.length)
  for (let from = 0; from <= objects; from += OBJECT_BLOCK) {
    blocks.uint64(data.length)
    let at = data.room(OBJECT_BLOCK * 3 * LONGEST_VARINT)
    const { bytes } = data
    for (let index = from; index < from + OBJECT_BLOCK && index <= objects; index++) {
      const number = classOf[index]
      const stood = hasClassObjects[number] === 1 ? standsFor.get(index) : undefined
      const shallow = stood === undefined ? shallowSizeOf(table, number, lengthOf[index]) : table.classObjectSize[stood]
      at = putVarint(bytes, at, lengthOf[index])
      at = putVarint(bytes, at, index === VIRTUAL_ROOT ? units[index] : units[index] - shallow / table.unit)
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

/** Rows 0 … objects. Without the implicit reference to the class object. */
export function writeOutgoing(pages: PageWriter, { objects, runOf, targets }: Numbering) {
  const writer = new RowWriter(pages, 'outgoing')
  for (let index = 0; index <= objects; index++) {
    const first = runOf[index]
    let end = first === NO_REFERENCES ? first : first + 1
    if (first !== NO_REFERENCES) while ((targets[end - 1] & LAST_REFERENCE) === 0) end++
    writer.row(index, targets, first, end, ~LAST_REFERENCE)
  }
  writer.close()
}

/**
 * Rows 0 … objects: explicit references only. First comes the next object on the shortest path (the virtual
 * root for GC roots), the rest is ascending. Class objects, which may have their shortest path
 * through an instance, keep it in the class table; their rows start with the virtual root or not at all with it.
 */
export function writeIncoming(
  pages: PageWriter,
  numbering: Numbering,
  { start, sources }: IncomingRows,
  shortest: ShortestPaths,
  classIndex: Uint32Array,
  standsFor: ReadonlyMap<number, number>,
) {
  const { objects, reachable, parent, classOf } = numbering
  const hasClassObjects = classesOfClassObjects(classOf, standsFor, classIndex.length)
  const writer = new RowWriter(pages, 'incoming')
  writer.row(VIRTUAL_ROOT, sources, 0, 0, ALL)
  let row = new Uint32Array(64)
  for (let index = 1; index <= objects; index++) {
    const treeParent = parent[index]
    const explicitParent = treeParent !== 0 && classIndex[classOf[treeParent]] !== index ? treeParent : 0
    const next = index <= reachable ? nextOnPath(shortest, treeParent, index) : -1
    const isClassObject = hasClassObjects[classOf[index]] === 1 && standsFor.has(index)
    const first = next > 0 && isClassObject ? -1 : next
    const most = start[index + 1] - start[index] + 2
    if (most > row.length) row = new Uint32Array(most * 2)
    const count = collectRow(row, first, explicitParent, sources, start[index], start[index + 1])
    writer.row(index, row, 0, count, ALL)
  }
  writer.close()
}

/** `first` (unless −1), then the sources and the parent (unless 0) in order, each once. @returns how many */
function collectRow(
  row: Uint32Array,
  first: number,
  explicitParent: number,
  sources: Uint32Array,
  from: number,
  to: number,
): number {
  let count = 0
  if (first >= 0) row[count++] = first
  let parentLeft = explicitParent !== 0 && explicitParent !== first
  for (let i = from; i < to; i++) {
    const source = sources[i]
    if (parentLeft && explicitParent < source) {
      row[count++] = explicitParent
      parentLeft = false
    }
    if (source !== first) row[count++] = source
  }
  if (parentLeft) row[count++] = explicitParent
  return count
}

/** Rows 0 … reachable (later ones are empty and left out). */
export function writeChildren(pages: PageWriter, reachable: number, { start, children }: ChildRows) {
  const writer = new RowWriter(pages, 'children')
  for (let index = 0; index <= reachable; index++) writer.row(index, children, start[index], start[index + 1], ALL)
  writer.close()
}

/** Rows by class number. */
export function writeByClass(pages: PageWriter, { start, objects }: ObjectsByClass) {
  const writer = new RowWriter(pages, 'by-class')
  for (let number = 0; number + 1 < start.length; number++)
    writer.row(VIRTUAL_ROOT, objects, start[number], start[number + 1], ALL)
  writer.close()
}
