/**
 * What can be asked of a snapshot. An *object index* is dense and lives as long as the snapshot:
 *
 *   0            the virtual root: refers to every GC root, is no object
 *   1 … r        objects that a root reaches, by depth-first number
 *   r+1 … n      objects that no root reaches, by ascending id
 *
 * Nothing is loaded as a whole: every method reads the few pages it needs. All methods are synchronous
 * and throw `SnapshotError` when a page is damaged. Indices out of range are the caller's fault (`RangeError`).
 */
import type { AnalysisOptions } from '../analysis-options.ts'
import type { Layout } from '../layout.ts'
import type { FieldDescriptor, HeapClass, RootType, StaticField } from '../parsed-heap.ts'
import type { PhaseTiming } from '../progress.ts'

export const VIRTUAL_ROOT = 0
/** Stands where an object index is expected and there is no object. */
export const NO_OBJECT = -1

/** The small things, read when the snapshot is opened. Sizes in bytes. */
export interface SnapshotMeta {
  readonly format: string
  readonly identifierSize: 4 | 8
  /** Of the dump. */
  readonly fileSize: number
  readonly takenAtMs: number
  readonly options: AnalysisOptions
  /** What the dump itself says. */
  readonly inferredLayout: Layout
  /** What sizes follow from: the inferred one, less what the options say otherwise. */
  readonly layout: Layout
  readonly reachable: { readonly objects: number; readonly bytes: number }
  readonly unreachable: { readonly objects: number; readonly bytes: number }
  /** All classes of the class table, made-up and unreachable ones included. */
  readonly classes: number
  /** Distinct objects that are GC roots; what a known thread holds is none (as in Eclipse MAT), see `viaThread`. */
  readonly gcRoots: number
  /** Distinct GC roots per type; an object can have several. */
  readonly rootsByType: readonly { readonly type: RootType; readonly objects: number }[]
  readonly threads: number
  readonly partial: { readonly message: string; readonly byte: number } | undefined
  readonly notes: readonly string[]
  /** Of the phases that were over when the snapshot was closed. */
  readonly timings: readonly PhaseTiming[]
}

/** A class with its counts. `number` is its place in `Snapshot.classes()`. */
export interface SnapshotClass extends Omit<HeapClass, 'rank' | 'fields' | 'statics'> {
  readonly number: number
  /** Its class object, or NO_OBJECT when the class is made up. */
  readonly index: number
  /** Its class loader, or NO_OBJECT when that is not in the dump. */
  readonly loaderIndex: number
  /** Reachable objects of exactly this class, and their shallow sizes. */
  readonly instances: number
  readonly shallow: number
  /** Sum of the retained sizes of its objects (and class object) that no object of the class dominates. */
  readonly retainedMin: number
  readonly unreachableInstances: number
  readonly unreachableShallow: number
}

export interface ClassDetails {
  readonly fields: readonly FieldDescriptor[]
  readonly statics: readonly StaticField[]
}

/** One root sub-record. */
export interface SnapshotRoot {
  readonly index: number
  readonly type: RootType
  /** Thread object that holds it, or NO_OBJECT. */
  readonly threadIndex: number
  /** Frame in the thread's stack, from the top; −1 when unknown. */
  readonly frame: number
  /** The graph has the edge thread → object instead of virtual root → object. */
  readonly viaThread: boolean
}

export interface SnapshotThread {
  /** The thread object. */
  readonly index: number
  readonly serial: number
  /** From the top. */
  readonly frames: readonly string[]
  /** Everything the thread holds: stack locals, JNI locals, native stack, thread block. */
  readonly locals: readonly { readonly index: number; readonly type: RootType; readonly frame: number }[]
}

export interface PathMark {
  /** References on the shortest path to the GC root. */
  readonly depth: number
  /** The object on it that is 64 references away from the root. */
  readonly top: number
}

export interface Snapshot {
  readonly meta: SnapshotMeta
  /** n: the highest object index. */
  readonly objectCount: number
  /** r: the highest index of a reachable object. */
  readonly reachableCount: number

  /** @returns the id, 0n for the boot loader's pseudo object. */
  idOf(index: number): bigint
  /** @returns the index, or NO_OBJECT. */
  indexOf(id: bigint): number

  /** @returns the class number. */
  classOf(index: number): number
  /** @returns elements of an array; 0 for everything else. */
  lengthOf(index: number): number
  shallowSize(index: number): number
  /** Of the virtual root: all reachable bytes. Unreachable objects retain themselves only. */
  retainedSize(index: number): number
  /** @returns byte position of the object's sub-record in the dump; 0 for the boot loader's pseudo object. */
  position(index: number): number

  /** @returns VIRTUAL_ROOT for the top of the tree, NO_OBJECT for the virtual root and unreachable objects. */
  immediateDominator(index: number): number
  dominatorChildCount(index: number): number
  /** By falling retained size, equal ones by ascending index. */
  dominatorChildren(index: number, offset: number, limit: number): Uint32Array

  /** Distinct objects that this one refers to: its class first, then in the order of the record. */
  outgoingCount(index: number): number
  outgoing(index: number, offset?: number, limit?: number): Uint32Array

  /**
   * Distinct objects that refer to this one; for class objects their instances come last, ascending.
   * Reachable objects list reachable referrers only; the virtual root is never listed.
   */
  incomingCount(index: number): number
  incoming(index: number, offset?: number, limit?: number): Uint32Array

  /**
   * The next object on one shortest path to a GC root, all references counted.
   * @returns VIRTUAL_ROOT when the object is a GC root itself, NO_OBJECT when nothing reaches it.
   */
  shortestPathParent(index: number): number

  /** Objects at a depth of 64, 128, … know how far they are from their GC root. @returns undefined for all others */
  pathMark(index: number): PathMark | undefined

  /** Whether a root record makes the virtual root refer to the object. */
  isRoot(index: number): boolean
  /** Root records of one object. */
  rootsOf(index: number): readonly SnapshotRoot[]
  /** All root records by ascending object index. */
  rootCount(): number
  roots(offset: number, limit: number): readonly SnapshotRoot[]

  /** The whole class table, read once on first use. */
  classes(): readonly SnapshotClass[]
  classDetails(number: number): ClassDetails
  /** The class that a class object stands for, or −1 for any other object. */
  classNumberOfObject(index: number): number
  /** Objects of exactly this class by ascending index, so that the unreachable ones come last. */
  objectsOfClassCount(number: number): number
  objectsOfClass(number: number, offset: number, limit: number): Uint32Array

  /**
   * The reachable objects of exactly this class that retain most, by falling retained size, equal ones by ascending index.
   * @returns undefined when the class has so few that nothing is kept about them
   */
  largestOfClass(number: number): Uint32Array | undefined

  threadCount(): number
  thread(position: number): SnapshotThread
  /** Position of the thread whose object this is, or −1. */
  threadOfObject(index: number): number

  /** Scans: fill `target` for the indices from, from + 1, … (n + 1 indices in all, the virtual root being 0). */
  readClasses(from: number, target: Uint32Array): void
  readLengths(from: number, target: Uint32Array): void
  readShallowSizes(from: number, target: Float64Array): void
  readRetainedSizes(from: number, target: Float64Array): void
  /** NO_OBJECT where there is none. */
  readDominators(from: number, target: Int32Array): void
  /** Dominators and one of the sizes, in the time of one scan. */
  readDominatorsAndSizes(
    from: number,
    measure: 'shallow' | 'retained',
    dominators: Int32Array,
    sizes: Float64Array,
  ): void
  /** As `shortestPathParent`, of reachable objects only. */
  readPathParents(from: number, target: Uint32Array): void
  /**
   * What objects refer to besides their class, for from … from + count − 1 in nearly this order. The indices stand in the
   * array from `start` to `end` − 1, and only until `visit` returns.
   */
  scanReferences(
    from: number,
    count: number,
    visit: (index: number, targets: Uint32Array, start: number, end: number) => void,
  ): void
  readIds(from: number, target: BigUint64Array): void
  /**
   * Indices of the objects in the places from, from + 1, … of the order by ascending id (n places in all), and their
   * ids and byte positions in the dump where these are asked for.
   */
  readByAddress(from: number, ids: BigUint64Array | undefined, indices: Uint32Array, positions?: Float64Array): void
}
