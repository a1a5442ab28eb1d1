/**
 * What the parse passes hand to the graph phases: columns over *ranks*. The rank of an object is its
 * place among all object ids of the dump in ascending order, from 0: instances, arrays, class objects
 * and the pseudo object of the boot loader (id 0), which is always rank 0.
 *
 * Ranks live only between parse and graph; a snapshot numbers objects anew (see snapshot/format.ts).
 */
import type { AnalysisOptions } from './analysis-options.ts'
import type { Layout } from './layout.ts'

/** Object ids are unsigned 64-bit values; hot paths pass them as two unsigned 32-bit halves. */
export interface IdMap {
  /** Objects in all: ranks are 0 … count − 1. */
  readonly count: number
  /** @returns the rank of the id, or −1 when the dump has no such object. */
  rankOf(high: number, low: number): number
  idOf(rank: number): bigint
  /** Writes the ids of ranks from, from + 1, … into `highs` and `lows` (equal lengths); ascending. */
  idsInto(from: number, highs: Uint32Array, lows: Uint32Array): void
}

/** Basic types as HPROF numbers them; 2 is a reference. */
export type BasicType = 2 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11

export interface FieldDescriptor {
  readonly name: string
  readonly type: BasicType
}

export interface StaticField extends FieldDescriptor {
  /** References as id; numbers as in Java; longs as bigint; booleans as 0 or 1; chars as code unit. */
  readonly value: number | bigint
}

/** One class of the dump. Few thousand of them, so objects are fine here. Its number is its index in `ParsedHeap.classes`. */
export interface HeapClass {
  /** Id of the class object; primitive array classes that the dump does not list get a made-up one (see parse/classes.ts). */
  readonly id: bigint
  /** Rank of its class object, or −1 when the class is made up. */
  readonly rank: number
  /** Readable: `java.lang.String`, `byte[]`, `com.acme.Outer$Inner[][]`. */
  readonly name: string
  /** Number of the superclass, or −1. */
  readonly superNumber: number
  /** Id of its class loader; 0n for the boot loader. */
  readonly loaderId: bigint
  /** Fields that this class itself declares, in the order of their values in an instance record. */
  readonly fields: readonly FieldDescriptor[]
  readonly statics: readonly StaticField[]
  readonly kind: 'instance' | 'object-array' | 'primitive-array'
  /** Bytes of an array element on the heap; 0 for classes that are no array. */
  readonly elementSize: number
  /** Shallow size of an instance by the size rules; 0 for arrays. */
  readonly instanceSize: number
  /** Shallow size of the class object itself. */
  readonly classObjectSize: number
}

export type RootType =
  | 'JNI Global'
  | 'JNI Local'
  | 'Java Local'
  | 'Native Stack'
  | 'System Class'
  | 'Thread Block'
  | 'Busy Monitor'
  | 'Thread'
  | 'Unknown'
  /** No root of the dump: made one to keep what nothing reaches (`keepUnreachable`, `rootsAreLost`). */
  | 'Unreachable'

/** One root sub-record. Roots with a known thread are edges of that thread and no roots of the graph (`viaThread`). */
export interface HeapRoot {
  readonly rank: number
  readonly type: RootType
  /** Rank of the thread object that holds it, or −1. */
  readonly threadRank: number
  /** Frame in the thread's stack, from the top; −1 when unknown. */
  readonly frame: number
  /** The reference runs thread → object, so that the thread dominates it. */
  readonly viaThread: boolean
}

export interface StackFrame {
  /** `com.acme.PushServer.main(PushServer.java:31)`; `Native Method` and unknown lines as the JVM prints them. */
  readonly text: string
}

export interface HeapThread {
  /** Rank of the thread object. */
  readonly rank: number
  readonly serial: number
  readonly frames: readonly StackFrame[]
}

/**
 * References as runs: the references of one object stand side by side, the last one marked. The run of an object array begins with
 * its length.
 * Not in here: object → its class (see `heads`). In here: fields, array elements, class → superclass,
 * loader and static references, thread → local. Nulls and dangling references are left out;
 * duplicates within one object may remain (consumers must tolerate or remove them).
 */
export interface ReferenceRuns {
  /** Number of entries in all runs, lengths of arrays among them. */
  readonly count: number
  /** Entry: rank of the target, or the length of an array, plus LAST_REFERENCE on the last of a run. */
  readonly targets: Uint32Array
}
export const NO_REFERENCES = -1
export const LAST_REFERENCE = 0x80000000
/** In the second number of a head: the first one is no reference, but the length of a primitive array. */
export const LENGTH_IN_HEAD = -0x80000000
/** There, too: the run begins with the length of an object array. */
export const LENGTH_IN_RUN = 0x40000000
/** What is left of that number: the class number. */
export const CLASS_NUMBER = LENGTH_IN_RUN - 1

export interface ParsedHeap {
  /** As in the header, e.g. `JAVA PROFILE 1.0.2`. */
  readonly format: string
  readonly identifierSize: 4 | 8
  readonly fileSize: number
  /** Milliseconds since 1970 from the header; 0 when it has none. */
  readonly takenAtMs: number
  readonly options: AnalysisOptions
  /** What the dump itself says. */
  readonly inferredLayout: Layout
  /** What sizes follow from: the inferred one, less what the options say otherwise. */
  readonly layout: Layout
  readonly ids: IdMap
  /**
   * Two numbers per rank, side by side so that they cost one cache line: index of its first entry in `references.targets`,
   * NO_REFERENCES, or the length of a primitive array; class number, for class objects that of java.lang.Class, plus
   * LENGTH_IN_HEAD or LENGTH_IN_RUN.
   */
  readonly heads: Int32Array
  /** rank → low 32 bits of the byte position of its sub-record in the dump. */
  readonly positionLow: Uint32Array
  /** rank → bits 32–39 of that position; absent for dumps below 4 GiB. */
  readonly positionHigh: Uint8Array | undefined
  readonly references: ReferenceRuns
  readonly classes: readonly HeapClass[]
  /** rank of a class object → class number. */
  readonly classNumberOfRank: ReadonlyMap<number, number>
  readonly roots: readonly HeapRoot[]
  /** GC roots are missing with a part of the dump, so that what nothing reaches is kept, whatever the options say. */
  readonly rootsAreLost: boolean
  /** Ranks of objects that are made roots of the type `Unreachable`; there may be millions. Empty unless they are to be kept. */
  readonly unreachableRoots: Uint32Array
  readonly threads: readonly HeapThread[]
  /** Why the dump is not whole, if so: a sentence and the byte where reading ended. */
  readonly partial: { readonly message: string; readonly byte: number } | undefined
  /** Remarks for people: missing names, dangling references (how many), lost roots. */
  readonly notes: readonly string[]
}

type Runs = Pick<ParsedHeap, 'heads'> & { readonly references: Pick<ReferenceRuns, 'targets'> }

/** @returns index of the object's first reference in `references.targets`, or NO_REFERENCES */
export function firstReference({ heads, references: { targets } }: Runs, rank: number): number {
  const first = heads[2 * rank] ?? NO_REFERENCES
  const kind = heads[2 * rank + 1] ?? 0
  if (kind < 0) return NO_REFERENCES
  if (kind <= CLASS_NUMBER) return first
  return (targets[first] ?? 0) >= LAST_REFERENCE ? NO_REFERENCES : first + 1
}

/** @returns elements of an array; 0 for everything else */
export function lengthOf({ heads, references: { targets } }: Runs, rank: number): number {
  const first = heads[2 * rank] ?? 0
  const kind = heads[2 * rank + 1] ?? 0
  if (kind < 0) return first
  return kind <= CLASS_NUMBER ? 0 : (targets[first] ?? 0) % LAST_REFERENCE
}

export function classNumberOf({ heads }: Pick<ParsedHeap, 'heads'>, rank: number): number {
  return (heads[2 * rank + 1] ?? 0) & CLASS_NUMBER
}
