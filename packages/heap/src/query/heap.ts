/** A heap that questions can be put to: its snapshot, the dump if it is still there, and what both say about classes. */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { NO_OBJECT, type Snapshot, type SnapshotClass } from '../snapshot/snapshot.ts'
import { type ClassFacts, classFacts } from './class-facts.ts'
import type { ObjectId } from './messages.ts'
import { type OwnCode, learnOwnCode } from './own-code.ts'
import { mainClassName } from './main-class.ts'
import type { ClassScan } from './objects-of-class.ts'
import type { PathSearch } from './path-search.ts'
import { QueryError } from './query-error.ts'

export interface Heap {
  readonly snapshot: Snapshot
  /** Absent when the dump was deleted: then there are no contents, no labels, no names of references. */
  readonly dump: ByteSource | undefined
  readonly classes: readonly SnapshotClass[]
  readonly facts: ClassFacts
  readonly ownCode: OwnCode
  /** The search for paths that was asked for last: its next page goes on where it stopped. */
  lastPathSearch: { readonly key: string; readonly search: PathSearch } | undefined
  /** The sizes of the class whose objects were asked for last. */
  lastClassScan: ClassScan | undefined
}

/** @param dump the very dump that the snapshot was made from; every read checks that it is. */
export function openHeap(snapshot: Snapshot, dump: ByteSource | undefined): Heap {
  const classes = snapshot.classes()
  const facts = classFacts(snapshot)
  let ownCode: OwnCode | undefined
  const heap: Heap = {
    snapshot,
    dump,
    classes,
    facts,
    // Learned on first use: a histogram does not wait for it when nobody asks.
    get ownCode() {
      ownCode ??= learnOwnCode(classes, mainClassName(heap), allFrames(snapshot))
      return ownCode
    },
    lastPathSearch: undefined,
    lastClassScan: undefined,
  }
  return heap
}

/** More threads than this teach nothing new about whose code it is. */
const MOST_THREADS = 2000

function allFrames(snapshot: Snapshot): (readonly string[])[] {
  const count = Math.min(snapshot.threadCount(), MOST_THREADS)
  return Array.from({ length: count }, (_, position) => snapshot.thread(position).frames)
}

export function printId(id: bigint): ObjectId {
  return `0x${id.toString(16)}`
}

/** @throws QueryError when the dump has no such object. */
export function indexOfObject(heap: Heap, id: ObjectId): number {
  const index = /^0x[0-9a-f]{1,16}$/i.test(id) ? heap.snapshot.indexOf(BigInt(id)) : NO_OBJECT
  if (index === NO_OBJECT) throw new QueryError('object-not-found', `There is no object ${id} in this dump.`)
  return index
}

export function isReachable(heap: Heap, index: number): boolean {
  return index <= heap.snapshot.reachableCount
}
