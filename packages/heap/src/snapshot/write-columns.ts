/** The columns of a snapshot that are stored in blocks, and the rows of references. */
import type { ChildRows } from '../graph/dominator-children.ts'
import type { IncomingRows } from '../graph/invert-references.ts'
import type { Numbering } from '../graph/number-objects.ts'
import type { ObjectsByClass } from '../graph/objects-by-class.ts'
import type { Sizes } from '../graph/retained-sizes.ts'
import { type SizeInput, shallowSizeOf } from '../graph/shallow-sizes.ts'
import { type IdMap, LAST_REFERENCE, NO_REFERENCES } from '../parsed-heap.ts'
import { ADDRESS_BLOCK, OBJECT_BLOCK } from './format.ts'
import type { PageWriter, SectionWriter } from './page-writer.ts'
import { RowWriter } from './row-writer.ts'

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
    ids.idsInto(from, highs.subarray(0, size), lows.subarray(0, size))
    blocks.uint32(lows[0])
    blocks.uint32(highs[0])
    blocks.uint64(data.length)
    let position = positionOf(from, positionLow, positionHigh)
    data.varint(position)
    for (let i = 1; i < size; i++) {
      writeIdStep(data, highs, lows, i)
      const next = positionOf(from + i, positionLow, positionHigh)
      const difference = next - position
      data.varint(difference >= 0 ? difference * 2 : -difference * 2 - 1)
      position = next
    }
  }
}

function positionOf(rank: number, low: Uint32Array, high: Uint8Array | undefined): number {
  return high === undefined ? low[rank] : high[rank] * 2 ** 32 + low[rank]
}

/** Even: half of it times 8. Odd: half of it (rounded down), where 0 says that the id follows whole, high half first. */
function writeIdStep(data: SectionWriter, highs: Uint32Array, lows: Uint32Array, i: number) {
  const step = (highs[i] - highs[i - 1]) * 2 ** 32 + (lows[i] - lows[i - 1])
  if (step >= 2 ** 51) {
    data.varint(1)
    data.varint(highs[i])
    data.varint(lows[i])
  } else data.varint(step % 8 === 0 ? step / 4 : step * 2 + 1)
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
  const hasClassObjects = new Uint8Array(table.instanceSize.length)
  for (const index of standsFor.keys()) hasClassObjects[classOf[index]] = 1
  const shallow = (index: number) => {
    const stood = hasClassObjects[classOf[index]] === 1 ? standsFor.get(index) : undefined
    return stood === undefined ? shallowSizeOf(table, classOf[index], lengthOf[index]) : table.classObjectSize[stood]
  }
  for (let index = 0; index <= objects; index++) {
    if (index % OBJECT_BLOCK === 0) blocks.uint64(data.length)
    data.varint(lengthOf[index])
    data.varint(index === 0 ? units[0] : units[index] - shallow(index) / table.unit)
    data.varint(index <= reachable ? index - dominators[index] : 0)
  }
}

/** Rows 0 … objects. Without the implicit reference to the class object. */
export function writeOutgoing(pages: PageWriter, { objects, runOf, targets }: Numbering) {
  const writer = new RowWriter(pages, 'outgoing')
  for (let index = 0; index <= objects; index++) {
    const first = runOf[index]
    if (first === NO_REFERENCES) {
      writer.row(index, 0)
      continue
    }
    let last = first
    while ((targets[last] & LAST_REFERENCE) === 0) last++
    writer.row(index, last + 1 - first)
    for (let entry = first; entry <= last; entry++) writer.add(targets[entry] & ~LAST_REFERENCE)
  }
  writer.close()
}

/**
 * Rows 0 … objects: explicit references only. First comes the next object on the shortest path (the virtual
 * root for GC roots), the rest is ascending. Class objects, which may have their shortest path
 * through an instance, keep it in the class table; their rows start with the virtual root or not at all with it.
 * @param treeParentOf explicit tree edge's source, 0 when there is none
 */
export function writeIncoming(
  pages: PageWriter,
  numbering: Numbering,
  { start, sources }: IncomingRows,
  shortest: Uint32Array,
  classIndex: Uint32Array,
  isClassObject: (index: number) => boolean,
) {
  const { objects, reachable, parent, classOf } = numbering
  const writer = new RowWriter(pages, 'incoming')
  writer.row(0, 0)
  for (let index = 1; index <= objects; index++) {
    const from = start[index]
    const to = start[index + 1]
    const treeParent = parent[index]
    const explicitParent = treeParent !== 0 && classIndex[classOf[treeParent]] !== index ? treeParent : 0
    const next = index <= reachable ? shortest[index] : -1
    const first = next > 0 && isClassObject(index) ? -1 : next
    const others = to - from + (explicitParent !== 0 ? 1 : 0)
    writer.row(index, first === 0 ? others + 1 : others)
    if (first >= 0) writer.add(first)
    let parentLeft = explicitParent !== 0 && explicitParent !== first
    for (let i = from; i < to; i++) {
      const source = sources[i]
      if (parentLeft && explicitParent < source) {
        writer.add(explicitParent)
        parentLeft = false
      }
      if (source !== first) writer.add(source)
    }
    if (parentLeft) writer.add(explicitParent)
  }
  writer.close()
}

/** Rows 0 … reachable (later ones are empty and left out). */
export function writeChildren(pages: PageWriter, reachable: number, { start, children }: ChildRows) {
  const writer = new RowWriter(pages, 'children')
  for (let index = 0; index <= reachable; index++) {
    const to = start[index + 1]
    writer.row(index, to - start[index])
    for (let i = start[index]; i < to; i++) writer.add(children[i])
  }
  writer.close()
}

/** Rows by class number. */
export function writeByClass(pages: PageWriter, { start, objects }: ObjectsByClass) {
  const writer = new RowWriter(pages, 'by-class')
  for (let number = 0; number + 1 < start.length; number++) {
    writer.row(0, start[number + 1] - start[number])
    for (let i = start[number]; i < start[number + 1]; i++) writer.add(objects[i])
  }
  writer.close()
}
