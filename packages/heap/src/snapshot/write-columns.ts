/** The columns of a snapshot that are no rows. */
import type { Numbering } from '../graph/numbering.ts'
import { PACKED_BLOCK } from './format.ts'
import { PackedWriter } from './packed-writer.ts'
import type { PageWriter } from './page-writer.ts'

export type FixedColumns = Pick<Numbering, 'classOf' | 'isArrayClass' | 'arrayLengths' | 'rankOfIndex' | 'indexOfRank'>

/** Class numbers, and the two maps between ranks and indices, as they are; lengths of arrays. */
export function writeFixedColumns(pages: PageWriter, columns: FixedColumns) {
  pages.section('class-of').column(columns.classOf)
  pages.section('rank-of').column(columns.rankOfIndex)
  pages.section('index-of-rank').column(columns.indexOfRank)
  writeLengths(pages, columns)
}

/** Columns over ranks: byte positions in the dump. */
export interface Positions {
  readonly low: Uint32Array
  /** Bits 32–39; absent for dumps below 4 GiB. */
  readonly high: Uint8Array | undefined
}

/** Values that are put together at once where columns are not as they go to disk. */
const BATCH = 64 * PACKED_BLOCK

export function writePositions(pages: PageWriter, { low, high }: Positions) {
  const writer = new PackedWriter(pages, 'positions')
  if (high === undefined) writer.append(low)
  else {
    const batch = new Float64Array(BATCH)
    for (let from = 0; from < low.length; from += BATCH) {
      const count = Math.min(BATCH, low.length - from)
      for (let i = 0; i < count; i++) batch[i] = high[from + i] * 2 ** 32 + low[from + i]
      writer.append(batch, 0, count)
    }
  }
  writer.close()
}

function writeLengths(pages: PageWriter, columns: FixedColumns) {
  const writer = new PackedWriter(pages, 'lengths')
  const batch = new Uint32Array(BATCH)
  const objects = columns.classOf.length - 1
  let arrays = 0
  // the virtual root has no class
  writer.append(batch, 0, 1)
  for (let from = 1; from <= objects; from += BATCH) {
    const count = Math.min(BATCH, objects + 1 - from)
    arrays += fillLengths(columns, from, arrays, batch.subarray(0, count))
    writer.append(batch, 0, count)
  }
  writer.close()
}

/** @param arrays how many come before object `from`. @returns how many arrays there are among the objects of `lengths` */
function fillLengths(
  { classOf, isArrayClass, arrayLengths }: FixedColumns,
  from: number,
  arrays: number,
  lengths: Uint32Array,
): number {
  let next = arrays
  for (let i = 0; i < lengths.length; i++) {
    const isArray = isArrayClass[classOf[from + i]]
    // without a jump, which nobody could foresee
    lengths[i] = arrayLengths[next] & -isArray
    next += isArray
  }
  return next - arrays
}

export interface ObjectsInput {
  /** index → retained size in units; final. */
  readonly retained: Uint32Array | Float64Array
  /** index → immediate dominator, 0 … reachable */
  readonly dominators: Uint32Array
}

/** What is known of each object when the graph phases are over. */
export function writeObjects(pages: PageWriter, { retained, dominators }: ObjectsInput) {
  pages.section('dominators').column(dominators)
  pages.section('retained').column(retained)
}
