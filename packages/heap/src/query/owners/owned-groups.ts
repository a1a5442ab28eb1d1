/** The objects of a class by the class of their owner, in one pass over all objects; of each group, a sample is kept. */
import type { Heap } from '../heap.ts'
import { type HolderColumns, PAGE } from './holder-columns.ts'

/** Objects of one class whose owners are of one class, and that the same class of object refers to. */
export interface OwnedGroup {
  /** See HolderColumns. */
  readonly holder: number
  readonly direct: number
  objects: number
  bytes: number
  /** Of `bytes`: not dominated by what refers to them. */
  shared: number
  largest: number
  largestBytes: number
  /** Objects that alone weigh a good part of all: they are never left to a sample. */
  readonly heavy: number[]
  heavyBytes: number
  /** Of the others those whose hash is below `hashes`, so that no pattern in their order matters. */
  sample: number[]
  hashes: number
}

/** Objects of a group of which it is found out through which field they are held. */
export const MOST_SAMPLED = 2048
export const ALL_HASHES = 2 ** 32
/** An object with this share of all bytes is heavy; there are at most so many. */
const HEAVY = 1 / 1000

export interface Measured {
  readonly classNumber: number
  readonly measure: 'shallow' | 'retained'
  /** Of all objects of the class, about. */
  readonly bytes: number
}

export function ownedGroups(
  heap: Heap,
  { classNumber, measure, bytes: all }: Measured,
  columns: HolderColumns,
): readonly OwnedGroup[] {
  const { snapshot } = heap
  const total = snapshot.reachableCount + 1
  const heavyFrom = Math.max(1, all * HEAVY)
  const groups = groupsByOwner(columns, heavyFrom)
  const isOfClass = ofClass(heap, classNumber, columns)
  const dominators = new Int32Array(PAGE)
  const sizes = new Float64Array(PAGE)
  for (let from = 0; from < total; from += PAGE) {
    const count = Math.min(PAGE, total - from)
    if (!hasSome(isOfClass, from, count)) continue
    snapshot.readDominatorsAndSizes(from, measure, dominators.subarray(0, count), sizes.subarray(0, count))
    for (let place = 0; place < count; place++) {
      const index = from + place
      if (!isOfClass(index)) continue
      groups.add(index, sizes[place], dominators[place] !== columns.parentOf(index))
    }
  }
  return groups.all()
}

export interface GroupsByOwner {
  /** @param isShared it can be reached past what refers to it on the shortest path */
  add(index: number, bytes: number, isShared: boolean): void
  all(): readonly OwnedGroup[]
}

/** @param heavyFrom bytes that make an object heavy */
export function groupsByOwner(columns: HolderColumns, heavyFrom: number): GroupsByOwner {
  const groupOf = grouping(columns)
  return {
    add(index, bytes, isShared) {
      const group = groupOf(index)
      if (isShared) group.shared += bytes
      add(group, index, bytes, heavyFrom)
    },
    all: groupOf.all,
  }
}

/** Class objects have the numbers of what they stand for. */
function ofClass(heap: Heap, classNumber: number, { classes, rootNumber, numberOf }: HolderColumns) {
  if (heap.classes[classNumber].name !== 'java.lang.Class') return (index: number) => numberOf(index) === classNumber
  return (index: number) => {
    const number = numberOf(index)
    return number === classNumber || (number >= classes && number < rootNumber)
  }
}

function hasSome(isOfClass: (index: number) => boolean, from: number, count: number): boolean {
  for (let index = from; index < from + count; index++) if (isOfClass(index)) return true
  return false
}

function grouping(columns: HolderColumns) {
  const groups = new Map<number, OwnedGroup>()
  const numbers = columns.rootNumber + 1
  let last: OwnedGroup | undefined
  const groupOf = (index: number): OwnedGroup => {
    const holder = columns.numberOf(columns.parentOf(columns.outermost(index)))
    const direct = columns.numberOf(columns.parentOf(index))
    // Neighbours mostly belong to the same owner.
    if (last !== undefined && last.holder === holder && last.direct === direct) return last
    const key = holder * numbers + direct
    last = groups.get(key) ?? emptyGroup(holder, direct)
    groups.set(key, last)
    return last
  }
  return Object.assign(groupOf, { all: () => [...groups.values()] })
}

function emptyGroup(holder: number, direct: number): OwnedGroup {
  const nothing = { objects: 0, bytes: 0, shared: 0, largest: 0, largestBytes: -1, heavyBytes: 0, hashes: ALL_HASHES }
  return { holder, direct, heavy: [], sample: [], ...nothing }
}

/** @param heavyFrom bytes that make an object heavy */
function add(group: OwnedGroup, index: number, bytes: number, heavyFrom: number): void {
  group.objects++
  group.bytes += bytes
  if (bytes > group.largestBytes) {
    group.largest = index
    group.largestBytes = bytes
  }
  if (bytes >= heavyFrom) {
    group.heavy.push(index)
    group.heavyBytes += bytes
    return
  }
  if (hashOf(index) >= group.hashes) return
  group.sample.push(index)
  if (group.sample.length <= MOST_SAMPLED) return
  group.hashes /= 2
  group.sample = group.sample.filter((kept) => hashOf(kept) < group.hashes)
}

/** A multiplicative hash with its input and output mixed; 32 bits, unsigned. */
function hashOf(index: number): number {
  const mixed = Math.imul(index ^ (index >>> 15), 0x2c1b3c6d)
  return Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39) >>> 0
}
