/**
 * Divides huge heap segments, so that several threads can scan them: JDK 6 to 8 write one HEAP_DUMP, or segments of a
 * gigabyte. Where sub-records begin is known only to who has read all before; so a place is guessed from which on many
 * sub-records in a row make sense. A guess is right for certain when the piece before it turns out to end
 * exactly there, and the first piece begins at a known place. When one does not, the segments are scanned undivided.
 */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { Sub } from '@heaptrail/hprof/tags'
import type { RangeOutcome } from './range-outcome.ts'
import type { HeapRange } from './units.ts'

/** Bytes of a piece; segments of less than two of them stay whole. */
export const PIECE_BYTES = 64 << 20
/** How far a place is looked for: behind a larger array no guess is made. */
const SEARCHED = 1 << 16
/** Sub-records in a row that are no chance. */
const CHAIN = 64

export interface Piece extends HeapRange {
  /** A further piece of the same segment follows. */
  readonly goesOn: boolean
}

/** @returns the segments in their order, divided where a place was found */
export function divideSegments(
  source: ByteSource,
  identifierSize: 4 | 8,
  segments: readonly HeapRange[],
  pieceBytes = PIECE_BYTES,
): Piece[] {
  const cursor = new HeapCursor(source, identifierSize, SEARCHED)
  const bytes = new Uint8Array(SEARCHED)
  return segments.flatMap(({ from, end }) => {
    const places = [from]
    for (let at = from + pieceBytes; at + pieceBytes < end; at += pieceBytes) {
      const place = placeNear(cursor, bytes.subarray(0, source.readInto(at, bytes)), at, end)
      if (place !== undefined) places.push(place)
    }
    return places.map((place, i) => ({ from: place, end: places[i + 1] ?? end, goesOn: i + 1 < places.length }))
  })
}

/** Whether each piece ended where the next one begins: then all of them began with a sub-record. */
export function guessedRight(pieces: readonly Piece[], outcomes: readonly RangeOutcome[]): boolean {
  return outcomes.every(({ range, end, damage }) => {
    const piece = pieces[range]
    return !piece.goesOn || (damage === undefined && end === piece.end)
  })
}

function placeNear(cursor: HeapCursor, bytes: Uint8Array, position: number, end: number): number | undefined {
  for (let i = 0; i < bytes.length; i++) {
    if (isObject(bytes[i]) && makesSense(cursor, position + i, end)) return position + i
  }
  return undefined
}

function makesSense(cursor: HeapCursor, from: number, end: number): boolean {
  cursor.open(from, end)
  for (let i = 0; i < CHAIN; i++) {
    if (!cursor.next() || !isObject(cursor.tag) || (cursor.idHigh | cursor.idLow) === 0) return false
    // instances and arrays of objects name a class, and heaps lie below 2^51
    if (cursor.idHigh >>> 19 !== 0 || cursor.classHigh >>> 19 !== 0) return false
  }
  return true
}

function isObject(tag: number): boolean {
  return tag === Sub.instanceDump || tag === Sub.objectArrayDump || tag === Sub.primitiveArrayDump
}
