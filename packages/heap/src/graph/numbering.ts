/** What numbering leaves behind for all that comes after it. */
import type { Rows } from './rows.ts'
import type { RowCounts } from './row-counts.ts'

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
  /** class number → 1 when it is an array. */
  readonly isArrayClass: Uint8Array
  /**
   * Lengths of the objects whose class is an array, by ascending index, and an entry more, which says nothing: a loop may look at
   * it before it knows that there is no other array. 4 B/array.
   */
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

/** What is filled while objects are numbered. */
export interface NumberingColumns extends Pick<
  Numbering,
  'rankOfIndex' | 'parent' | 'sideEdges' | 'classOf' | 'isArrayClass' | 'arrayLengths'
> {
  readonly entries: Uint32Array
  readonly counts: RowCounts
}
